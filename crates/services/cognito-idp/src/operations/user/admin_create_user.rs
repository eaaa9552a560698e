//! AdminCreateUser: makes a user who must choose a password at the first sign-in.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::delivery;
use crate::auth::password::Password;
use crate::error::Error;
use crate::model::pool::{self, Contact, Pool};
use crate::model::schema::{self, AttributeType};
use crate::model::user::{self, User, UserStatusType, UserType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::inbox::Medium;

/// Input of AdminCreateUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminCreateUserRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// The user.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
    /// Attributes.
    pub(crate) user_attributes: Option<Vec<AttributeType>>,
    /// The first password; without one the pool makes it.
    #[shape(length = 0..=256, pattern = r"[\S]+", sensitive)]
    pub(crate) temporary_password: Option<String>,
    /// Whether an address that another user has proven moves over.
    #[shape(optional)]
    pub(crate) force_alias_creation: bool,
    /// Whether to send the invitation again, or none.
    pub(crate) message_action: Option<MessageActionType>,
    /// Ways to send the invitation.
    pub(crate) desired_delivery_mediums: Option<Vec<Medium>>,
}

/// Output of AdminCreateUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminCreateUserResponse {
    /// The new user.
    pub(crate) user: UserType,
}

/// Makes a user who must choose a password at the first sign-in.
#[operation(signed, access = pool::access)]
pub(crate) fn admin_create_user(
    cx: &mut Cx<'_>,
    input: AdminCreateUserRequest,
) -> Result<AdminCreateUserResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let given = schema::validate(&pool, input.user_attributes.as_deref().unwrap_or_default())?;
    let password = first_password(cx, &pool, input.temporary_password.as_deref())?;
    let mut user = if input.message_action == Some(MessageActionType::Resend) {
        invited(cx, &pool, &input.username)?
    } else {
        let mut attributes = given;
        let sub = cx.random.uuid();
        let exists = Error::AccountExists;
        let username = user::assign_username(
            &cx.world,
            &pool,
            &input.username,
            &sub,
            &mut attributes,
            exists,
        )?;
        let status = UserStatusType::ForceChangePassword;
        User::new(&pool, username, sub, status, attributes, cx.now)
    };
    move_aliases(cx, &pool, &user, input.force_alias_creation)?;
    user.password = Some(Password::new(&mut cx.random, &user, &password));
    user.temporary_until = Some(Timestamp(cx.now + temporary_life(&pool)));
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    if input.message_action != Some(MessageActionType::Suppress) {
        let mediums = input.desired_delivery_mediums.as_deref();
        invite(cx, &pool, &user, mediums, &password)?;
    }
    Ok(AdminCreateUserResponse { user: user.describe() })
}

/// What to do about the invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum MessageActionType {
    Resend,
    Suppress,
}

/// Life of an administrator's password in milliseconds.
pub(crate) fn temporary_life(pool: &Pool) -> i64 {
    let policy = pool.password_policy.temporary_password_validity_days;
    let days = pool.admin_create.unused_account_validity_days.filter(|n| *n > 0).or(policy);
    days.unwrap_or(7) * 86_400_000
}

fn first_password(cx: &mut Cx<'_>, pool: &Pool, given: Option<&str>) -> Result<String, Error> {
    let Some(given) = given else {
        return Ok(pool.password_policy.generate(&mut cx.random));
    };
    match pool.password_policy.violation(given) {
        Some(reason) => Err(Error::InvalidPassword { reason, admin: true }),
        None => Ok(given.to_owned()),
    }
}

/// A user whose invitation is to be sent once more.
fn invited(cx: &Cx<'_>, pool: &Pool, name: &str) -> Result<User, Error> {
    let user = user::find(&cx.world, pool, name).ok_or(Error::UserNotFound)?;
    if user.status == UserStatusType::ForceChangePassword {
        return Ok(user);
    }
    Err(Error::CannotResend(format!(
        "Resend not possible. {} status is not FORCE_CHANGE_PASSWORD",
        user.username
    )))
}

/// Addresses that arrive as proven and are aliases must be nobody else's, or move over.
fn move_aliases(cx: &mut Cx<'_>, pool: &Pool, user: &User, force: bool) -> Result<(), Error> {
    for attribute in ["email", "phone_number"] {
        let Some(value) = user.attribute(attribute).filter(|_| user.is_verified(attribute)) else {
            continue;
        };
        if let Some(mut owner) = user::alias_owner(&cx.world, pool, user, attribute, value) {
            if !force {
                return Err(Error::AliasTaken(attribute));
            }
            owner.attributes.insert(format!("{attribute}_verified"), "false".to_owned());
            user::put(&mut cx.world, &owner);
        }
    }
    Ok(())
}

/// Sends the invitation. Without a wish it goes to whatever address there is, if any; a wish that
/// cannot be fulfilled is told, and the user stays.
fn invite(
    cx: &mut Cx<'_>,
    pool: &Pool,
    user: &User,
    mediums: Option<&[Medium]>,
    password: &str,
) -> Result<(), Error> {
    let has = |contact: &Contact| user.attribute(contact.as_str()).is_some_and(|v| !v.is_empty());
    let both = [Contact::Phone, Contact::Email].into_iter().filter(has);
    let Some(mediums) = mediums.filter(|m| !m.is_empty()) else {
        if let Some(contact) = both.into_iter().next() {
            delivery::send_invitation(cx, pool, user, contact, password);
        }
        return Ok(());
    };
    let wished = |contact: &Contact| {
        mediums.contains(match contact {
            Contact::Email => &Medium::Email,
            Contact::Phone => &Medium::Sms,
        })
    };
    let contacts: Vec<_> = both.filter(wished).collect();
    if contacts.is_empty() {
        cx.persist_on_error();
        return Err(Error::NoDeliveryAddress);
    }
    for contact in contacts {
        delivery::send_invitation(cx, pool, user, contact, password);
    }
    Ok(())
}
