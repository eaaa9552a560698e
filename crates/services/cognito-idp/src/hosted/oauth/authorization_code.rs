//! An authorization code between the login page and the token endpoint.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use cognitab_kernel::Row;

/// Its life in milliseconds.
pub(crate) const LIFE: i64 = 5 * 60_000;

/// An authorization code.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Code {
    pub(crate) code: String,
    pub(crate) pool: String,
    pub(crate) client: String,
    pub(crate) username: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    /// S256 challenge of the client's verifier.
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
    /// When the person proved who they are.
    pub(crate) auth_time: Timestamp,
    pub(crate) expires: Timestamp,
    pub(crate) used: bool,
}

impl Row for Code {
    const TABLE: &'static str = "cognito-idp.code";
    fn key(&self) -> String {
        self.code.clone()
    }
}
