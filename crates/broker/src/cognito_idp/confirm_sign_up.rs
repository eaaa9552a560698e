//! ConfirmSignUp: ends a sign-up with the code that was sent.

use cognitab_macros::{Shape, operation};
use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::shape::Timestamp;

use super::client::{self, UserPoolClientType};
use super::error::Error;
use super::pool::Pool;
use super::user::{self, Attempts, User, UserStatusType};
use crate::cx::Cx;
use crate::fault::Fault;

/// Input of ConfirmSignUp.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ConfirmSignUpRequest {
    /// The app client.
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
    /// Proof that the client knows its secret.
    #[shape(length = 1..=128, pattern = r"[\w+=/]+", sensitive)]
    pub(crate) secret_hash: Option<String>,
    /// The user.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
    /// The code.
    #[shape(length = 1..=2048, pattern = r"[\S]+")]
    pub(crate) confirmation_code: String,
    /// Whether an address that another user has proven moves over.
    #[shape(optional)]
    pub(crate) force_alias_creation: bool,
}

/// Ends a sign-up with the code that was sent.
#[operation(public)]
pub(crate) fn confirm_sign_up(cx: &mut Cx<'_>, input: ConfirmSignUpRequest) -> Result<(), Fault> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_hash(cx, &input.username, input.secret_hash.as_deref())?;
    let user = user::find(&cx.world, &pool, &input.username);
    let mut user = user.ok_or_else(|| unknown(&client))?;
    if user.status != UserStatusType::Unconfirmed {
        return Err(Error::CannotConfirm(user.status.as_str()).into());
    }
    let attribute = check_code(cx, &mut user, &input.confirmation_code)?;
    claim_alias(cx, &pool, &user, &attribute, input.force_alias_creation)?;
    user.attributes.insert(format!("{attribute}_verified"), "true".to_owned());
    user.status = UserStatusType::Confirmed;
    user.confirmation = None;
    user.modified = Timestamp(cx.now);
    cx.world.put(&user);
    Ok(())
}

/// Wrong codes before an hour's pause.
const TRIES: i64 = 15;
const HOUR: i64 = 3_600_000;

fn unknown(client: &UserPoolClientType) -> Error {
    if client.discreet() { Error::CodeExpired } else { Error::NoUserForClient }
}

/// The attribute that a code proves. A wrong code is remembered.
fn check_code(cx: &mut Cx<'_>, user: &mut User, given: &str) -> Result<String, Fault> {
    let refuse = |cx: &mut Cx<'_>, note: &str, error: Error| {
        cx.rung(Rung::refused(RungKind::State, note));
        Fault::from(error)
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
        cx.world.put(user);
        cx.keep();
        return Err(refuse(cx, "another code was sent", Error::CodeWrong));
    }
    cx.rung(Rung::passed(RungKind::State, "the code is the one that was sent"));
    Ok(confirmation.attribute)
}

/// An address that is an alias belongs to one user at a time.
fn claim_alias(
    cx: &mut Cx<'_>,
    pool: &Pool,
    user: &User,
    attribute: &str,
    force: bool,
) -> Result<(), Error> {
    let value = user.attribute(attribute).unwrap_or_default();
    let Some(mut owner) = user::alias_owner(&cx.world, pool, user, attribute, value) else {
        return Ok(());
    };
    if !force {
        let kind = if attribute == "email" { "email" } else { "phone_number" };
        return Err(Error::AliasTaken(kind));
    }
    owner.attributes.insert(format!("{attribute}_verified"), "false".to_owned());
    cx.world.put(&owner);
    Ok(())
}
