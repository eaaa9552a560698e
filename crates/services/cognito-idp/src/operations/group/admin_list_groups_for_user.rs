//! AdminListGroupsForUser: lists the groups of a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::group::{self, GroupsResponse};
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminListGroupsForUserRequest {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
    #[shape(range = 0..=60)]
    pub(crate) limit: Option<i64>,
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_list_groups_for_user(
    cx: &mut Cx<'_>,
    input: AdminListGroupsForUserRequest,
) -> Result<GroupsResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    let all = group::of_user(&cx.world, &user);
    let (groups, next_token) = paginate(all, input.limit, input.next_token.as_deref())?;
    Ok(GroupsResponse { groups, next_token })
}
