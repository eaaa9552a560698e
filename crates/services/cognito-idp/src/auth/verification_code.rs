//! The check of a verification code that a user brings back.

use cognitab_kernel::{Cx, Stop};
use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::pool::Contact;
use crate::model::user::{self, Attempts, User};

/// Wrong codes before a user is locked out for an hour.
const MOST_ATTEMPTS: i64 = 15;
/// The lockout in milliseconds.
const LOCKOUT: i64 = 3_600_000;

/// Returns the contact that the code verifies. A wrong code is counted; a correct one is used up
/// once the caller has written the user.
pub(crate) fn check(cx: &mut Cx<'_>, user: &mut User, code: &str) -> Result<Contact, Stop> {
    let refused = |note: &str| Rung::refused(RungKind::State, note);
    if cx.now - user.code_attempts.last.0 >= LOCKOUT {
        user.code_attempts = Attempts::default();
    }
    if user.code_attempts.failed >= MOST_ATTEMPTS {
        let rung = refused("too many incorrect verification codes");
        return Err(cx.refuse_with(rung, Error::AttemptLimitExceeded).into());
    }
    let Some(sent) = user.verification_code.clone().filter(|sent| sent.expires.0 > cx.now) else {
        let rung = refused("no verification code was sent, or it has expired");
        return Err(cx.refuse_with(rung, Error::CodeExpired).into());
    };
    if sent.code != code {
        let failed = user.code_attempts.failed + 1;
        user.code_attempts = Attempts { failed, last: Timestamp(cx.now) };
        user::put(&mut cx.world, user);
        cx.persist_on_error();
        let rung = refused("the verification code does not match");
        return Err(cx.refuse_with(rung, Error::CodeMismatch).into());
    }
    cx.rung(Rung::passed(RungKind::State, "the verification code matches"));
    user.verification_code = None;
    Ok(sent.attribute)
}
