//! GetGroup: returns a group.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::group::{self, GroupResponse};
use crate::model::pool;
use crate::model::types::{GroupNameType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetGroupRequest {
    pub(crate) group_name: GroupNameType,
    pub(crate) user_pool_id: UserPoolIdType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn get_group(cx: &mut Cx<'_>, input: GetGroupRequest) -> Result<GroupResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    Ok(GroupResponse { group: group::find(&cx.world, &pool.id, &input.group_name)? })
}
