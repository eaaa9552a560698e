//! Expressions: conditions, key conditions, filters, projections and updates.

pub(crate) mod condition;
pub(crate) mod key_condition;
pub(crate) mod parse;
pub(crate) mod path;
mod reserved;
mod token;
pub(crate) mod update;
pub(crate) mod words;
