//! DeleteGroup: deletes a group and removes its members from it.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::group::{self, GroupType};
use crate::model::pool;
use crate::model::types::{GroupNameType, UserPoolIdType};
use crate::model::user::{self, User};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteGroupRequest {
    pub(crate) group_name: GroupNameType,
    pub(crate) user_pool_id: UserPoolIdType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn delete_group(cx: &mut Cx<'_>, input: DeleteGroupRequest) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let group = group::find(&cx.world, &pool.id, &input.group_name)?;
    cx.world.remove::<GroupType>(&group.key());
    let users: Vec<User> = user::scan(&cx.world, &pool.id).collect();
    for mut user in users.into_iter().filter(|u| u.groups.contains(&group.group_name)) {
        user.groups.retain(|name| *name != group.group_name);
        user::put(&mut cx.world, &user);
    }
    Ok(())
}
