//! Who is signed in at a domain: the `cognito` cookie, and the token that forms bring back.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use sha2::{Digest, Sha256};

use crate::hosted::request::Ask;
use crate::model::pool::Pool;
use crate::model::user::{self, User};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;

/// An hour from the interactive sign-in, whatever happens in between.
const LIFE: i64 = 3_600_000;
const COOKIE: &str = "cognito";
const CSRF: &str = "XSRF-TOKEN";

/// A browser's sign-in at a domain. The world knows only the digest of its cookie.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Session {
    digest: String,
    pool: String,
    username: String,
    sub: String,
    /// When the person proved who they are.
    pub(crate) started: Timestamp,
    expires: Timestamp,
    /// Whether they have: a sign-up waits for its confirmation.
    proven: bool,
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

/// Begins a session; returns its cookie.
pub(crate) fn begin(cx: &mut Cx<'_>, pool: &Pool, user: &User, proven: bool) -> String {
    let value = cognitab_jose::base64url(&cx.random.bytes(48));
    cx.world.put(&Session {
        digest: digest(&value),
        pool: pool.id.to_string(),
        username: user.username.to_string(),
        sub: user.sub.clone(),
        started: Timestamp(cx.now),
        expires: Timestamp(cx.now + LIFE),
        proven,
    });
    format!("{COOKIE}={value}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax")
}

fn found(cx: &Cx<'_>, ask: &Ask<'_>) -> Option<(Session, User)> {
    let session: Session = cx.world.get(&digest(ask.cookie(COOKIE)?))?;
    let user = user::by_sub(&cx.world, &session.pool, &session.sub)?;
    let good = ask.pool.id == *session.pool && session.expires.0 > cx.now && user.enabled;
    good.then_some((session, user))
}

/// The live session of a request.
pub(crate) fn live(cx: &Cx<'_>, ask: &Ask<'_>) -> Option<(Session, User)> {
    found(cx, ask).filter(|(session, _)| session.proven)
}

/// Whether this browser made the sign-up of this user a while ago.
pub(crate) fn signed_up(cx: &Cx<'_>, ask: &Ask<'_>, user: &User) -> bool {
    found(cx, ask).is_some_and(|(session, held)| !session.proven && held.sub == user.sub)
}

/// Ends the session of a request; returns the cookie that takes the old one's place.
pub(crate) fn end(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Option<String> {
    let cookie = ask.cookie(COOKIE)?;
    cx.world.remove::<Session>(&digest(cookie));
    Some(format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"))
}

/// The token that forms of this browser must bring back, and its cookie if it is new.
pub(crate) fn csrf(cx: &mut Cx<'_>, ask: &Ask<'_>) -> (String, Option<String>) {
    let plain = |v: &&str| v.len() == 36 && v.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if let Some(held) = ask.cookie(CSRF).filter(plain) {
        return (held.to_owned(), None);
    }
    let token = cx.random.uuid();
    let cookie = format!("{CSRF}={token}; Path=/; HttpOnly; SameSite=Lax");
    (token, Some(cookie))
}

/// Whether a form came from a page that this browser was given.
pub(crate) fn genuine(ask: &Ask<'_>) -> bool {
    match (ask.cookie(CSRF), ask.field("_csrf")) {
        (Some(held), Some(sent)) => cognitab_wire::sigv4::constant_time_eq(held, sent),
        _ => false,
    }
}
