//! The IAM policy language: parse, validate, evaluate, explain.
pub mod ladder;
