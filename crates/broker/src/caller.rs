//! Who makes a request, once that is proven.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::event::{Who, WhoKind};
use crate::world::{Row, World};

/// Who makes a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Caller {
    /// Nobody has been proven.
    #[default]
    Anonymous,
    /// Holder of a key that IAM or STS gave out.
    Key(Box<Key>),
    /// A user of a user pool, by a valid access token.
    User(PoolUser),
    /// Another simulated service, by its principal (`cognito-identity.amazonaws.com`).
    Service(&'static str),
}

/// A user of a user pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PoolUser {
    /// The pool.
    pub(crate) pool: String,
    /// Stored user name.
    pub(crate) username: String,
    /// The client for which the token was made.
    pub(crate) client: String,
    /// `origin_jti` of the token: the sign-in it came from.
    pub(crate) origin: String,
    /// Scopes of the token.
    pub(crate) scopes: Vec<String>,
}

/// An access key with everything that is known of its holder. A row: STS and IAM make them, the
/// gate reads them.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Key {
    /// `AKIA…` or `ASIA…`.
    pub(crate) access_key_id: String,
    /// The secret half.
    pub(crate) secret_access_key: String,
    /// Session token of temporary credentials.
    pub(crate) session_token: Option<String>,
    /// End of temporary credentials.
    pub(crate) expires: Option<Timestamp>,
    /// When they were given out.
    pub(crate) issued: Timestamp,
    /// Account of the holder.
    pub(crate) account: String,
    /// ARN of the user or of the role session.
    pub(crate) arn: String,
    /// ARN of the user or of the role: where the identity policies are.
    pub(crate) principal: String,
    /// `AIDA…`, or `AROA…:session`.
    pub(crate) user_id: String,
    /// Session policies as JSON texts; absent where none was given.
    pub(crate) session_policies: Option<Vec<String>>,
    /// Condition keys that come with the session: the token's claims, tags.
    pub(crate) context: BTreeMap<String, Vec<String>>,
    /// Whether an IAM user has switched it off.
    #[shape(optional)]
    pub(crate) inactive: bool,
}

impl Row for Key {
    const TABLE: &'static str = "iam.key";
    fn key(&self) -> String {
        self.access_key_id.clone()
    }
}

impl Key {
    /// Whether its holder is a role session.
    pub(crate) fn is_session(&self) -> bool {
        self.arn.contains(":assumed-role/")
    }

    /// Name of the user, or of the role session.
    pub(crate) fn name(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or_default()
    }
}

impl Caller {
    /// The key, if the request was signed.
    pub(crate) fn key(&self) -> Option<&Key> {
        match self {
            Caller::Key(key) => Some(key),
            _ => None,
        }
    }

    /// How an event names this caller.
    pub(crate) fn who(&self, world: &World) -> Who {
        match self {
            Caller::Anonymous => Who::default(),
            Caller::Service(name) => {
                Who { kind: WhoKind::Service, name: (*name).to_owned(), arn: None }
            }
            Caller::User(user) => {
                Who { kind: WhoKind::User, name: user.username.clone(), arn: None }
            }
            Caller::Key(key) => session(key, world),
        }
    }
}

/// A session of an identity pool speaks for a person or a guest, any other for its principal.
fn session(key: &Key, world: &World) -> Who {
    let claim = |name: &str| key.context.get(name).map(Vec::as_slice).unwrap_or_default();
    let amr = claim("cognito-identity.amazonaws.com:amr");
    let (kind, name) = if amr.iter().any(|a| a == "unauthenticated") {
        (WhoKind::Guest, "guest".to_owned())
    } else if let Some(detail) = amr.get(2) {
        (WhoKind::User, crate::cognito_idp::display_name(world, detail))
    } else {
        (WhoKind::Principal, key.name().to_owned())
    };
    Who { kind, name, arn: Some(key.arn.clone()) }
}
