//! Pieces that know the domain: map, picture, reasons, tokens, rows.

pub mod browser_frame;
pub mod change_row;
pub mod event_detail;
pub mod journey_map;
pub mod ladder;
pub mod mark;
pub mod photo_app;
pub mod sequence_picture;
pub mod strip;
pub mod token_inspector;
pub mod top_bar;
pub mod trace_list;
pub mod why;
