//! AWS's words for a refusal.

use crate::evaluate::{Decision, PolicyKind, Reason};

impl Decision {
    /// The message of a refusal; empty where the request is allowed. A resource that stands for
    /// all of a service (`arn:aws:s3:::*`, asked for by ListBuckets) is left out, and S3 puts it in
    /// double quotes.
    pub fn message(&self, caller_arn: &str, action: &str, resource: &str, quoted: bool) -> String {
        let tail = self.reason.tail(action);
        if tail.is_empty() {
            return tail;
        }
        let on = match (resource, quoted) {
            ("" | "*" | "arn:aws:s3:::*", _) => String::new(),
            (resource, true) => format!(" on resource: \"{resource}\""),
            (resource, false) => format!(" on resource: {resource}"),
        };
        format!("User: {caller_arn} is not authorized to perform: {action}{on} {tail}")
    }
}

impl Reason {
    /// The end of the message, which names the type of policy.
    pub fn tail(&self, action: &str) -> String {
        match self {
            Reason::Allowed => String::new(),
            Reason::ExplicitDeny { policy_kind, .. } => {
                let article = match policy_kind {
                    PolicyKind::Identity => "an",
                    PolicyKind::Trust => "the",
                    _ => "a",
                };
                format!("with an explicit deny in {article} {}", policy_kind.name())
            }
            Reason::ImplicitDeny { policy_kind } => {
                format!("because no {} allows the {action} action", policy_kind.name())
            }
        }
    }
}

impl PolicyKind {
    /// As AWS calls it.
    pub fn name(self) -> &'static str {
        match self {
            PolicyKind::ServiceControl => "service control policy",
            PolicyKind::ResourceControl => "resource control policy",
            PolicyKind::Boundary => "permissions boundary",
            PolicyKind::Session => "session policy",
            PolicyKind::Resource => "resource-based policy",
            PolicyKind::Trust => "role trust policy",
            PolicyKind::Identity => "identity-based policy",
        }
    }
}
