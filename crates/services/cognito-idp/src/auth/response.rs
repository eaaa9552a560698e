//! What a step of signing in ends in: tokens, or a challenge.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use serde_json::json;

use crate::auth::challenge;
use crate::auth::tokens::{self, Begin, Tokens};
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;
use crate::model::schema;
use crate::model::user::{User, UserStatusType};
use cognitab_kernel::Cx;

/// Challenges that AWS knows.
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

/// Tokens of a sign-in.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AuthenticationResultType {
    access_token: String,
    expires_in: i64,
    token_type: String,
    refresh_token: Option<String>,
    id_token: Option<String>,
}

impl From<Tokens> for AuthenticationResultType {
    fn from(tokens: Tokens) -> AuthenticationResultType {
        AuthenticationResultType {
            access_token: tokens.access,
            expires_in: tokens.expires_in,
            token_type: "Bearer".to_owned(),
            refresh_token: tokens.refresh,
            id_token: tokens.id,
        }
    }
}

/// Output of InitiateAuth and RespondToAuthChallenge.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AuthResponse {
    /// What is asked next.
    pub(crate) challenge_name: Option<ChallengeNameType>,
    /// What the next answer must bring back.
    pub(crate) session: Option<String>,
    /// What the answer needs to know.
    pub(crate) challenge_parameters: BTreeMap<String, String>,
    /// The tokens.
    pub(crate) authentication_result: Option<AuthenticationResultType>,
}

impl AuthResponse {
    /// Nothing is asked any more.
    pub(crate) fn tokens(tokens: Tokens) -> AuthResponse {
        AuthResponse {
            challenge_name: None,
            session: None,
            challenge_parameters: BTreeMap::new(),
            authentication_result: Some(tokens.into()),
        }
    }

    /// After the right password: tokens, or the demand for a new one.
    pub(crate) fn proven(
        cx: &mut Cx<'_>,
        pool: &Pool,
        client: &UserPoolClientType,
        user: &User,
    ) -> AuthResponse {
        if user.status == UserStatusType::ForceChangePassword {
            return AuthResponse::new_password(cx, pool, client, user);
        }
        let begin = Begin::api(cx.now);
        AuthResponse::tokens(tokens::begin(cx, pool, client, user, begin))
    }

    /// The demand for a new password.
    pub(crate) fn new_password(
        cx: &mut Cx<'_>,
        pool: &Pool,
        client: &UserPoolClientType,
        user: &User,
    ) -> AuthResponse {
        let missing = schema::missing(pool, &user.attributes);
        let missing: Vec<_> = missing.iter().map(|n| format!("userAttributes.{n}")).collect();
        let known = user.attributes.iter().filter(|(name, _)| *name != "sub");
        let known: serde_json::Map<_, _> = known.map(|(n, v)| (n.clone(), json!(v))).collect();
        let parameters = [
            ("USER_ID_FOR_SRP", user.username.clone()),
            ("requiredAttributes", json!(missing).to_string()),
            ("userAttributes", json!(known).to_string()),
        ];
        AuthResponse {
            challenge_name: Some(ChallengeNameType::NewPasswordRequired),
            session: Some(challenge::ask(cx, client, user)),
            challenge_parameters: parameters.map(|(n, v)| (n.to_owned(), v)).into(),
            authentication_result: None,
        }
    }
}
