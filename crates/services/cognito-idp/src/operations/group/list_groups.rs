//! ListGroups: lists the groups of a pool.

use cognitab_macros::{Shape, operation};

use crate::model::group::{self, GroupType, GroupsResponse};
use crate::model::pagination::paginate;
use crate::model::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of ListGroups.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListGroupsRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// Page size.
    #[shape(range = 0..=60)]
    pub(crate) limit: Option<i64>,
    /// Where the last page ended.
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
}

/// Lists the groups of a pool.
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
