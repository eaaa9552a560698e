//! The IAM policy language: parse, validate, evaluate, explain.
//!
//! Holds documents, the request they are judged against, the decision with its reasoning, and the
//! smallest change that would turn a refusal. Works on what it is handed alone: it knows no
//! service, keeps no state and reads neither clock nor network.

mod arn;
mod candidates;
mod case;
mod condition;
mod context;
mod date;
mod document;
mod evaluate;
mod explain;
pub mod fix;
pub mod ladder;
mod malformed;
mod matching;
mod message;
mod operator;
mod parse;
mod pattern;
mod principal;
mod template;
mod trust;
mod validate;

pub use case::{Case, Policy, Question, ReadCase, ReadTrust, TrustCase, Unreadable};
pub use condition::Condition;
pub use context::Context;
pub use document::{Document, Effect, Element, Principals, Statement, Version};
pub use evaluate::{Decision, Named, Policies, PolicyKind, Reason, Request, evaluate, is_allowed};
pub use fix::{Edit, Fix, fix, fix_trust};
pub use malformed::Malformed;
pub use principal::{Grant, Principal, PrincipalPattern};
pub use template::Template;
pub use trust::{TrustDecision, TrustRequest, trust};
pub use validate::Kind;
