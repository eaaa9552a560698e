//! AdminUpdateUserAttributes: changes attributes of a user; an empty value removes one.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::pool::{self, Pool};
use crate::model::schema::{self, AttributeType, Attributes};
use crate::model::user::{self, User};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of AdminUpdateUserAttributes.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminUpdateUserAttributesRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// The user.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
    /// The attributes.
    pub(crate) user_attributes: Vec<AttributeType>,
}

/// Changes attributes of a user; an empty value removes one.
#[operation(signed, access = pool::access)]
pub(crate) fn admin_update_user_attributes(
    cx: &mut Cx<'_>,
    input: AdminUpdateUserAttributesRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    let given = schema::validate(&pool, &input.user_attributes)?;
    changeable(&pool, &user, &given)?;
    apply(&mut user, given);
    if let Some(name) = schema::missing_required(&pool, &user.attributes).first() {
        let message = format!("user.{name}: Attribute cannot be removed.");
        return Err(Error::parameter(message).into());
    }
    for contact in ["email", "phone_number"] {
        let value = user.attribute(contact).filter(|_| user.is_verified(contact));
        let taken = value
            .and_then(|value| user::alias_owner(&cx.world, &pool, &user, contact, value))
            .is_some();
        if taken {
            return Err(Error::AliasTaken(contact).into());
        }
    }
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}

/// Attributes that were declared immutable keep their first value.
fn changeable(pool: &Pool, user: &User, given: &Attributes) -> Result<(), Error> {
    let fixed = |name: &str| {
        let mut all = pool.schema_attributes.iter();
        all.any(|a| a.name.as_deref() == Some(name) && a.mutable == Some(false))
    };
    let changed = |name: &str, value: &str| user.attribute(name).is_some_and(|old| old != value);
    match given.iter().find(|(name, value)| fixed(name) && changed(name, value)) {
        Some((name, _)) => {
            Err(Error::parameter(format!("user.{name}: Attribute cannot be updated.")))
        }
        None => Ok(()),
    }
}

/// A new address is unproven unless the same call says otherwise.
fn apply(user: &mut User, given: Attributes) {
    for contact in ["email", "phone_number"] {
        let flag = format!("{contact}_verified");
        let new = given.get(contact).filter(|value| user.attribute(contact) != Some(value));
        if new.is_some() && !given.contains_key(&flag) {
            user.attributes.insert(flag, "false".to_owned());
        }
    }
    for (name, value) in given {
        if value.is_empty() {
            user.attributes.remove(&name);
        } else {
            user.attributes.insert(name, value);
        }
    }
}
