//! Proving who a user is: passwords, lockout, the state of the account, the first password.

use std::collections::BTreeMap;

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::shape::Timestamp;

use crate::auth::challenge::{self, Challenge};
use crate::auth::password::Password;
use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;
use crate::model::schema::{self, AttributeType};
use crate::model::user::{self, Attempts, User, UserStatusType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Failures before a pause, and the longest pause in milliseconds.
const FREE_FAILURES: i64 = 5;
const LONGEST_PAUSE: i64 = 15 * 60_000;

fn refuse(cx: &mut Cx<'_>, kind: RungKind, note: &str, error: Error) -> Stop {
    cx.rung(Rung::refused(kind, note));
    error.into()
}

/// Proves a user by password.
pub(crate) fn password(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    given: &str,
) -> Result<User, Stop> {
    prove(cx, pool, client, name, |user, password| password.is(user, given))
}

/// Proves a user by whatever shows that the stored password is known. The account must be fit to
/// sign in, or wait for a new password.
pub(crate) fn prove(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    known: impl Fn(&User, &Password) -> bool,
) -> Result<User, Stop> {
    let who = RungKind::Authentication;
    let Some(mut user) = user::find(&cx.world, pool, name) else {
        let error = if client.discreet() { Error::BadCredentials } else { Error::NoUser };
        return Err(refuse(cx, who, "the pool has no such user", error));
    };
    if cx.now - user.attempts.last.0 >= LONGEST_PAUSE {
        user.attempts = Attempts::default();
    }
    if cx.now < pause_end(&user.attempts) {
        return Err(refuse(cx, who, "too many wrong passwords, a pause is on", Error::Locked));
    }
    if user.status == UserStatusType::Unconfirmed {
        let note = "the user has not confirmed the sign-up";
        return Err(refuse(cx, RungKind::State, note, Error::NotConfirmed));
    }
    if !user.password.as_ref().is_some_and(|p| known(&user, p)) {
        user.attempts = Attempts { failed: user.attempts.failed + 1, last: Timestamp(cx.now) };
        user::put(&mut cx.world, &user);
        cx.persist_on_error();
        return Err(refuse(cx, who, "the password is wrong", Error::BadCredentials));
    }
    cx.rung(Rung::passed(who, format!("the password of {} is right", user.username)));
    fit(cx, client, &user)?;
    user.attempts = Attempts::default();
    user::put(&mut cx.world, &user);
    Ok(user)
}

/// After five failures a pause of one second, doubled by each further one.
fn pause_end(attempts: &Attempts) -> i64 {
    let over = attempts.failed - FREE_FAILURES;
    if over < 0 {
        return 0;
    }
    let pause = 1000_i64.saturating_mul(1 << over.min(20)).min(LONGEST_PAUSE);
    attempts.last.0.saturating_add(pause)
}

/// Whether an account may sign in now.
fn fit(cx: &mut Cx<'_>, client: &UserPoolClientType, user: &User) -> Result<(), Stop> {
    let state = RungKind::State;
    if !user.enabled {
        let error = if client.discreet() { Error::BadCredentials } else { Error::Disabled };
        return Err(refuse(cx, state, "the user is disabled", error));
    }
    if user.status == UserStatusType::ResetRequired {
        return Err(refuse(cx, state, "the password must be reset", Error::ResetRequired));
    }
    let temporary = user.status == UserStatusType::ForceChangePassword;
    if let Some(end) = user.temporary_until.filter(|end| temporary && end.0 <= cx.now) {
        let (end, now) = (cognitab_wire::time::iso(end.0), cognitab_wire::time::iso(cx.now));
        cx.rung(
            Rung::refused(state, "the temporary password is too old")
                .comparing(vec![Compare::one("valid until", &end, &now)]),
        );
        return Err(Error::TemporaryExpired.into());
    }
    Ok(())
}

/// Answers the challenge for a new password. What the answer lacks leaves the challenge open.
pub(crate) fn new_password(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    session: &str,
    answers: &BTreeMap<String, String>,
) -> Result<User, Stop> {
    let challenge: Challenge = challenge::open(cx, client, session).map_err(|error| {
        refuse(cx, RungKind::Authentication, "no challenge waits for this session", error)
    })?;
    let user = user::find(&cx.world, pool, name).filter(|u| u.username == challenge.username);
    let Some(mut user) = user.filter(|_| challenge.pool == pool.id) else {
        let note = "the session was made for another user";
        return Err(refuse(cx, RungKind::Authentication, note, Error::SessionInvalid));
    };
    let password = answers.get("NEW_PASSWORD").ok_or(Error::Missing("NEW_PASSWORD"))?;
    if let Some(reason) = pool.password_policy.lacks(password) {
        let error = Error::Weak { reason, admin: false };
        return Err(refuse(cx, RungKind::State, "the policy wants a stronger password", error));
    }
    supply(pool, client, &mut user, answers)?;
    user.password = Some(Password::of(&mut cx.random, &user, password));
    user.temporary_until = None;
    user.status = UserStatusType::Confirmed;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    challenge::close(cx, challenge);
    cx.rung(Rung::passed(RungKind::Authentication, "the challenge is answered"));
    Ok(user)
}

/// Attributes that come with the first password: only those that the user lacks.
fn supply(
    pool: &Pool,
    client: &UserPoolClientType,
    user: &mut User,
    answers: &BTreeMap<String, String>,
) -> Result<(), Error> {
    let given: Vec<AttributeType> = answers
        .iter()
        .filter_map(|(name, value)| {
            let name = name.strip_prefix("userAttributes.")?.to_owned();
            Some(AttributeType { name, value: Some(value.clone()) })
        })
        .collect();
    let given = schema::check(pool, &given)?;
    schema::writable(pool, client, &given)?;
    for (name, value) in given {
        if user.attribute(&name).is_some_and(|old| !old.is_empty()) {
            return Err(Error::AlreadyProvided(name));
        }
        user.attributes.insert(name, value);
    }
    match schema::missing(pool, &user.attributes).first() {
        Some(name) => Err(Error::parameter(format!("Invalid attributes given, {name} is missing"))),
        None => Ok(()),
    }
}
