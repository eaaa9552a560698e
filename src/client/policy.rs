//! The policy engine's own door: it checks documents, judges questions, and knows who could.

use cognitab_policy::ladder::{Ladder, Rung};
use cognitab_policy::{Finding, Fix, Policy, PolicyKind, Principal, Question};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Client, Failure, read};

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Judged {
    /// The decision.
    pub decision: Verdict,
    /// AWS's words; empty where it is allowed.
    pub message: String,
    /// The one change that turns a refusal.
    pub fix: Option<Fix>,
}

/// A decision with its reasoning.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Verdict {
    /// Whether it is allowed.
    pub allowed: bool,
    /// Why, rung by rung.
    pub ladder: Ladder,
}

/// Who could do something, and who nearly could.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct WhoCould {
    /// Those who could.
    pub could: Vec<Candidate>,
    /// Those whom one change to a statement keeps from it.
    pub nearly: Vec<Candidate>,
}

/// Somebody who could, or nearly.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Candidate {
    /// `user`, `role`, `identity-pool` for a role that a pool hands out, or `anybody`.
    pub kind: String,
    /// Name of the user or role.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Its account.
    pub account: String,
    /// The policies that allow it.
    pub policies: Vec<String>,
    /// Whom the role's trust policy names.
    pub trusts: Vec<String>,
    /// The pool that hands the role out.
    #[serde(default)]
    pub pool: Option<Offer>,
    /// For who nearly could: where it stops.
    #[serde(default)]
    pub stopped: Option<Rung>,
    /// The question that was asked.
    pub case: Question,
}

/// A role as an identity pool hands it out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Offer {
    /// The identity pool's id.
    #[serde(default)]
    pub pool: String,
    /// Whether it goes to guests.
    #[serde(default)]
    pub guest: bool,
}

/// What there is to ask about.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Subjects {
    /// Users and roles.
    pub principals: Vec<Subject>,
    /// Buckets and tables.
    pub resources: Vec<Resource>,
}

/// A user or role with its policies.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Its account.
    pub account: String,
    /// How a question names it.
    pub principal: Principal,
    /// Inline and managed policies.
    pub identity: Vec<Policy>,
    /// The permissions boundary.
    pub boundary: Option<Policy>,
    /// A role's trust policy.
    pub trust: Option<Policy>,
}

/// A resource with the policy on it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Resource {
    /// Its ARN.
    pub arn: String,
    /// The account that owns it.
    pub account: String,
    /// The policy on it.
    pub policy: Option<Policy>,
}

impl Client {
    async fn policy(&self, method: &str, name: &str, body: &Value) -> Result<Value, Failure> {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        self.control(method, &format!("policy/{name}"), &text).await
    }

    /// Judges a question.
    pub async fn judge(&self, question: &Question) -> Result<Judged, Failure> {
        read(self.policy("POST", "judge", &json!(question)).await?)
    }

    /// Checks a document as one of a type.
    pub async fn check(&self, kind: PolicyKind, text: &str) -> Result<Vec<Finding>, Failure> {
        let kind = match kind {
            PolicyKind::Trust => "trust",
            PolicyKind::Resource | PolicyKind::ResourceControl => "resource",
            PolicyKind::Session => "session",
            PolicyKind::Identity | PolicyKind::Boundary | PolicyKind::ServiceControl => "identity",
        };
        let mut body = self.policy("POST", "check", &json!({"kind": kind, "text": text})).await?;
        read(body.get_mut("findings").map(Value::take).unwrap_or_default())
    }

    /// Who in the world could do what is asked.
    pub async fn who_could(&self, action: &str, resource: &str) -> Result<WhoCould, Failure> {
        let body = json!({"action": action, "resource": resource});
        read(self.policy("POST", "who-could", &body).await?)
    }

    /// What there is to ask about.
    pub async fn subjects(&self) -> Result<Subjects, Failure> {
        read(self.policy("GET", "subjects", &Value::Null).await?)
    }
}
