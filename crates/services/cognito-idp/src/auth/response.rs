//! The response to a step of authentication: tokens, or a challenge.

use cognitab_kernel::{Cx, Stop};
use std::collections::BTreeMap;

use cognitab_macros::Shape;

use crate::auth::app::App;
use crate::auth::new_password;
use crate::auth::tokens::{self, NewSignIn, Tokens};
use crate::auth::triggers;
use crate::model::types::{ClientMetadataType, SessionType, TokenModelType};
use crate::model::user::{User, UserStatusType};

/// A challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum ChallengeNameType {
    SmsMfa,
    EmailOtp,
    SmsOtp,
    SoftwareTokenMfa,
    SelectMfaType,
    MfaSetup,
    PasswordVerifier,
    CustomChallenge,
    SelectChallenge,
    DeviceSrpAuth,
    DevicePasswordVerifier,
    AdminNoSrpAuth,
    NewPasswordRequired,
    WebAuthn,
    Password,
    PasswordSrp,
}

/// The tokens of a sign-in.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AuthenticationResultType {
    access_token: TokenModelType,
    expires_in: i64,
    token_type: String,
    refresh_token: Option<TokenModelType>,
    id_token: Option<TokenModelType>,
}

impl From<Tokens> for AuthenticationResultType {
    fn from(tokens: Tokens) -> AuthenticationResultType {
        AuthenticationResultType {
            access_token: tokens.access.into(),
            expires_in: tokens.expires_in,
            token_type: "Bearer".to_owned(),
            refresh_token: tokens.refresh.map(Into::into),
            id_token: tokens.id.map(Into::into),
        }
    }
}

/// Output of InitiateAuth and RespondToAuthChallenge.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AuthResponse {
    /// The challenge.
    pub(crate) challenge_name: Option<ChallengeNameType>,
    /// Identifies the challenge in the request that responds to it.
    pub(crate) session: Option<SessionType>,
    /// What a response to the challenge needs.
    pub(crate) challenge_parameters: BTreeMap<String, String>,
    /// The tokens.
    pub(crate) authentication_result: Option<AuthenticationResultType>,
}

impl AuthResponse {
    /// The end of an authentication.
    pub(crate) fn tokens(tokens: Tokens) -> AuthResponse {
        AuthResponse {
            challenge_name: None,
            session: None,
            challenge_parameters: BTreeMap::new(),
            authentication_result: Some(tokens.into()),
        }
    }

    /// After a user has authenticated: tokens, or the challenge to choose a new password. The metadata
    /// is passed to the PostAuthentication function.
    pub(crate) fn authenticated(
        cx: &mut Cx<'_>,
        app: App<'_>,
        user: &User,
        metadata: Option<&ClientMetadataType>,
    ) -> Result<AuthResponse, Stop> {
        if user.status == UserStatusType::ForceChangePassword {
            return Ok(new_password::challenge(cx, app, user));
        }
        triggers::post_authentication(cx, app, user, metadata)?;
        let new = NewSignIn::api(cx.now);
        Ok(AuthResponse::tokens(tokens::sign_in(cx, app, user, new)))
    }
}
