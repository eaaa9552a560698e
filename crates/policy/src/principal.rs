//! Callers, and the principals in policies.

use crate::{arn_pattern, context::Context};
use cognitab_wire::arn::Partition;
use serde::{Deserialize, Serialize};

/// The caller of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Principal {
    /// The root user of an account.
    Root {
        /// Its account ID.
        account: String,
        /// The partition of its ARN, such as `aws-cn`.
        #[serde(default = "standard", skip_serializing_if = "is_standard")]
        partition: String,
    },
    /// An IAM user.
    User {
        /// `arn:aws:iam::{account}:user/{path}{name}`.
        arn: String,
        /// Its unique ID, `AIDA…`.
        id: String,
        /// Its account.
        account: String,
    },
    /// A role session.
    Session {
        /// `arn:aws:iam::{account}:role/{path}{name}`.
        role_arn: String,
        /// `arn:aws:sts::{account}:assumed-role/{name}/{session}`.
        session_arn: String,
        /// The role's account.
        account: String,
    },
    /// A federated user session, created by GetFederationToken.
    FederatedUser {
        /// `arn:aws:sts::{account}:federated-user/{name}`.
        arn: String,
        /// The account of the user that created it.
        account: String,
    },
    /// A web identity, before it has credentials: the holder of a provider's token.
    WebIdentity {
        /// `cognito-identity.amazonaws.com` or the ARN of an OIDC provider.
        provider: String,
    },
    /// A SAML identity, before it has credentials.
    Saml {
        /// ARN of the SAML provider.
        provider: String,
    },
    /// An AWS service.
    Service {
        /// Such as `cognito-idp.amazonaws.com`.
        name: String,
    },
    /// An anonymous caller: the request is not signed.
    Anonymous,
}

/// A principal in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalPattern {
    /// `*` or `{"AWS": "*"}`.
    Everyone,
    /// An account ID, or the ARN or unique ID of an account's root, a user, a role or a session.
    Aws(String),
    /// A web identity or SAML provider.
    Federated(String),
    /// A service.
    Service(String),
    /// The canonical user ID of an account, which only S3 supports.
    CanonicalUser(String),
}

/// How a policy names the caller, the least specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// As its account, which must allow the caller in turn.
    Account,
    /// As its role.
    Role,
    /// As everyone.
    Everyone,
    /// Directly: as this user, session or provider.
    Direct,
}

impl Principal {
    /// The caller's ARN or name in messages.
    pub fn arn(&self) -> String {
        match self {
            Principal::Root { account, partition } => {
                format!("arn:{partition}:iam::{account}:root")
            }
            Principal::User { arn, .. } | Principal::FederatedUser { arn, .. } => arn.clone(),
            Principal::Session { session_arn, .. } => session_arn.clone(),
            Principal::WebIdentity { provider } | Principal::Saml { provider } => provider.clone(),
            Principal::Service { name } => name.clone(),
            Principal::Anonymous => "anonymous".to_owned(),
        }
    }

    /// The caller's account, if it has one.
    pub fn account(&self) -> Option<&str> {
        match self {
            Principal::Root { account, .. }
            | Principal::User { account, .. }
            | Principal::Session { account, .. }
            | Principal::FederatedUser { account, .. } => Some(account),
            _ => None,
        }
    }

    /// The name of the user or role whose policies apply.
    pub fn short_name(&self) -> String {
        match self {
            Principal::Root { account, .. } => format!("the root user of {account}"),
            Principal::Session { role_arn, .. } => arn_pattern::short_name(role_arn).to_owned(),
            Principal::User { arn, .. } | Principal::FederatedUser { arn, .. } => {
                arn_pattern::short_name(arn).to_owned()
            }
            other => other.arn(),
        }
    }

