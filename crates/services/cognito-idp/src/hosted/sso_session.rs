//! SSO sessions at a domain: the `cognito` cookie.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use sha2::{Digest, Sha256};

use crate::hosted::request::PageRequest;
use crate::model::pool::Pool;
use crate::model::user::{self, User};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;

/// Lifetime in milliseconds: one hour from the sign-in. Activity does not extend it.
const LIFETIME: i64 = 3_600_000;
const COOKIE: &str = "cognito";

/// A browser's session at a domain. It is stored under the digest of its cookie.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Session {
    digest: String,
    pool: String,
    username: String,
    sub: String,
    /// When the user signed in, or signed up.
    pub(crate) started: Timestamp,
    expires: Timestamp,
    state: SessionState,
}

/// How a session began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum SessionState {
    /// The user signed up and has yet to confirm the sign-up. The session authenticates nobody.
    SignedUp,
    /// The user signed in.
    SignedIn,
}

impl Row for Session {
    const TABLE: &'static str = "hosted.session";
    fn key(&self) -> String {
        self.digest.clone()
    }
}

fn digest(cookie: &str) -> String {
    cognitab_jose::base64url(&Sha256::digest(cookie))
}

/// Creates a session; returns the `Set-Cookie` for it.
pub(crate) fn create(cx: &mut Cx<'_>, pool: &Pool, user: &User, state: SessionState) -> String {
    let value = cognitab_jose::base64url(&cx.random.bytes(48));
    cx.world.put(&Session {
        digest: digest(&value),
        pool: pool.id.to_string(),
        username: user.username.to_string(),
        sub: user.sub.clone(),
        started: Timestamp(cx.now),
        expires: Timestamp(cx.now + LIFETIME),
        state,
    });
    format!("{COOKIE}={value}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax")
}

fn lookup(cx: &Cx<'_>, request: &PageRequest<'_>) -> Option<(Session, User)> {
    let session: Session = cx.world.get(&digest(request.cookie(COOKIE)?))?;
    let user = user::by_sub(&cx.world, &session.pool, &session.sub)?;
    let valid = request.pool.id == *session.pool && session.expires.0 > cx.now && user.enabled;
    valid.then_some((session, user))
}

/// The session of a signed-in user.
pub(crate) fn signed_in(cx: &Cx<'_>, request: &PageRequest<'_>) -> Option<(Session, User)> {
    lookup(cx, request).filter(|(session, _)| session.state == SessionState::SignedIn)
}

/// Whether this user signed up in this browser.
pub(crate) fn signed_up(cx: &Cx<'_>, request: &PageRequest<'_>, user: &User) -> bool {
    lookup(cx, request).is_some_and(|(session, owner)| {
        session.state == SessionState::SignedUp && owner.sub == user.sub
    })
}

/// Deletes the session of a request; returns the `Set-Cookie` that deletes its cookie.
pub(crate) fn delete(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Option<String> {
    let cookie = request.cookie(COOKIE)?;
    cx.world.remove::<Session>(&digest(cookie));
    Some(format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"))
}
