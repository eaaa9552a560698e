//! ListUserPools: lists the user pools of an account in a region.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::pagination::paginate;
use crate::model::pool::Pool;
use crate::model::pool_description::{self, UserPoolDescriptionType};
use crate::model::types::{PaginationKeyType, PoolQueryLimitType, text};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolsRequest {
    pub(crate) next_token: Option<PaginationKeyType>,
    pub(crate) max_results: PoolQueryLimitType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolsResponse {
    /// Sorted by ID.
    pub(crate) user_pools: Vec<UserPoolDescriptionType>,
    /// Absent on the last page.
    pub(crate) next_token: Option<PaginationKeyType>,
}

#[operation(signed)]
pub(crate) fn list_user_pools(
    cx: &mut Cx<'_>,
    input: ListUserPoolsRequest,
) -> Result<ListUserPoolsResponse, Stop> {
    let here = |p: &Pool| p.account == cx.call.account && p.region == cx.call.region;
    let all = cx.world.scan("").filter(here).map(pool_description::summarize);
    let (user_pools, next_token) = paginate(all, Some(input.max_results), text(&input.next_token))?;
    Ok(ListUserPoolsResponse { user_pools, next_token })
}
