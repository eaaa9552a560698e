//! AWS's messages for denied requests.

use cognitab_wire::arn::Arn;

use crate::evaluate::{Decision, PolicyKind, Reason};

impl Decision {
    /// The message for a denied request; empty if it is allowed. A resource that stands for the
    /// whole service (`arn:aws:s3:::*` for ListBuckets) is left out; S3 puts the resource in double
    /// quotes.
    pub fn message(&self, caller_arn: &str, action: &str, resource: &str, quoted: bool) -> String {
        let tail = self.reason.tail(action);
        if tail.is_empty() {
            return tail;
        }
        let on = match (resource, quoted) {
            (resource, _) if is_whole_service(resource) => String::new(),
            (resource, true) => format!(" on resource: \"{resource}\""),
            (resource, false) => format!(" on resource: {resource}"),
        };
        format!("User: {caller_arn} is not authorized to perform: {action}{on} {tail}")
    }
}

fn is_whole_service(resource: &str) -> bool {
    let all_buckets = |arn: Arn<'_>| arn.service() == "s3" && arn.resource() == "*";
    matches!(resource, "" | "*") || Arn::parse(resource).is_some_and(all_buckets)
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
    /// The name that AWS's messages use.
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
