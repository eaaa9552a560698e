//! CreateGroup: creates a group.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::group::{self, GroupResponse, GroupType};
use crate::model::pool;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateGroupRequest {
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
