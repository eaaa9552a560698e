//! ListUsersInGroup: lists the members of a group.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::group;
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::types::{GroupNameType, PaginationKey, QueryLimitType, UserPoolIdType, text};
use crate::model::user::{self, UserType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersInGroupRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) group_name: GroupNameType,
    pub(crate) limit: Option<QueryLimitType>,
    pub(crate) next_token: Option<PaginationKey>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersInGroupResponse {
    /// Sorted by user name.
    pub(crate) users: Vec<UserType>,
    /// Absent on the last page.
    pub(crate) next_token: Option<PaginationKey>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn list_users_in_group(
    cx: &mut Cx<'_>,
    input: ListUsersInGroupRequest,
) -> Result<ListUsersInGroupResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let group = group::find(&cx.world, &pool.id, &input.group_name)?;
    let users = user::scan(&cx.world, &pool.id);
    let all = users.filter(|u| u.groups.contains(&group.group_name)).map(|u| u.describe());
    let (users, next_token) = paginate(all, input.limit, text(&input.next_token))?;
    Ok(ListUsersInGroupResponse { users, next_token })
}
