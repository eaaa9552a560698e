//! AdminAddUserToGroup: adds a user to a group, which may already have that member.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::group;
use crate::model::pool;
use crate::model::types::{GroupNameType, UserPoolIdType, UsernameType};
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminAddUserToGroupRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
    pub(crate) group_name: GroupNameType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_add_user_to_group(
    cx: &mut Cx<'_>,
    input: AdminAddUserToGroupRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let group = group::find(&cx.world, &pool.id, &input.group_name)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    if !user.groups.contains(&group.group_name) {
        user.groups.push(group.group_name);
        user::put(&mut cx.world, &user);
    }
    Ok(())
}