    /// The ARNs or names by which a policy can name the caller, the most specific first.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Principal::Session { role_arn, session_arn, .. } => {
                vec![session_arn.clone(), role_arn.clone()]
            }
            other => vec![other.arn()],
        }
    }

    /// What a policy grants to this caller by naming this principal.
    pub(crate) fn grant_from(
        &self,
        pattern: &PrincipalPattern,
        context: &Context,
    ) -> Option<Grant> {
        match (pattern, self) {
            (PrincipalPattern::Everyone, _) => Some(Grant::Everyone),
            (
                PrincipalPattern::Federated(wanted),
                Principal::WebIdentity { provider } | Principal::Saml { provider },
            ) => (wanted == provider).then_some(Grant::Direct),
            (PrincipalPattern::Service(wanted), Principal::Service { name }) => {
                (wanted == name).then_some(Grant::Direct)
            }
            (PrincipalPattern::Aws(wanted), _) => self.grant_from_aws(wanted, context),
            _ => None,
        }
    }

    fn grant_from_aws(&self, wanted: &str, context: &Context) -> Option<Grant> {
        let account = self.account()?;
        if wanted == account || self.is_root_of_own_account(wanted, account) {
            let root = matches!(self, Principal::Root { .. });
            return Some(if root { Grant::Direct } else { Grant::Account });
        }
        match self {
            Principal::User { arn, id, .. } => {
                (wanted == arn || wanted == id).then_some(Grant::Direct)
            }
            Principal::FederatedUser { arn, .. } => (wanted == arn).then_some(Grant::Direct),
            Principal::Session { session_arn, .. } if wanted == session_arn => Some(Grant::Direct),
            Principal::Session { role_arn, .. } => {
                (wanted == role_arn || is_role_id(wanted, context)).then_some(Grant::Role)
            }
            _ => None,
        }
    }

    /// Whether an ARN is that of the root of this account, in the caller's partition.
    fn is_root_of_own_account(&self, wanted: &str, account: &str) -> bool {
        let arn = self.arn();
        let partition = arn.split(':').nth(1).unwrap_or_default();
        let own = wanted.strip_prefix("arn:").and_then(|rest| rest.strip_prefix(partition));
        let own = own.and_then(|rest| rest.strip_prefix(":iam::"));
        own.and_then(|rest| rest.strip_suffix(":root")) == Some(account)
    }

    /// Whether `NotPrincipal` excludes this caller: it must list all the caller's ARNs and its
    /// account.
    pub(crate) fn is_excepted_by(&self, listed: &[PrincipalPattern], context: &Context) -> bool {
        let names = |grant: Grant| {
            listed.iter().any(|pattern| self.grant_from(pattern, context) == Some(grant))
        };
        if names(Grant::Everyone) {
            return true;
        }
        match self {
            Principal::Session { .. } => {
                names(Grant::Direct) && names(Grant::Role) && names(Grant::Account)
            }
            Principal::User { .. } | Principal::FederatedUser { .. } => {
                names(Grant::Direct) && names(Grant::Account)
            }
            _ => names(Grant::Direct),
        }
    }
}

impl PrincipalPattern {
    /// As written in the document.
    pub fn text(&self) -> &str {
        match self {
            PrincipalPattern::Everyone => "*",
            PrincipalPattern::Aws(text)
            | PrincipalPattern::Federated(text)
            | PrincipalPattern::Service(text)
            | PrincipalPattern::CanonicalUser(text) => text,
        }
    }
}

fn standard() -> String {
    Partition::Aws.to_string()
}

fn is_standard(partition: &str) -> bool {
    partition == Partition::Aws.id()
}

/// Whether a unique ID in a policy is that of the caller's role: `aws:userid` starts with it.
fn is_role_id(wanted: &str, context: &Context) -> bool {
    wanted.starts_with("AROA")
        && context
            .get("aws:userid")
            .iter()
            .any(|id| id.split(':').next().is_some_and(|role| role == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_another_partition_is_another_principal() {
        let arn = "arn:aws-cn:iam::111122223333:user/dana".to_owned();
        let account = "111122223333".to_owned();
        let dana = Principal::User { arn, id: String::new(), account };
        for (wanted, expected) in [
            ("arn:aws-cn:iam::111122223333:root", Some(Grant::Account)),
            ("111122223333", Some(Grant::Account)),
            ("arn:aws:iam::111122223333:root", None),
            ("arn:aws-cn:iam::444455556666:root", None),
        ] {
            let pattern = PrincipalPattern::Aws(wanted.to_owned());
            assert_eq!(dana.grant_from(&pattern, &Context::default()), expected, "{wanted}");
        }
    }
}
