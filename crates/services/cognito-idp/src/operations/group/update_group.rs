//! UpdateGroup: changes a group. Settings that are left out keep their value.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::model::group::{self, GroupResponse};
use crate::model::pool;
use crate::model::types::{
    ArnType, DescriptionType, GroupNameType, PrecedenceType, UserPoolIdType,
};

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateGroupRequest {
    pub(crate) group_name: GroupNameType,
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) description: Option<DescriptionType>,
    /// The role that an identity pool assigns to members.
    pub(crate) role_arn: Option<ArnType>,
    /// The lowest value takes precedence.
    pub(crate) precedence: Option<PrecedenceType>,
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
