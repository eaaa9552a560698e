//! Pieces that know the domain: map, picture, reasons, tokens, rows.

pub mod event_detail;
pub mod journey_map;
pub mod mark;
pub mod sequence_picture;
pub mod token_inspector;
pub mod top_bar;
pub mod why;
