//! Pieces that know the domain: map, picture, reasons, tokens, rows.

pub mod answer;
pub mod ask_link;
pub mod browser_frame;
pub mod change_row;
pub mod draft_form;
pub mod event_detail;
pub mod journey_map;
pub mod ladder;
pub mod mark;
pub mod photo_app;
pub mod policy_editor;
pub mod sequence_picture;
pub mod share_panel;
pub mod strip;
pub mod token_inspector;
pub mod top_bar;
pub mod trace_list;
pub mod who_could;
pub mod why;
