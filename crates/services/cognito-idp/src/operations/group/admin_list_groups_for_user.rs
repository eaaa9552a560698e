//! AdminListGroupsForUser: lists the groups of a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::group::{self, GroupsResponse};
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::types::{PaginationKey, QueryLimitType, UserPoolIdType, UsernameType, text};
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminListGroupsForUserRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
    pub(crate) limit: Option<QueryLimitType>,
    pub(crate) next_token: Option<PaginationKey>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_list_groups_for_user(
    cx: &mut Cx<'_>,
    input: AdminListGroupsForUserRequest,
) -> Result<GroupsResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    let all = group::of_user(&cx.world, &user);
    let (groups, next_token) = paginate(all, input.limit, text(&input.next_token))?;
    Ok(GroupsResponse { groups, next_token })
}
