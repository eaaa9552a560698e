//! GetGroup: returns a group.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::group::{self, GroupResponse};
use crate::model::pool;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetGroupRequest {
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) group_name: String,
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
}

#[operation(signed, access = pool::access)]
pub(crate) fn get_group(cx: &mut Cx<'_>, input: GetGroupRequest) -> Result<GroupResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    Ok(GroupResponse { group: group::find(&cx.world, &pool.id, &input.group_name)? })
}
