//! ListGroups: lists the groups of a user pool.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::group::{self, GroupType, GroupsResponse};
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::types::{PaginationKey, QueryLimitType, UserPoolIdType, text};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListGroupsRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) limit: Option<QueryLimitType>,
    pub(crate) next_token: Option<PaginationKey>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn list_groups(
    cx: &mut Cx<'_>,
    input: ListGroupsRequest,
) -> Result<GroupsResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let all = cx.world.scan::<GroupType>(&group::key(&pool.id, ""));
    let (groups, next_token) = paginate(all, input.limit, text(&input.next_token))?;
    Ok(GroupsResponse { groups, next_token })
}
