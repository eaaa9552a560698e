//! A sign-in: its refresh token, and through `origin_jti` every token that was issued with it.

use cognitab_kernel::{Cx, Random, Row, World};
use cognitab_macros::Shape;
use cognitab_trace::event::ArtifactKind;
use cognitab_wire::shape::Timestamp;
use sha2::{Digest, Sha256};

use crate::auth::tokens;
use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::types::{ClientIdType, UserPoolIdType, UsernameType};
use crate::model::user::User;

/// A sign-in as it is stored.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct SignIn {
    /// `origin_jti` of all its tokens.
    pub(crate) origin: String,
    pub(crate) pool: UserPoolIdType,
    pub(crate) client: ClientIdType,
    pub(crate) username: UsernameType,
    pub(crate) sub: String,
    /// The user's number of global sign-outs when it began.
    pub(crate) generation: i64,
    pub(crate) scopes: Vec<String>,
    /// Whether it went through the hosted pages or the OAuth endpoints.
    pub(crate) oauth: bool,
    /// When the user authenticated.
    pub(crate) auth_time: Timestamp,
    /// When the refresh token expires.
    pub(crate) expires: Timestamp,
    pub(crate) revoked: bool,
}

impl Row for SignIn {
    const TABLE: &'static str = "cognito-idp.sign-in";
    fn key(&self) -> String {
        self.origin.clone()
    }
}

impl SignIn {
    /// Whether it has neither been revoked nor ended by a global sign-out.
    pub(crate) fn is_valid(&self, user: &User) -> bool {
        !self.revoked && self.generation == user.generation && self.sub == user.sub
    }
}

/// A new refresh token: five random segments in the form of a JWE.
pub(crate) fn refresh_token(random: &mut Random) -> String {
    let header = cognitab_jose::base64url(br#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
    let parts = [256, 12, 960, 16].map(|n| cognitab_jose::base64url(&random.bytes(n)));
    format!("{header}.{}", parts.join("."))
}

/// The `origin_jti` of a refresh token's sign-in. It is derived from the token's digest, so that the
/// world finds the sign-in without keeping the token.
pub(crate) fn origin_jti(refresh_token: &str) -> String {
    let sum = Sha256::digest(refresh_token);
    let hex: String = sum.iter().take(16).map(|b| format!("{b:02x}")).collect();
    let mut rest = hex.as_str();
    let groups = [8, 4, 4, 4, 12].map(|n| {
        let (group, tail) = rest.split_at_checked(n).unwrap_or((rest, ""));
        rest = tail;
        group
    });
    groups.join("-")
}

/// The sign-in of a refresh token.
pub(crate) fn by_refresh_token(world: &World, token: &str) -> Option<SignIn> {
    (token.split('.').count() == 5).then(|| world.get(&origin_jti(token)))?
}

/// Revokes the sign-in of a refresh token. It is no error if the token is unknown or already revoked.
pub(crate) fn revoke(
    cx: &mut Cx<'_>,
    client: &UserPoolClientType,
    token: &str,
) -> Result<(), Error> {
    if cognitab_jose::Token::parse(token).is_ok() {
        return Err(Error::UnsupportedTokenType);
    }
    if !client.enable_token_revocation {
        return Err(Error::RevocationNotEnabled);
    }
    let Some(sign_in) = by_refresh_token(&cx.world, token) else { return Ok(()) };
    let end = sign_in.expires.0;
    tokens::add_carried(cx, ArtifactKind::RefreshToken, token, &sign_in.username, end);
    if sign_in.client != client.client_id {
        return Err(Error::ClientNotAuthorized);
    }
    cx.world.put(&SignIn { revoked: true, ..sign_in });
    Ok(())
}
