//! AdminUpdateUserAttributes: changes attributes of a user. An empty value removes an attribute.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::pool::{self, Contact, Pool};
use crate::model::schema::{self, AttributeType, Attributes};
use crate::model::types::{UserPoolIdType, UsernameType, text};
use crate::model::user::{self, User};

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminUpdateUserAttributesRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
    pub(crate) user_attributes: Vec<AttributeType>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_update_user_attributes(
    cx: &mut Cx<'_>,
    input: AdminUpdateUserAttributesRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    let changes = schema::validate(&pool, &input.user_attributes)?;
    ensure_mutable(&pool, &user, &changes)?;
    apply(&mut user, changes);
    if let Some(name) = schema::missing_required(&pool, &user.attributes).first() {
        let message = format!("user.{name}: Attribute cannot be removed.");
        return Err(Error::parameter(message).into());
    }
    user::claim_verified_aliases(&mut cx.world, &pool, &user, false)?;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}

/// Refuses to change the value of an immutable attribute. Its first value can be set.
fn ensure_mutable(pool: &Pool, user: &User, changes: &Attributes) -> Result<(), Error> {
    let immutable = |name: &str| {
        let mut all = pool.schema_attributes.iter();
        all.any(|a| text(&a.name) == Some(name) && a.mutable == Some(false))
    };
    let changed = |name: &str, value: &str| user.attribute(name).is_some_and(|old| old != value);
    match changes.iter().find(|(name, value)| immutable(name) && changed(name, value)) {
        Some((name, _)) => {
            Err(Error::parameter(format!("user.{name}: Attribute cannot be updated.")))
        }
        None => Ok(()),
    }
}

/// Sets attributes. A contact that changes is no longer verified, unless the same request says so.
fn apply(user: &mut User, changes: Attributes) {
    for contact in Contact::ALL {
        let name = contact.as_str();
        let changed = changes.get(name).is_some_and(|value| user.attribute(name) != Some(value));
        if changed && !changes.contains_key(&user::verified_flag(contact)) {
            user.set_verified(contact, false);
        }
    }
    for (name, value) in changes {
        if value.is_empty() {
            user.attributes.remove(&name);
        } else {
            user.attributes.insert(name, value);
        }
    }
}
