//! AdminGetUser: returns a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::pool;
use crate::model::schema::AttributeType;
use crate::model::types::{UserPoolIdType, UsernameType};
use crate::model::user::{self, UserStatusType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminGetUserRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminGetUserResponse {
    pub(crate) username: UsernameType,
    pub(crate) user_attributes: Vec<AttributeType>,
    pub(crate) user_create_date: Timestamp,
    pub(crate) user_last_modified_date: Timestamp,
    pub(crate) enabled: bool,
    pub(crate) user_status: UserStatusType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_get_user(
    cx: &mut Cx<'_>,
    input: AdminGetUserRequest,
) -> Result<AdminGetUserResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    Ok(AdminGetUserResponse {
        user_attributes: user.attribute_list(),
        user_create_date: user.created,
        user_last_modified_date: user.modified,
        enabled: user.enabled,
        user_status: user.status,
        username: user.username,
    })
}
