//! Components that know AWS and the event log: map, diagram, reasons, tokens, trace rows.

pub mod answer;
pub mod browser_frame;
pub mod change_row;
pub mod draft_form;
pub mod event_detail;
pub mod journey_map;
pub mod journey_strip;
pub mod ladder;
pub mod photo_app;
pub mod policy_editor;
pub mod policy_link;
pub mod reason_panel;
pub mod sequence_diagram;
pub mod share_panel;
pub mod status_node;
pub mod token_inspector;
pub mod top_bar;
pub mod trace_list;
pub mod who_could;
