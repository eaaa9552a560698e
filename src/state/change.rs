//! A change to a policy: where the policy is, the document before and after, and its labels.

use cognitab_policy::fix::{Edit, Fix};
use cognitab_policy::{Policy, PolicyKind, Principal, Question};
use cognitab_trace::event::Event;
use serde_json::{Value, json};

use super::json_format::{self, DiffLine};
use super::labels;

/// Name of the inline policy that a change creates if there is none.
const NEW_POLICY_NAME: &str = "added-on-the-page";

/// Unchanged lines that a diff shows around a change.
const CONTEXT_LINES: usize = 2;

/// A change to one policy that allows the refused request.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyChange {
    /// The edit that the policy engine proposes.
    pub fix: Fix,
    /// Where the policy is; `None` if it cannot be changed.
    pub location: Option<PolicyLocation>,
    /// The account whose administrator can apply the change.
    pub account: String,
    /// The document when it refused the request.
    pub before: Option<Value>,
}

/// Where a policy is. It decides which operations read and write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyLocation {
    /// Inline in a role or user.
    Inline {
        /// The role or user.
        owner: Owner,
        /// Name of the policy.
        policy: String,
    },
    /// A managed policy.
    Managed {
        /// ARN of the policy.
        arn: String,
    },
    /// The trust policy of a role.
    Trust {
        /// Name of the role.
        role: String,
    },
    /// The policy of a bucket.
    Bucket {
        /// Name of the bucket.
        bucket: String,
    },
}

impl PolicyLocation {
    /// Whether all names are ones that AWS allows. Questions can come from untrusted links, and
    /// these names go into commands that people copy.
    fn has_plain_names(&self) -> bool {
        let names = match self {
            PolicyLocation::Inline { owner, policy } => [owner.kind_and_name().1, policy.as_str()],
            PolicyLocation::Managed { arn: name }
            | PolicyLocation::Trust { role: name }
            | PolicyLocation::Bucket { bucket: name } => [name.as_str(); 2],
        };
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"+=,.@:/_-".contains(&b);
        names.iter().all(|name| !name.starts_with('-') && name.bytes().all(plain))
    }
}

/// The owner of an inline policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A role, by name.
    Role(String),
    /// A user, by name.
    User(String),
}

impl PolicyChange {
    /// The change that an event proposes.
    pub fn from_event(event: &Event) -> Option<PolicyChange> {
        Some(PolicyChange::from_fix(event.fix.clone()?, event.case.as_ref()))
    }

    /// A change with the location and document that the question knows.
    pub fn from_fix(fix: Fix, question: Option<&Question>) -> PolicyChange {
        PolicyChange {
            location: question
                .and_then(|question| policy_location(&fix, question))
                .filter(PolicyLocation::has_plain_names),
            account: question.map(|q| owning_account(&fix, q)).unwrap_or_default(),
            before: question.and_then(|q| policy(q, &fix)).map(|p| p.document.clone()),
            fix,
        }
    }

    /// The document after the change; `None` if the edit cannot be applied to it.
    pub fn apply_to(&self, document: Option<&Value>) -> Option<Value> {
        match (document, &self.fix.edit) {
            (Some(document), edit) => edit.apply(document),
            (None, Edit::AddStatement { statement }) => {
                Some(json!({"Version": "2012-10-17", "Statement": [statement]}))
            }
            (None, _) => None,
        }
    }

    /// The diff of the document; a new document if the old one is unknown.
    pub fn diff(&self) -> Vec<DiffLine> {
        let Some(after) = self.apply_to(self.before.as_ref()) else { return Vec::new() };
        let before = self.before.as_ref().map(json_format::pretty).unwrap_or_default();
        json_format::diff(&before, &json_format::pretty(&after), CONTEXT_LINES)
    }

