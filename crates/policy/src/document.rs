//! A parsed policy document.

use crate::{condition::Condition, principal::PrincipalPattern, template::Template};
use serde_json::Value;

/// A policy document, parsed once and matched often.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Version of the policy language.
    pub version: Version,
    /// Its `Id`.
    pub id: Option<String>,
    /// Its statements, in order.
    pub statements: Vec<Statement>,
    pub(crate) source: Value,
}

/// Version of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, which is also the default: no policy variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<Principals>,
    /// `Action` or `NotAction`.
    pub action: Option<Element>,
    /// `Resource` or `NotResource`.
    pub resource: Option<Element>,
    /// The conditions of `Condition`, all of which must be met.
    pub conditions: Vec<Condition>,
}

/// The effect of a statement that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Allows the request.
    Allow,
    /// Denies the request, whatever allows it.
    Deny,
}

/// The values of `Action` or `Resource`, or of their `Not…` form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Whether it is the `Not…` form.
    pub not: bool,
    /// The patterns, in order.
    pub values: Vec<Template>,
}

/// The values of `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// Whether it is `NotPrincipal`.
    pub not: bool,
    /// The principals, in order.
    pub values: Vec<PrincipalPattern>,
}

impl Document {
    /// The JSON it was parsed from.
    pub fn source(&self) -> &Value {
        &self.source
    }
}

impl Statement {
    /// Its `Sid`, or its number from 1.
    pub fn title(&self, index: usize) -> String {
        match self.sid.as_deref() {
            Some(sid) if !sid.is_empty() => sid.to_owned(),
            _ => format!("statement {}", index + 1),
        }
    }
}
