//! Codes that come back from a user.

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::user::{self, Attempts, User};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Wrong codes before an hour's pause.
const TRIES: i64 = 15;
const HOUR: i64 = 3_600_000;

/// The attribute that a code proves. A wrong code is remembered, a right one is spent.
pub(crate) fn check(cx: &mut Cx<'_>, user: &mut User, given: &str) -> Result<String, Stop> {
    let refuse = |cx: &mut Cx<'_>, note: &str, error: Error| {
        cx.rung(Rung::refused(RungKind::State, note));
        Stop::from(error)
    };
    if cx.now - user.code_attempts.last.0 >= HOUR {
        user.code_attempts = Attempts::default();
    }
    if user.code_attempts.failed >= TRIES {
        return Err(refuse(cx, "too many wrong codes", Error::TooManyTries));
    }
    let Some(confirmation) = user.confirmation.clone().filter(|c| c.expires.0 > cx.now) else {
        return Err(refuse(cx, "no code is outstanding, or it has expired", Error::CodeExpired));
    };
    if confirmation.code != given {
        let failed = user.code_attempts.failed + 1;
        user.code_attempts = Attempts { failed, last: Timestamp(cx.now) };
        user::put(&mut cx.world, user);
        cx.persist_on_error();
        return Err(refuse(cx, "another code was sent", Error::CodeWrong));
    }
    cx.rung(Rung::passed(RungKind::State, "the code is the one that was sent"));
    user.confirmation = None;
    Ok(confirmation.attribute)
}
