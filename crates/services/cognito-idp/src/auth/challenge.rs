//! What a `Session` stands for: a challenge that was issued to a user.

use cognitab_kernel::{Cx, Row};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::types::{ClientIdType, UserPoolIdType};
use crate::model::user::User;

/// A session as it is stored. The world keeps only its digest.
#[derive(Clone, Debug, PartialEq, Shape)]
struct Session {
    digest: String,
    pool: UserPoolIdType,
    client: ClientIdType,
    /// `sub` of the user: another user may get the name of a deleted one.
    sub: String,
    expires: Timestamp,
    state: SessionState,
}

/// What has become of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
enum SessionState {
    /// Its challenge awaits a response.
    Pending,
    /// Its challenge was answered. A session can be used only once.
    Answered,
}

impl Row for Session {
    const TABLE: &'static str = "cognito-idp.challenge";
    fn key(&self) -> String {
        self.digest.clone()
    }
}

fn digest(session: &str) -> String {
    cognitab_jose::base64url(&Sha256::digest(session))
}

/// A challenge that awaits a response.
#[derive(Debug)]
pub(crate) struct Challenge(Session);

impl Challenge {
    /// Issues a challenge to a user and returns its session.
    pub(crate) fn begin(cx: &mut Cx<'_>, client: &UserPoolClientType, user: &User) -> String {
        let session = cognitab_jose::base64url(&cx.random.bytes(600));
        cx.world.put(&Session {
            digest: digest(&session),
            pool: user.pool.clone(),
            client: client.client_id.clone(),
            sub: user.sub.clone(),
            expires: Timestamp(cx.now + *client.auth_session_validity * 60_000),
            state: SessionState::Pending,
        });
        session
    }

    /// The challenge of a session, if it was issued through this app client.
    pub(crate) fn of_session(
        cx: &Cx<'_>,
        client: &UserPoolClientType,
        session: &str,
    ) -> Result<Challenge, Error> {
        let session: Option<Session> = cx.world.get(&digest(session));
        let session = session.filter(|session| session.client == client.client_id);
        let session = session.ok_or(Error::SessionInvalid)?;
        match session.state {
            SessionState::Answered => Err(Error::SessionUsed),
            SessionState::Pending if session.expires.0 <= cx.now => Err(Error::SessionExpired),
            SessionState::Pending => Ok(Challenge(session)),
        }
    }

    /// Whether it was issued to this user.
    pub(crate) fn is_for(&self, user: &User) -> bool {
        self.0.pool == user.pool && self.0.sub == user.sub
    }

    /// Marks its session as used.
    pub(crate) fn complete(self, cx: &mut Cx<'_>) {
        cx.world.put(&Session { state: SessionState::Answered, ..self.0 });
    }
}
