//! The policies of a user or role that a simulation excludes.

use cognitab_macros::Shape;
use cognitab_wire::arn::account_of;

use crate::arn;
use crate::entity::EntityType;
use crate::error::Error;
use crate::shapes::{ArnType, AttachmentName, PolicyNameType};
use crate::simulate::source_policy::{PolicyOrigin, SourcePolicy};

#[derive(Clone, Debug, Shape)]
#[shape(length = ..=256)]
pub(crate) struct PolicyExclusionsListType(Vec<PolicyIdentifier>);

/// Identifies one policy or several, by exactly one of its members.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PolicyIdentifier {
    /// All policies of this type.
    policy_type: Option<PolicyType>,
    /// Managed policies. The name may have one `*` and any number of `?`.
    policy_arn: Option<ArnType>,
    inline_policy_identifier: Option<InlinePolicyIdentifier>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "PolicyIdentifierPolicyType")]
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

#[derive(Clone, Debug, Shape)]
#[shape(name = "InlinePolicyIdentifierType")]
pub(crate) struct InlinePolicyIdentifier {
    policy_name: PolicyNameType,
    attachment_type: EntityType,
    /// The name of the user, group or role. It may have one `*` and any number of `?`.
    attachment_name: AttachmentName,
}

impl PolicyIdentifier {
    /// Fails unless exactly one member is set, and that one is valid.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let members = [
            self.policy_type.is_some(),
            self.policy_arn.is_some(),
            self.inline_policy_identifier.is_some(),
        ];
        let one = members.iter().filter(|is_set| **is_set).count() == 1;
        let arn = self.policy_arn.as_ref().is_none_or(|arn| is_policy_arn_pattern(arn));
        let inline = self.inline_policy_identifier.as_ref();
        if one && arn && inline.is_none_or(|inline| has_one_star(&inline.attachment_name)) {
            return Ok(());
        }
        Err(Error::InvalidInput("Invalid policy identifier in PolicyExclusionList.".to_owned()))
    }

    /// Whether it identifies this policy.
    pub(crate) fn matches(&self, source: &SourcePolicy) -> bool {
        match &source.origin {
            PolicyOrigin::Inline { entity_type, entity_name, policy_name } => {
                let inline = |inline: &InlinePolicyIdentifier| {
                    *inline.policy_name == *policy_name
                        && inline.attachment_type == *entity_type
                        && glob(&inline.attachment_name, entity_name)
                };
                self.policy_type == Some(PolicyType::Inline)
                    || self.inline_policy_identifier.as_ref().is_some_and(inline)
            }
            PolicyOrigin::Managed(arn) => {
                let is_aws = account_of(arn) == Some("aws");
                let policy_type =
                    if is_aws { PolicyType::AwsManaged } else { PolicyType::UserManaged };
                self.policy_type == Some(policy_type)
                    || self.policy_arn.as_ref().is_some_and(|pattern| glob(pattern, arn))
            }
            PolicyOrigin::PermissionsBoundary => {
                self.policy_type == Some(PolicyType::PermissionBoundary)
            }
            PolicyOrigin::Request => false,
        }
    }
}

/// Whether a text is the ARN of a managed policy with wildcards only in its name.
fn is_policy_arn_pattern(text: &str) -> bool {
    let is_policy = arn::parse(text).is_some_and(|arn| arn.resource().starts_with("policy/"));
    is_policy
        && text
            .rsplit_once('/')
            .is_some_and(|(path, name)| !path.contains(['*', '?']) && has_one_star(name))
}

/// Whether a pattern has one `*` at most.
fn has_one_star(pattern: &str) -> bool {
    pattern.matches('*').count() <= 1
}

/// Whether a text matches a pattern with at most one `*` and any number of `?`.
fn glob(pattern: &str, text: &str) -> bool {
    let equal = |pattern: &str, text: &str| {
        let mut pairs = pattern.chars().zip(text.chars());
        pattern.chars().count() == text.chars().count() && pairs.all(|(a, b)| a == '?' || a == b)
    };
    let Some((start, end)) = pattern.split_once('*') else { return equal(pattern, text) };
    let count = |text: &str| text.chars().count();
    let (start_count, end_count, all) = (count(start), count(end), count(text));
    let text_start: String = text.chars().take(start_count).collect();
    let text_end: String = text.chars().skip(all.saturating_sub(end_count)).collect();
    all >= start_count + end_count && equal(start, &text_start) && equal(end, &text_end)
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
