//! Authentication of a user by their password, with the lockout after failed attempts and the
//! account states that prevent a sign-in.

use cognitab_kernel::{Cx, Stop};
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::shape::Timestamp;

use crate::auth::app::App;
use crate::auth::password::Password;
use crate::auth::triggers;
use crate::error::Error;
use crate::model::types::ClientMetadataType;
use crate::model::user::{self, Attempts, User, UserStatusType};

/// Failed attempts without a lockout.
const FREE_FAILURES: i64 = 5;
/// The longest lockout, and the time after which failed attempts no longer count, in milliseconds.
const LONGEST_LOCKOUT: i64 = 15 * 60_000;

/// Authenticates a user by a password. The metadata is passed to the PreAuthentication function.
pub(crate) fn by_password(
    cx: &mut Cx<'_>,
    app: App<'_>,
    username: &str,
    password: &str,
    metadata: Option<&ClientMetadataType>,
) -> Result<User, Stop> {
    triggers::pre_authentication(cx, app, username, metadata)?;
    by_proof(cx, app, username, |user, stored| stored.matches(user, password))
}

/// Authenticates a user by proof that the stored password is known. A user with a temporary password
/// is authenticated too, and must then choose a new one.
pub(crate) fn by_proof(
    cx: &mut Cx<'_>,
    app: App<'_>,
    username: &str,
    proves: impl Fn(&User, &Password) -> bool,
) -> Result<User, Stop> {
    let refused = |note: &str| Rung::refused(RungKind::Authentication, note);
    let Some(mut user) = user::find(&cx.world, app.pool, username) else {
        let rung = refused("the user does not exist in the user pool");
        return Err(cx.refuse_with(rung, hiding_existence(app, Error::UserNotFound)).into());
    };
    if cx.now - user.attempts.last.0 >= LONGEST_LOCKOUT {
        user.attempts = Attempts::default();
    }
    if cx.now < lockout_end(&user.attempts) {
        let note = "the user is locked out after too many failed attempts";
        return Err(cx.refuse_with(refused(note), Error::PasswordAttemptsExceeded).into());
    }
    if user.status == UserStatusType::Unconfirmed {
        let rung = Rung::refused(RungKind::State, "the user is not confirmed");
        return Err(cx.refuse_with(rung, Error::UserNotConfirmed).into());
    }
    if !user.password.as_ref().is_some_and(|stored| proves(&user, stored)) {
        user.attempts = Attempts { failed: user.attempts.failed + 1, last: Timestamp(cx.now) };
        user::put(&mut cx.world, &user);
        cx.persist_on_error();
        let rung = refused("the password is incorrect");
        return Err(cx.refuse_with(rung, Error::IncorrectCredentials).into());
    }
    let note = format!("the password of {} is correct", user.username);
    cx.rung(Rung::passed(RungKind::Authentication, note));
    ensure_can_sign_in(cx, app, &user)?;
    user.attempts = Attempts::default();
    user::put(&mut cx.world, &user);
    Ok(user)
}

/// The error, unless the app client hides which users exist.
fn hiding_existence(app: App<'_>, error: Error) -> Error {
    if app.client.prevents_user_existence_errors() { Error::IncorrectCredentials } else { error }
}

/// The end of a lockout: one second after five failed attempts, doubled by each further one.
fn lockout_end(attempts: &Attempts) -> i64 {
    let over = attempts.failed - FREE_FAILURES;
    if over < 0 {
        return 0;
    }
    let lockout = 1000_i64.saturating_mul(1 << over.min(20)).min(LONGEST_LOCKOUT);
    attempts.last.0.saturating_add(lockout)
}

/// Refuses users who are disabled, must reset their password, or were invited too long ago.
fn ensure_can_sign_in(cx: &mut Cx<'_>, app: App<'_>, user: &User) -> Result<(), Stop> {
    let refused = |note: &str| Rung::refused(RungKind::State, note);
    if !user.enabled {
        let error = hiding_existence(app, Error::UserDisabled);
        return Err(cx.refuse_with(refused("the user is disabled"), error).into());
    }
    if user.status == UserStatusType::ResetRequired {
        let rung = refused("the password must be reset");
        return Err(cx.refuse_with(rung, Error::PasswordResetRequired).into());
    }
    let temporary = user.status == UserStatusType::ForceChangePassword;
    if let Some(end) = user.temporary_until.filter(|end| temporary && end.0 <= cx.now) {
        let (end, now) = (cognitab_wire::time::iso(end.0), cognitab_wire::time::iso(cx.now));
        let rung = refused("the temporary password has expired")
            .comparing(vec![Compare::one("expires", &end, &now)]);
        return Err(cx.refuse_with(rung, Error::TemporaryPasswordExpired).into());
    }
    Ok(())
}
