//! GetGroup: shows a group.

use cognitab_macros::{Shape, operation};

use crate::model::group::{self, GroupResponse};
use crate::model::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of GetGroup.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetGroupRequest {
    /// The group.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) group_name: String,
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
}

/// Shows a group.
#[operation(signed, access = pool::access)]
pub(crate) fn get_group(cx: &mut Cx<'_>, input: GetGroupRequest) -> Result<GroupResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    Ok(GroupResponse { group: group::find(&cx.world, &pool.id, &input.group_name)? })
}
