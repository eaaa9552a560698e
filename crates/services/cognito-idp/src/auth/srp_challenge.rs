//! The challenge PASSWORD_VERIFIER: a user proves with SRP that they know their password.

use cognitab_kernel::{Cx, Row, Stop};
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use cognitab_wire::sigv4::constant_time_eq;
use sha2::{Digest, Sha256};

use crate::auth::app::App;
use crate::auth::authenticate;
use crate::auth::parameters::{required, secret_hash};
use crate::auth::response::{AuthResponse, ChallengeNameType};
use crate::auth::srp::{self, Server};
use crate::auth::triggers;
use crate::error::Error;
use crate::model::pool::Pool;
use crate::model::types::{ClientIdType, ClientMetadataType, UserPoolIdType, UsernameType};
use crate::model::user::{self, User};

/// An SRP session between its two requests. AWS encrypts this into the secret block that it returns;
/// here the block is random and the world keeps the session by its digest.
#[derive(Clone, Debug, PartialEq, Shape)]
struct SrpSession {
    digest: String,
    pool: UserPoolIdType,
    client: ClientIdType,
    username: UsernameType,
    /// `SRP_A` in hexadecimal.
    public: String,
    /// The server's private value in hexadecimal.
    private: String,
    expires: Timestamp,
}

impl Row for SrpSession {
    const TABLE: &'static str = "cognito-idp.srp-session";
    fn key(&self) -> String {
        self.digest.clone()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn digest(block: &str) -> String {
    cognitab_jose::base64url(&Sha256::digest(block))
}

/// Challenges a client to prove that it knows a user's password. The metadata is passed to the
/// PreAuthentication function.
pub(crate) fn challenge(
    cx: &mut Cx<'_>,
    app: App<'_>,
    username: &str,
    public: &str,
    metadata: Option<&ClientMetadataType>,
) -> Result<AuthResponse, Stop> {
    if srp::is_invalid(public) {
        return Err(Error::IncorrectCredentials.into());
    }
    let user = user::find(&cx.world, app.pool, username);
    if user.is_none() && !app.client.prevents_user_existence_errors() {
        return Err(Error::UserNotFound.into());
    }
    triggers::pre_authentication(cx, app, username, metadata)?;
    let (username, salt, key) = verifier(app.pool, username, user);
    let private = hex(&cx.random.bytes(128));
    let block = STANDARD.encode(cx.random.bytes(900));
    let server = Server::new(&key, &private).ok_or(Error::IncorrectCredentials)?;
    cx.world.put(&SrpSession {
        digest: digest(&block),
        pool: app.pool.id.clone(),
        client: app.client.client_id.clone(),
        username: username.clone(),
        public: public.to_owned(),
        private,
        expires: Timestamp(cx.now + *app.client.auth_session_validity * 60_000),
    });
    let parameters = [
        ("SALT", salt),
        ("SECRET_BLOCK", block),
        ("SRP_B", server.public()),
        ("USERNAME", username.to_string()),
        ("USER_ID_FOR_SRP", username.into_inner()),
    ];
    Ok(AuthResponse {
        challenge_name: Some(ChallengeNameType::PasswordVerifier),
        session: None,
        challenge_parameters: parameters.map(|(n, v)| (n.to_owned(), v)).into(),
        authentication_result: None,
    })
}

/// User name, salt and private key of a user. Those of a user who does not exist are derived from the name,
/// so that they stay the same from one request to the next.
fn verifier(pool: &Pool, name: &str, user: Option<User>) -> (UsernameType, String, String) {
    let derived = |what: &str| hex(&Sha256::digest(format!("{what} {} {name}", pool.id)));
    let first = |text: String| text.get(..32).map(str::to_owned).unwrap_or_default();
    let username =
        user.as_ref().map_or_else(|| uuid(&derived("id")).into(), |u| u.username.clone());
    match user.and_then(|user| user.password) {
        Some(password) => (username, password.salt().to_owned(), password.private_key().to_owned()),
        None => (username, first(derived("salt")), derived("secret")),
    }
}

/// The first 32 digits as a UUID.
fn uuid(hex: &str) -> String {
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// Takes the response to the challenge: the proof. The metadata is passed to the PostAuthentication
/// function.
pub(crate) fn respond(
    cx: &mut Cx<'_>,
    app: App<'_>,
    responses: &BTreeMap<String, String>,
    metadata: Option<&ClientMetadataType>,
) -> Result<AuthResponse, Stop> {
    let name = required(responses, "USERNAME")?;
    let block = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let signature = required(responses, "PASSWORD_CLAIM_SIGNATURE")?;
    let timestamp = required(responses, "TIMESTAMP")?;
    app.client.check_secret_hash(cx, name, secret_hash(responses))?;
    if responses.contains_key("DEVICE_KEY") {
        return Err(Error::DeviceNotFound.into());
    }
    let session: Option<SrpSession> = cx.world.get(&digest(block));
    let is_valid = |session: &SrpSession| {
        session.client == app.client.client_id
            && session.expires.0 > cx.now
            && app.pool.is_same_name(&session.username, name)
    };
    let session = session.filter(is_valid).ok_or(Error::IncorrectCredentials)?;
    cx.world.remove::<SrpSession>(&session.digest);
    let user = authenticate::by_proof(cx, app, &session.username, |user, password| {
        let server = Server::new(password.private_key(), &session.private);
        let expected = server.and_then(|server| {
            server.signature(&session.public, &app.pool.id, &user.username, block, timestamp)
        });
        expected.is_some_and(|expected| constant_time_eq(&expected, signature))
    })?;
    AuthResponse::authenticated(cx, app, &user, metadata)
}
