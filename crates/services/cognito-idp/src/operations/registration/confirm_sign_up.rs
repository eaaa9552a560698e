//! ConfirmSignUp: ends a sign-up with the code that was sent.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::verification_code;
use crate::error::Error;
use crate::model::client::{self, UserPoolClientType};
use crate::model::pool::Pool;
use crate::model::user::{self, User, UserStatusType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

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
pub(crate) fn confirm_sign_up(cx: &mut Cx<'_>, input: ConfirmSignUpRequest) -> Result<(), Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, input.secret_hash.as_deref())?;
    let user = user::find(&cx.world, &pool, &input.username);
    let mut user = user.ok_or_else(|| user_not_found(&client))?;
    if user.status != UserStatusType::Unconfirmed {
        return Err(Error::CannotConfirm(user.status.as_str()).into());
    }
    let attribute = verification_code::check(cx, &mut user, &input.confirmation_code)?;
    claim_alias(cx, &pool, &user, &attribute, input.force_alias_creation)?;
    user.attributes.insert(format!("{attribute}_verified"), "true".to_owned());
    user.status = UserStatusType::Confirmed;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}

/// What is said of a user that does not exist.
pub(crate) fn user_not_found(client: &UserPoolClientType) -> Error {
    if client.prevents_user_existence_errors() {
        Error::CodeExpired
    } else {
        Error::UserNotFoundForClient
    }
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
    user::put(&mut cx.world, &owner);
    Ok(())
}
