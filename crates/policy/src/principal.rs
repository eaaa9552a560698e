//! Who asks, and the principals that a policy names.

use crate::{arn_pattern, context::Context};
use serde::{Deserialize, Serialize};

/// The caller of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Principal {
    /// The root user of an account.
    Root {
        /// Its 12 digits.
        account: String,
    },
    /// An IAM user.
    User {
        /// `arn:aws:iam::{account}:user/{path}{name}`.
        arn: String,
        /// Its unique id, `AIDA…`.
        id: String,
        /// The account it lives in.
        account: String,
    },
    /// A session of a role.
    Session {
        /// `arn:aws:iam::{account}:role/{path}{name}`.
        role_arn: String,
        /// `arn:aws:sts::{account}:assumed-role/{name}/{session}`.
        session_arn: String,
        /// The role's account.
        account: String,
    },
    /// A session made by GetFederationToken.
    FederatedUser {
        /// `arn:aws:sts::{account}:federated-user/{name}`.
        arn: String,
        /// The account of the user that asked for it.
        account: String,
    },
    /// Somebody who holds a token of a web identity provider and nothing else yet.
    WebIdentity {
        /// `cognito-identity.amazonaws.com` or the ARN of an OIDC provider.
        provider: String,
    },
    /// Somebody who holds a SAML assertion and nothing else yet.
    Saml {
        /// ARN of the SAML provider.
        provider: String,
    },
    /// A service that acts by itself.
    Service {
        /// Such as `cognito-idp.amazonaws.com`.
        name: String,
    },
    /// Nobody in particular: an unsigned request.
    Anonymous,
}

/// One principal that a policy names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalPattern {
    /// `*` or `{"AWS": "*"}`.
    Everyone,
    /// An account id, an account's root, a user, a role, a session or a unique id.
    Aws(String),
    /// A web identity or SAML provider.
    Federated(String),
    /// A service.
    Service(String),
    /// The canonical id of an account, known to S3 alone.
    CanonicalUser(String),
}

/// How closely a policy names a caller, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// The caller's account: the account decides further.
    Account,
    /// The caller's role.
    Role,
    /// Everyone.
    Everyone,
    /// The caller itself: this user, session or provider.
    Direct,
}

impl Principal {
    /// The ARN or name that stands for the caller in messages.
    pub fn arn(&self) -> String {
        match self {
            Principal::Root { account } => format!("arn:aws:iam::{account}:root"),
            Principal::User { arn, .. } | Principal::FederatedUser { arn, .. } => arn.clone(),
            Principal::Session { session_arn, .. } => session_arn.clone(),
            Principal::WebIdentity { provider } | Principal::Saml { provider } => provider.clone(),
            Principal::Service { name } => name.clone(),
            Principal::Anonymous => "anonymous".to_owned(),
        }
    }

    /// The account the caller belongs to, if it belongs to any.
    pub fn account(&self) -> Option<&str> {
        match self {
            Principal::Root { account }
            | Principal::User { account, .. }
            | Principal::Session { account, .. }
            | Principal::FederatedUser { account, .. } => Some(account),
            _ => None,
        }
    }

    /// The name of the user or role whose policies count.
    pub fn short_name(&self) -> String {
        match self {
            Principal::Root { account } => format!("the root user of {account}"),
            Principal::Session { role_arn, .. } => arn_pattern::short_name(role_arn).to_owned(),
            Principal::User { arn, .. } | Principal::FederatedUser { arn, .. } => {
                arn_pattern::short_name(arn).to_owned()
            }
            other => other.arn(),
        }
    }

    /// The names under which a policy may list the caller itself, the closest first.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Principal::Session { role_arn, session_arn, .. } => {
                vec![session_arn.clone(), role_arn.clone()]
            }
            other => vec![other.arn()],
        }
    }

    /// How closely the pattern names this caller, if it does.
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
        if wanted == account || is_root_of(wanted, account) {
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

    /// Whether a list of exceptions (`NotPrincipal`) spares this caller: IAM wants its account and
    /// every name it goes by to be listed.
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
    /// As it is written in the document.
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

fn is_root_of(wanted: &str, account: &str) -> bool {
    wanted.strip_prefix("arn:").and_then(|rest| rest.split_once(':')).is_some_and(|(_, rest)| {
        rest.strip_prefix("iam::").and_then(|rest| rest.strip_suffix(":root")) == Some(account)
    })
}

/// IAM keeps the unique id of a role that a policy names: `aws:userid` starts with it.
fn is_role_id(wanted: &str, context: &Context) -> bool {
    wanted.starts_with("AROA")
        && context
            .get("aws:userid")
            .iter()
            .any(|id| id.split(':').next().is_some_and(|role| role == wanted))
}
