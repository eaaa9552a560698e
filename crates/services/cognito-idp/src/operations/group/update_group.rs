//! UpdateGroup: changes a group. Settings that are left out keep their value.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::model::group::{self, GroupResponse};
use crate::model::pool;

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateGroupRequest {
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) group_name: String,
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    #[shape(length = 0..=2048)]
    pub(crate) description: Option<String>,
    /// The role that an identity pool assigns to members.
    #[shape(length = 20..=2048, pattern = r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?")]
    pub(crate) role_arn: Option<String>,
    /// The lowest value takes precedence.
    #[shape(range = 0..=2_147_483_647)]
    pub(crate) precedence: Option<i64>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn update_group(
    cx: &mut Cx<'_>,
    input: UpdateGroupRequest,
) -> Result<GroupResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut group = group::find(&cx.world, &pool.id, &input.group_name)?;
    group.description = input.description.or(group.description);
    group.role_arn = input.role_arn.or(group.role_arn);
    group.precedence = input.precedence.or(group.precedence);
    group.last_modified_date = Timestamp(cx.now);
    cx.world.put(&group);
    Ok(GroupResponse { group })
}
