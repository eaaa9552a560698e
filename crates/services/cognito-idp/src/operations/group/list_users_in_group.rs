//! ListUsersInGroup: lists the members of a group.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::group;
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::user::{self, UserType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersInGroupRequest {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) group_name: String,
    #[shape(range = 0..=60)]
    pub(crate) limit: Option<i64>,
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersInGroupResponse {
    /// Sorted by user name.
    pub(crate) users: Vec<UserType>,
    /// Absent on the last page.
    pub(crate) next_token: Option<String>,
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
    let (users, next_token) = paginate(all, input.limit, input.next_token.as_deref())?;
    Ok(ListUsersInGroupResponse { users, next_token })
}
