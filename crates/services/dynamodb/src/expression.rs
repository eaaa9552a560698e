//! Expressions: conditions, key conditions, projections and updates, and the placeholders in them.

pub(crate) mod condition;
pub(crate) mod document_path;
pub(crate) mod key_condition;
pub(crate) mod parser;
pub(crate) mod placeholders;
pub(crate) mod projection;
mod reserved_words;
mod tokens;
pub(crate) mod update;