    /// Heading of the diff.
    pub fn title(&self) -> &'static str {
        match self.fix.edit {
            Edit::AddStatement { .. } => "Missing statement",
            Edit::ReplaceValue { .. } => "Changed line",
            Edit::RemoveStatement { .. } => "Statement to remove",
        }
    }

    /// Label of the button that applies the change.
    pub fn label(&self) -> String {
        let owner_name = self.owner_name();
        match &self.fix.edit {
            Edit::AddStatement { .. } => format!("Add it to {owner_name}"),
            Edit::RemoveStatement { .. } => format!("Remove it from {owner_name}"),
            Edit::ReplaceValue { path, to, .. } => {
                let key = policy_element(path);
                match to.as_str() {
                    Some(_) if key == "cognito-identity.amazonaws.com:aud" => {
                        "Set policy aud to this pool".to_owned()
                    }
                    _ if key.is_empty() => format!("Change the statement in {owner_name}"),
                    Some(to) if to.chars().count() <= 32 => {
                        format!("Set {} to {to}", short_key(&key))
                    }
                    _ => format!("Change {} in {owner_name}", short_key(&key)),
                }
            }
        }
    }

    /// Name of the role, user, bucket or managed policy that changes.
    fn owner_name(&self) -> &str {
        match &self.location {
            Some(PolicyLocation::Inline {
                owner: Owner::Role(name) | Owner::User(name), ..
            }) => name,
            Some(PolicyLocation::Managed { arn }) => arn.rsplit('/').next().unwrap_or(arn),
            Some(PolicyLocation::Trust { role }) => role,
            Some(PolicyLocation::Bucket { bucket }) => bucket,
            None if self.fix.policy.is_empty() => "a new policy",
            None => &self.fix.policy,
        }
    }

    /// Whether a document has no statement left. Such a policy is deleted.
    pub fn leaves_no_statement(after: &Value) -> bool {
        after.get("Statement").and_then(Value::as_array).is_some_and(Vec::is_empty)
    }
}

impl Owner {
    /// `role` or `user`, and the name.
    pub fn kind_and_name(&self) -> (&'static str, &str) {
        match self {
            Owner::Role(name) => ("role", name),
            Owner::User(name) => ("user", name),
        }
    }
}

/// The policy element or condition key that a path within a statement ends in.
fn policy_element(path: &str) -> String {
    let step = path.split('/').rfind(|step| step.parse::<usize>().is_err());
    step.unwrap_or_default().replace("~1", "/").replace("~0", "~")
}

fn short_key(key: &str) -> &str {
    key.rsplit(':').next().unwrap_or(key)
}

/// The policies of one type in a question, in order.
pub fn policies(question: &Question, kind: PolicyKind) -> Vec<&Policy> {
    match (question, kind) {
        (Question::Trust(case), PolicyKind::Trust) => vec![&case.trust],
        (Question::Trust(_), _) => Vec::new(),
        (Question::Access(case), kind) => match kind {
            PolicyKind::Identity => case.identity.iter().collect(),
            PolicyKind::Boundary => case.boundary.iter().collect(),
            PolicyKind::Session => case.session.iter().flatten().collect(),
            PolicyKind::Resource | PolicyKind::Trust => case.resource_policy.iter().collect(),
            PolicyKind::ServiceControl => case.scp.iter().flatten().collect(),
            PolicyKind::ResourceControl => case.rcp.iter().flatten().collect(),
        },
    }
}

fn policy<'a>(question: &'a Question, fix: &Fix) -> Option<&'a Policy> {
    policies(question, fix.policy_kind).into_iter().find(|p| p.name == fix.policy)
}

fn policy_location(fix: &Fix, question: &Question) -> Option<PolicyLocation> {
    let managed = || PolicyLocation::Managed { arn: fix.policy.clone() };
    let case = match question {
        Question::Trust(case) => {
            return Some(PolicyLocation::Trust { role: case.trust.name.clone() });
        }
        Question::Access(case) => case,
    };
    match fix.policy_kind {
        PolicyKind::Boundary => Some(managed()),
        PolicyKind::Identity if fix.policy.starts_with("arn:") => Some(managed()),
        PolicyKind::Identity => {
            let owner = owner(&case.principal)?;
            let policy = if fix.policy.is_empty() { NEW_POLICY_NAME } else { &fix.policy };
            Some(PolicyLocation::Inline { owner, policy: policy.to_owned() })
        }
        PolicyKind::Resource => {
            let rest = case.resource.strip_prefix("arn:aws:s3:::")?;
            let bucket = rest.split('/').next().filter(|name| !name.is_empty())?;
            Some(PolicyLocation::Bucket { bucket: bucket.to_owned() })
        }
        PolicyKind::Trust => {
            let role = labels::role_name(&case.resource)?;
            Some(PolicyLocation::Trust { role: role.to_owned() })
        }
        PolicyKind::Session | PolicyKind::ServiceControl | PolicyKind::ResourceControl => None,
    }
}

