//! ListUsersInGroup: lists the members of a group.

use cognitab_macros::{Shape, operation};

use crate::model::group;
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::user::{self, UserType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of ListUsersInGroup.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersInGroupRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// The group.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) group_name: String,
    /// Page size.
    #[shape(range = 0..=60)]
    pub(crate) limit: Option<i64>,
    /// Where the last page ended.
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
}

/// Output of ListUsersInGroup.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersInGroupResponse {
    /// In the order of their names.
    pub(crate) users: Vec<UserType>,
    /// Where the next page begins.
    pub(crate) next_token: Option<String>,
}

/// Lists the members of a group.
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
