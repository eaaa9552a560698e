//! A challenge that waits for its answer: what a `Session` stands for.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::user::User;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;

/// A challenge.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Challenge {
    digest: String,
    pub(crate) pool: String,
    client: String,
    pub(crate) username: String,
    expires: Timestamp,
    used: bool,
}

impl Row for Challenge {
    const TABLE: &'static str = "cognito-idp.challenge";
    fn key(&self) -> String {
        self.digest.clone()
    }
}

fn digest(session: &str) -> String {
    cognitab_jose::base64url(&Sha256::digest(session))
}

/// Asks a user for a new password; returns the session.
pub(crate) fn ask(cx: &mut Cx<'_>, client: &UserPoolClientType, user: &User) -> String {
    let session = cognitab_jose::base64url(&cx.random.bytes(600));
    cx.world.put(&Challenge {
        digest: digest(&session),
        pool: user.pool.clone(),
        client: client.client_id.clone(),
        username: user.username.clone(),
        expires: Timestamp(cx.now + client.auth_session_validity * 60_000),
        used: false,
    });
    session
}

/// The challenge of a session, if it still waits.
pub(crate) fn open(
    cx: &Cx<'_>,
    client: &UserPoolClientType,
    session: &str,
) -> Result<Challenge, Error> {
    let found: Option<Challenge> = cx.world.get(&digest(session));
    let challenge = found.filter(|c| c.client == client.client_id).ok_or(Error::SessionInvalid)?;
    if challenge.used {
        return Err(Error::SessionUsed);
    }
    if challenge.expires.0 <= cx.now {
        return Err(Error::SessionExpired);
    }
    Ok(challenge)
}

/// Spends a challenge.
pub(crate) fn close(cx: &mut Cx<'_>, challenge: Challenge) {
    cx.world.put(&Challenge { used: true, ..challenge });
}
