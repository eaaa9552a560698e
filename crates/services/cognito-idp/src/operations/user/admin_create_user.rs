//! AdminCreateUser: creates a user, who must choose a new password at the first sign-in.

use cognitab_kernel::inbox::Medium;
use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::delivery;
use crate::auth::password::Password;
use crate::auth::triggers::{self, SignUpEvent};
use crate::error::Error;
use crate::model::pool::{self, Contact, Pool};
use crate::model::schema::{self, AttributeType};
use crate::model::types::{ClientMetadataType, PasswordType, UserPoolIdType, UsernameType, text};
use crate::model::user::{self, User, UserStatusType, UserType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminCreateUserRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
    pub(crate) user_attributes: Option<Vec<AttributeType>>,
    /// Only for the PreSignUp function.
    pub(crate) validation_data: Option<Vec<AttributeType>>,
    /// Only for the PreSignUp function.
    pub(crate) client_metadata: Option<ClientMetadataType>,
    /// Generated if absent.
    pub(crate) temporary_password: Option<PasswordType>,
    /// Whether a contact that another user has verified becomes an alias of this one.
    #[shape(optional)]
    pub(crate) force_alias_creation: bool,
    pub(crate) message_action: Option<MessageActionType>,
    pub(crate) desired_delivery_mediums: Option<Vec<Medium>>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminCreateUserResponse {
    pub(crate) user: UserType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_create_user(
    cx: &mut Cx<'_>,
    input: AdminCreateUserRequest,
) -> Result<AdminCreateUserResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut attributes =
        schema::validate(&pool, input.user_attributes.as_deref().unwrap_or_default())?;
    let password = temporary_password(cx, &pool, text(&input.temporary_password))?;
    let mut user = if input.message_action == Some(MessageActionType::Resend) {
        invited_user(cx, &pool, &input.username)?
    } else {
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
        let event = SignUpEvent {
            username: &username,
            attributes: &attributes,
            validation_data: input.validation_data.as_deref(),
            metadata: input.client_metadata.as_ref(),
        };
        triggers::pre_admin_create_user(cx, &pool, event)?;
        let status = UserStatusType::ForceChangePassword;
        User::new(&pool, username, sub, status, attributes, cx.now)
    };
    user::claim_verified_aliases(&mut cx.world, &pool, &user, input.force_alias_creation)?;
    user.password = Some(Password::new(&mut cx.random, &user, &password));
    user.temporary_until = Some(Timestamp(cx.now + pool.temporary_password_validity()));
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    if input.message_action != Some(MessageActionType::Suppress) {
        let mediums = input.desired_delivery_mediums.as_deref();
        invite(cx, &pool, &user, mediums, &password)?;
    }
    Ok(AdminCreateUserResponse { user: user.describe() })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum MessageActionType {
    Resend,
    Suppress,
}

/// The temporary password of the request, or a generated one.
fn temporary_password(
    cx: &mut Cx<'_>,
    pool: &Pool,
    requested: Option<&str>,
) -> Result<String, Error> {
    let Some(password) = requested else {
        return Ok(pool.password_policy.generate(&mut cx.random));
    };
    match pool.password_policy.violation(password) {
        Some(reason) => Err(Error::InvalidPassword { reason, admin: true }),
        None => Ok(password.to_owned()),
    }
}

/// A user to whom the invitation can be sent again.
fn invited_user(cx: &Cx<'_>, pool: &Pool, name: &str) -> Result<User, Error> {
    let user = user::find(&cx.world, pool, name).ok_or(Error::UserNotFound)?;
    if user.status == UserStatusType::ForceChangePassword {
        return Ok(user);
    }
    Err(Error::CannotResend(format!(
        "Resend not possible. {} status is not FORCE_CHANGE_PASSWORD",
        user.username
    )))
}

/// Sends the invitation over the requested mediums, or over one that the user has an address for. If
/// none of those requested has an address, that is an error, and the user is created nevertheless.
fn invite(
    cx: &mut Cx<'_>,
    pool: &Pool,
    user: &User,
    mediums: Option<&[Medium]>,
    password: &str,
) -> Result<(), Error> {
    let mut contacts = Contact::ALL.into_iter().filter(|c| user.address(*c).is_some());
    let Some(mediums) = mediums.filter(|m| !m.is_empty()) else {
        if let Some(contact) = contacts.next() {
            delivery::send_invitation(cx, pool, user, contact, password);
        }
        return Ok(());
    };
    let contacts: Vec<_> = contacts.filter(|c| mediums.contains(&delivery::medium(*c))).collect();
    if contacts.is_empty() {
        cx.persist_on_error();
        return Err(Error::NoDeliveryAddress);
    }
    for contact in contacts {
        delivery::send_invitation(cx, pool, user, contact, password);
    }
    Ok(())
}
