//! The caller of an operation.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::world::Row;

/// The authenticated caller of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Caller {
    /// Nobody is authenticated.
    #[default]
    Anonymous,
    /// Holder of an access key.
    Key(Box<Key>),
    /// A user of a user pool, by a valid access token.
    User(PoolUser),
    /// Another simulated service, by the principal that trust policies name.
    Service(&'static str),
}

/// A user of a user pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoolUser {
    /// The pool.
    pub pool: String,
    /// Stored user name.
    pub username: String,
    /// The app client that the token was issued to.
    pub client: String,
    /// `origin_jti` of the token: the sign-in it came from.
    pub origin: String,
    /// Scopes of the token.
    pub scopes: Vec<String>,
}

/// An access key, long-term or temporary, and the principal that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub struct Key {
    /// `AKIA…` or `ASIA…`.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// Session token of temporary credentials.
    pub session_token: Option<String>,
    /// When temporary credentials expire.
    pub expires: Option<Timestamp>,
    /// When it was created or issued.
    pub issued: Timestamp,
    /// Account of the principal.
    pub account: String,
    /// ARN of the user or of the role session.
    pub arn: String,
    /// ARN of the user or role whose identity-based policies apply.
    pub principal: String,
    /// `AIDA…`, or `AROA…:session`.
    pub user_id: String,
    /// Session policies as JSON texts; absent if none was passed.
    pub session_policies: Option<Vec<String>>,
    /// Condition keys of the session: claims of its token, session tags.
    pub context: BTreeMap<String, Vec<String>>,
    /// Whether its status is `Inactive`.
    #[shape(optional)]
    pub inactive: bool,
}

impl Row for Key {
    const TABLE: &'static str = "access-key";
    fn key(&self) -> String {
        self.access_key_id.clone()
    }
}

impl Key {
    /// Whether it belongs to a role session.
    pub fn is_session(&self) -> bool {
        self.arn.contains(":assumed-role/")
    }

    /// Name of the user, or of the role session.
    pub fn name(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or_default()
    }
}

impl Caller {
    /// The key, if the request was signed.
    pub fn key(&self) -> Option<&Key> {
        match self {
            Caller::Key(key) => Some(key),
            _ => None,
        }
    }
}
