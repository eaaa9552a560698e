//! The policy part of the control API: evaluation, validation, and who could.

use cognitab_policy::{Finding, PolicyKind, Question};
use cognitab_trace::control::{Judgment, Subjects, WhoCould};
use serde_json::{Value, json};

use super::{Client, ClientError, parse};

impl Client {
    async fn call_policy(
        &self,
        method: &str,
        name: &str,
        body: &Value,
    ) -> Result<Value, ClientError> {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        self.control(method, &format!("policy/{name}"), &text).await
    }

    /// Evaluates a question.
    pub async fn evaluate(&self, question: &Question) -> Result<Judgment, ClientError> {
        parse(self.call_policy("POST", "judge", &json!(question)).await?)
    }

    /// Validates a policy document of a type.
    pub async fn validate(
        &self,
        kind: PolicyKind,
        text: &str,
    ) -> Result<Vec<Finding>, ClientError> {
        let kind = match kind {
            PolicyKind::Trust => "trust",
            PolicyKind::Resource | PolicyKind::ResourceControl => "resource",
            PolicyKind::Session => "session",
            PolicyKind::Identity | PolicyKind::Boundary | PolicyKind::ServiceControl => "identity",
        };
        let mut body =
            self.call_policy("POST", "check", &json!({"kind": kind, "text": text})).await?;
        parse(body.get_mut("findings").map(Value::take).unwrap_or_default())
    }

    /// Who in the world could perform an action on a resource, and who nearly could.
    pub async fn who_could(&self, action: &str, resource: &str) -> Result<WhoCould, ClientError> {
        let body = json!({"action": action, "resource": resource});
        parse(self.call_policy("POST", "who-could", &body).await?)
    }

    /// The users, roles and resources that questions can name.
    pub async fn subjects(&self) -> Result<Subjects, ClientError> {
        parse(self.call_policy("GET", "subjects", &Value::Null).await?)
    }
}
