//! A policy document, ready to be matched.

use crate::{condition::Condition, principal::PrincipalPattern, template::Template};
use serde_json::Value;

/// One policy: read once, judged by often.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The language it is written in.
    pub version: Version,
    /// Its `Id`.
    pub id: Option<String>,
    /// Its statements in order.
    pub statements: Vec<Statement>,
    pub(crate) source: Value,
}

/// Version of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, also where none is given: no variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// One statement.
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
    /// Every key of every operator of `Condition`: all must hold.
    pub conditions: Vec<Condition>,
}

/// What a statement does when it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It grants.
    Allow,
    /// It forbids, whatever else grants.
    Deny,
}

/// A list of patterns, or of exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Whether it is the `Not…` form.
    pub not: bool,
    /// The patterns in order.
    pub values: Vec<Template>,
}

/// The principals of a statement, or those it spares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// Whether it is `NotPrincipal`.
    pub not: bool,
    /// The principals in order.
    pub values: Vec<PrincipalPattern>,
}

impl Document {
    /// The JSON it was read from.
    pub fn source(&self) -> &Value {
        &self.source
    }
}

impl Statement {
    /// What to call it: its `Sid`, or its number from 1.
    pub fn title(&self, index: usize) -> String {
        match self.sid.as_deref() {
            Some(sid) if !sid.is_empty() => sid.to_owned(),
            _ => format!("statement {}", index + 1),
        }
    }
}
