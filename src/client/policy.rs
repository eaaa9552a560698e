//! The policy engine's own door: it checks documents, judges questions, and knows who could.

use cognitab_policy::{Finding, PolicyKind, Question};
use cognitab_trace::control::{Judgment, Subjects, WhoCould};
use serde_json::{Value, json};

use super::{Client, Failure, read};

impl Client {
    async fn policy(&self, method: &str, name: &str, body: &Value) -> Result<Value, Failure> {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        self.control(method, &format!("policy/{name}"), &text).await
    }

    /// Judges a question.
    pub async fn judge(&self, question: &Question) -> Result<Judgment, Failure> {
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