fn owner(principal: &Principal) -> Option<Owner> {
    match principal {
        Principal::Session { role_arn, .. } => {
            labels::role_name(role_arn).map(|name| Owner::Role(name.to_owned()))
        }
        Principal::User { arn, .. } => {
            arn.split_once(":user/")?.1.rsplit('/').next().map(|name| Owner::User(name.to_owned()))
        }
        _ => None,
    }
}

/// The account that owns the policy.
fn owning_account(fix: &Fix, question: &Question) -> String {
    match question {
        Question::Trust(case) => case.role_account.clone(),
        Question::Access(case) => {
            let caller = case.principal.account().unwrap_or_default();
            let of_resource = matches!(
                fix.policy_kind,
                PolicyKind::Resource | PolicyKind::Trust | PolicyKind::ResourceControl
            );
            if of_resource && !case.account.is_empty() { &case.account } else { caller }.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::json_format::LineChange;
    use crate::state::samples;

    #[test]
    fn a_missing_permission_is_added_to_the_role() {
        let change = PolicyChange::from_event(&samples::guest()[3]).unwrap();
        assert_eq!(change.label(), "Add it to photos-guest");
        assert_eq!(change.account, "111122223333");
        let owner = Owner::Role("photos-guest".into());
        let policy = "photos".to_owned();
        assert_eq!(change.location, Some(PolicyLocation::Inline { owner, policy }));
        let new: Vec<DiffLine> = change
            .diff()
            .into_iter()
            .filter(|l| l.change == LineChange::Added && l.text.contains("Put"))
            .collect();
        assert_eq!(new.len(), 1);
        let cli = change.cli().unwrap();
        assert!(
            cli.starts_with(
                "aws iam put-role-policy --role-name photos-guest --policy-name photos"
            )
        );
        assert!(cli.contains("s3:PutObject") && cli.contains("s3:GetObject"));
    }

    /// A copied command must not contain a second command, whoever wrote the question.
    #[test]
    fn a_name_that_no_aws_gives_makes_no_command() {
        for name in ["x; sh", "$(sh)", "a\nb", "--cli-input-json", "a'b"] {
            let mut event = samples::trust()[4].clone();
            let Some(Question::Trust(case)) = &mut event.case else { panic!("no trust") };
            case.trust.name = name.into();
            let change = PolicyChange::from_event(&event);
            assert_eq!(change.and_then(|change| change.cli()), None, "{name}");
        }
    }

    #[test]
    fn one_value_of_trust_is_set() {
        let change = PolicyChange::from_event(&samples::trust()[4]).unwrap();
        assert_eq!(change.label(), "Set policy aud to this pool");
        assert_eq!(
            change.location,
            Some(PolicyLocation::Trust { role: "photos-signed-in".into() })
        );
        let changes: Vec<LineChange> = change.diff().iter().map(|l| l.change).collect();
        assert_eq!(changes.iter().filter(|s| **s == LineChange::Removed).count(), 1);
        assert_eq!(changes.iter().filter(|s| **s == LineChange::Added).count(), 1);
        let terraform = change.terraform().unwrap();
        assert!(terraform.starts_with("resource \"aws_iam_role\" \"photos-signed-in\""));
        assert!(
            terraform.contains("assume_role_policy = jsonencode({")
                && terraform.contains(samples::POOL)
        );
    }

    #[test]
    fn a_document_that_ends_up_empty_goes() {
        let mut change = PolicyChange::from_event(&samples::guest()[3]).unwrap();
        change.fix.edit = Edit::RemoveStatement { statement: 0 };
        assert!(change.cli().unwrap().starts_with("aws iam delete-role-policy"));
        assert_eq!(change.label(), "Remove it from photos-guest");
        change.fix.edit = Edit::RemoveStatement { statement: 7 };
        assert_eq!((change.cli(), change.diff().len()), (None, 0));
    }

    #[test]
    fn a_bucket_of_another_account_is_that_accounts() {
        let event = samples::guest()[3].clone();
        let Some(Question::Access(mut case)) = event.case else { panic!("no case") };
        case.account = "444455556666".into();
        let fix =
            Fix { policy_kind: PolicyKind::Resource, policy: String::new(), ..event.fix.unwrap() };
        let change = PolicyChange::from_fix(fix, Some(&Question::Access(case)));
        assert_eq!(
            change.location,
            Some(PolicyLocation::Bucket { bucket: "studio-photos".into() })
        );
        assert_eq!(change.account, "444455556666");
        assert!(
            change.cli().unwrap().contains("aws s3api put-bucket-policy --bucket studio-photos")
        );
    }
}
