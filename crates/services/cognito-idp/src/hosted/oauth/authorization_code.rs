//! Authorization codes.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use cognitab_kernel::Row;

/// Lifetime in milliseconds.
pub(crate) const LIFETIME: i64 = 5 * 60_000;

/// An authorization code.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Code {
    pub(crate) code: String,
    pub(crate) pool: String,
    pub(crate) client: String,
    pub(crate) username: String,
    /// `sub` of the user: another user may get the name of a deleted one.
    pub(crate) sub: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    /// `code_challenge` of PKCE, by the method S256.
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
    /// When the user signed in.
    pub(crate) auth_time: Timestamp,
    pub(crate) expires: Timestamp,
    pub(crate) state: CodeState,
}

/// Whether tokens were issued for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum CodeState {
    /// No tokens were issued yet.
    Issued,
    /// Tokens were issued. A code can be exchanged only once.
    Exchanged,
}

impl Row for Code {
    const TABLE: &'static str = "cognito-idp.code";
    fn key(&self) -> String {
        self.code.clone()
    }
}
