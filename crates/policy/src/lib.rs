//! The IAM policy language: parse, validate, evaluate, explain.
//!
//! Has policy documents, requests, decisions with their reasoning, and the smallest change that
//! allows a denied request. Depends only on its arguments: no services, no state, no clock, no
//! network.

mod actions;
mod arn_pattern;
mod candidates;
mod case;
mod condition;
mod condition_lints;
mod context;
mod date;
mod document;
mod edit_distance;
mod evaluate;
mod explain;
mod findings;
pub mod fix;
pub mod ladder;
mod lints;
mod malformed;
mod matching;
mod message;
mod narrow_deny;
mod operator;
mod parse;
mod pattern;
mod position;
mod principal;
mod syntax;
mod template;
mod trust;
mod validate;

pub use case::{Case, InvalidPolicy, ParsedCase, ParsedTrustCase, Policy, Question, TrustCase};
pub use condition::Condition;
pub use context::Context;
pub use document::{Document, Effect, Element, Principals, Statement, Version};
pub use evaluate::{
    Decision, NamedPolicy, Policies, PolicyKind, Reason, Request, evaluate, is_allowed,
};
pub use findings::{Finding, Severity, findings};
pub use fix::{Edit, Fix, fix, fix_trust};
pub use malformed::MalformedPolicy;
pub use position::{Position, source_span};
pub use principal::{Grant, Principal, PrincipalPattern};
pub use template::Template;
pub use trust::{TrustDecision, TrustRequest, is_trusted, trust};
pub use validate::Kind;
