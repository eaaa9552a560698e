//! ListGroups: lists the groups of a user pool.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::group::{self, GroupType, GroupsResponse};
use crate::model::pagination::paginate;
use crate::model::pool;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListGroupsRequest {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    #[shape(range = 0..=60)]
    pub(crate) limit: Option<i64>,
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn list_groups(
    cx: &mut Cx<'_>,
    input: ListGroupsRequest,
) -> Result<GroupsResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let all = cx.world.scan::<GroupType>(&group::key(&pool.id, ""));
    let (groups, next_token) = paginate(all, input.limit, input.next_token.as_deref())?;
    Ok(GroupsResponse { groups, next_token })
}
