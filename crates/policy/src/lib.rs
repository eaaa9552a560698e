//! The IAM policy language: parse, validate, evaluate, explain.
//!
//! Holds documents, the request they are judged against, the decision with its reasoning, and the
//! smallest change that would turn a refusal. Works on what it is handed alone: it knows no
//! service, keeps no state and reads neither clock nor network.

mod actions;
mod arn;
mod candidates;
mod case;
mod condition;
mod context;
mod date;
mod document;
mod doubts;
mod evaluate;
mod explain;
mod findings;
pub mod fix;
mod form;
pub mod ladder;
mod malformed;
mod matching;
mod message;
mod narrow;
mod operator;
mod parse;
mod pattern;
mod place;
mod principal;
mod slip;
mod template;
mod trust;
mod validate;
mod warnings;

pub use case::{Case, Policy, Question, ReadCase, ReadTrust, TrustCase, Unreadable};
pub use condition::Condition;
pub use context::Context;
pub use document::{Document, Effect, Element, Principals, Statement, Version};
pub use evaluate::{Decision, Named, Policies, PolicyKind, Reason, Request, evaluate, is_allowed};
pub use findings::{Finding, Severity, findings};
pub use fix::{Edit, Fix, fix, fix_trust};
pub use malformed::Malformed;
pub use place::{Position, place};
pub use principal::{Grant, Principal, PrincipalPattern};
pub use template::Template;
pub use trust::{TrustDecision, TrustRequest, is_trusted, trust};
pub use validate::Kind;
