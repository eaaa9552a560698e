//! The challenge PASSWORD_VERIFIER: its question, and the check of its answer.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use sha2::{Digest, Sha256};

use crate::auth::authenticate;
use crate::auth::response::{AuthResponse, ChallengeNameType};
use crate::auth::srp::{self, Server};
use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;
use crate::model::user::{self, User};
use crate::operations::authentication::initiate_auth::needed;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;

/// An exchange that has begun. AWS hides this in the encrypted block that it hands out.
#[derive(Clone, Debug, PartialEq, Shape)]
struct Exchange {
    digest: String,
    pool: String,
    client: String,
    username: String,
    /// The client's public number.
    public: String,
    /// The server's private number.
    private: String,
    expires: Timestamp,
}

impl Row for Exchange {
    const TABLE: &'static str = "cognito-idp.exchange";
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

/// Asks a client to prove that it knows a user's password.
pub(crate) fn ask(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    public: &str,
) -> Result<AuthResponse, Stop> {
    if srp::is_void(public) {
        return Err(Error::BadCredentials.into());
    }
    let found = user::find(&cx.world, pool, name);
    if found.is_none() && !client.discreet() {
        return Err(Error::NoUser.into());
    }
    let (username, salt, secret) = stored(pool, name, found);
    let private = hex(&cx.random.bytes(128));
    let block = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(cx.random.bytes(900))
    };
    let server = Server::new(&secret, &private).ok_or(Error::BadCredentials)?;
    cx.world.put(&Exchange {
        digest: digest(&block),
        pool: pool.id.clone(),
        client: client.client_id.clone(),
        username: username.clone(),
        public: public.to_owned(),
        private,
        expires: Timestamp(cx.now + client.auth_session_validity * 60_000),
    });
    let parameters = [
        ("SALT", salt),
        ("SECRET_BLOCK", block),
        ("SRP_B", server.public()),
        ("USERNAME", username.clone()),
        ("USER_ID_FOR_SRP", username),
    ];
    Ok(AuthResponse {
        challenge_name: Some(ChallengeNameType::PasswordVerifier),
        session: None,
        challenge_parameters: parameters.map(|(n, v)| (n.to_owned(), v)).into(),
        authentication_result: None,
    })
}

/// Name, salt and secret of a user; of one that does not exist, always the same inventions.
fn stored(pool: &Pool, name: &str, found: Option<User>) -> (String, String, String) {
    let invented = |what: &str| hex(&Sha256::digest(format!("{what} {} {name}", pool.id)));
    let first = |text: String| text.get(..32).map(str::to_owned).unwrap_or_default();
    let username =
        found.as_ref().map_or_else(|| invented_id(&invented("id")), |u| u.username.clone());
    match found.and_then(|user| user.password) {
        Some(password) => (username, password.salt().to_owned(), password.secret().to_owned()),
        None => (username, first(invented("salt")), invented("secret")),
    }
}

fn invented_id(hex: &str) -> String {
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// Checks the proof.
pub(crate) fn answer(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    given: &BTreeMap<String, String>,
) -> Result<AuthResponse, Stop> {
    let name = needed(given, "USERNAME")?;
    let block = needed(given, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let signature = needed(given, "PASSWORD_CLAIM_SIGNATURE")?;
    let timestamp = needed(given, "TIMESTAMP")?;
    client.check_hash(cx, name, given.get("SECRET_HASH").map(String::as_str))?;
    if given.contains_key("DEVICE_KEY") {
        return Err(Error::NoDevice.into());
    }
    let found: Option<Exchange> = cx.world.get(&digest(block));
    let fits = |e: &Exchange| {
        e.client == client.client_id && e.expires.0 > cx.now && pool.same(&e.username, name)
    };
    let exchange = found.filter(fits).ok_or(Error::BadCredentials)?;
    cx.world.remove::<Exchange>(&exchange.digest);
    let user = authenticate::prove(cx, pool, client, &exchange.username, |user, password| {
        let server = Server::new(password.secret(), &exchange.private);
        let username = &user.username;
        let right = server.and_then(|server| {
            server.claim(&exchange.public, &pool.id, username, block, timestamp)
        });
        right.is_some_and(|right| cognitab_wire::sigv4::constant_time_eq(&right, signature))
    })?;
    Ok(AuthResponse::proven(cx, pool, client, &user))
}
