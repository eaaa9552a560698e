//! Policies that a simulation is to leave out.

use cognitab_macros::Shape;

use crate::error::Error;
use crate::simulate::evaluation::{PolicyOrigin, SourcePolicy};

/// Names one policy or several: by one of these members.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PolicyIdentifier {
    /// All of this type.
    policy_type: Option<PolicyType>,
    /// Managed policies by their ARN, in whose name wildcards count.
    #[shape(length = 20..=2048)]
    policy_arn: Option<String>,
    /// An inline policy.
    inline_policy_identifier: Option<InlinePolicyIdentifier>,
}

/// A type of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum PolicyType {
    #[shape(name = "inline")]
    Inline,
    #[shape(name = "aws-managed")]
    AwsManaged,
    #[shape(name = "user-managed")]
    UserManaged,
    #[shape(name = "permission-boundary")]
    PermissionBoundary,
    #[shape(name = "scp")]
    Scp,
    #[shape(name = "rcp")]
    Rcp,
}

/// An inline policy by its name and its holder's.
#[derive(Clone, Debug, Shape)]
pub(crate) struct InlinePolicyIdentifier {
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    policy_name: String,
    attachment_type: AttachmentType,
    /// Wildcards count.
    #[shape(length = 1..=128)]
    attachment_name: String,
}

/// What holds an inline policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum AttachmentType {
    #[shape(name = "user")]
    User,
    #[shape(name = "group")]
    Group,
    #[shape(name = "role")]
    Role,
}

impl PolicyIdentifier {
    /// Refuses one that names nothing, or in no form.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let given = [
            self.policy_type.is_some(),
            self.policy_arn.is_some(),
            self.inline_policy_identifier.is_some(),
        ];
        let one = given.iter().filter(|is| **is).count() == 1;
        let name = |arn: &String| {
            arn.rsplit_once('/').map(|(path, name)| (path.to_owned(), name.to_owned()))
        };
        let arn = self.policy_arn.as_ref().is_none_or(|arn| {
            let parts = arn.starts_with("arn:aws:iam::") && arn.contains(":policy/");
            parts
                && name(arn).is_some_and(|(path, name)| !path.contains(['*', '?']) && single(&name))
        });
        let holder = self.inline_policy_identifier.as_ref();
        if one && arn && holder.is_none_or(|inline| single(&inline.attachment_name)) {
            return Ok(());
        }
        Err(Error::InvalidInput("Invalid policy identifier in PolicyExclusionList.".to_owned()))
    }

    /// Whether it names this policy.
    pub(crate) fn names(&self, source: &SourcePolicy) -> bool {
        let arn = self.policy_arn.as_deref();
        match &source.origin {
            PolicyOrigin::Inline { kind, holder, policy } => {
                let inline = |one: &InlinePolicyIdentifier| {
                    one.policy_name == *policy
                        && one.attachment_type.as_str() == *kind
                        && glob(&one.attachment_name, holder)
                };
                self.policy_type == Some(PolicyType::Inline)
                    || self.inline_policy_identifier.as_ref().is_some_and(inline)
            }
            PolicyOrigin::Managed(own) => {
                let aws = own.starts_with("arn:aws:iam::aws:");
                let kind = if aws { PolicyType::AwsManaged } else { PolicyType::UserManaged };
                self.policy_type == Some(kind) || arn.is_some_and(|arn| glob(arn, own))
            }
            PolicyOrigin::Boundary => self.policy_type == Some(PolicyType::PermissionBoundary),
            PolicyOrigin::Input => false,
        }
    }
}

fn single(name: &str) -> bool {
    name.matches('*').count() <= 1
}

/// A pattern with one `*` at most, and any number of `?`.
fn glob(pattern: &str, text: &str) -> bool {
    let same = |pattern: &str, text: &str| {
        let (mut wanted, mut found) = (pattern.chars(), text.chars());
        let each = wanted.by_ref().zip(found.by_ref()).all(|(a, b)| a == '?' || a == b);
        each && pattern.chars().count() == text.chars().count()
    };
    let Some((head, tail)) = pattern.split_once('*') else { return same(pattern, text) };
    let count = |text: &str| text.chars().count();
    let (head_len, tail_len, all) = (count(head), count(tail), count(text));
    let begin: String = text.chars().take(head_len).collect();
    let end: String = text.chars().skip(all.saturating_sub(tail_len)).collect();
    all >= head_len + tail_len && same(head, &begin) && same(tail, &end)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn wildcards() {
        for (pattern, text) in
            [("a", "a"), ("*", ""), ("a*", "abc"), ("*c", "abc"), ("a*c", "ac"), ("a?c*", "abcd")]
        {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("ab", "a"), ("a*a", "a"), ("a?", "a"), ("b*", "abc")]
        {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
    }
}
