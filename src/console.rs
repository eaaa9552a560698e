//! The console: forms for every operation of every service, made from the models that the broker
//! describes itself with.

pub mod catalog;
pub mod code;
pub mod document;
pub mod operation_form;
pub mod shape_field;
