//! CreateGroup: creates a group.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::group::{self, GroupResponse, GroupType};
use crate::model::pool;
use crate::model::types::{
    ArnType, DescriptionType, GroupNameType, PrecedenceType, UserPoolIdType,
};

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateGroupRequest {
    pub(crate) group_name: GroupNameType,
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) description: Option<DescriptionType>,
    /// The role that an identity pool assigns to members.
    pub(crate) role_arn: Option<ArnType>,
    /// The lowest value takes precedence.
    pub(crate) precedence: Option<PrecedenceType>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn create_group(
    cx: &mut Cx<'_>,
    input: CreateGroupRequest,
) -> Result<GroupResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    if cx.world.has::<GroupType>(&group::key(&pool.id, &input.group_name)) {
        return Err(Error::GroupExists.into());
    }
    let group = GroupType {
        group_name: input.group_name,
        user_pool_id: pool.id,
        description: input.description,
        role_arn: input.role_arn,
        precedence: input.precedence,
        last_modified_date: Timestamp(cx.now),
        creation_date: Timestamp(cx.now),
    };
    cx.world.put(&group);
    Ok(GroupResponse { group })
}
