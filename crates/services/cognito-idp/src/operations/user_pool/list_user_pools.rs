//! ListUserPools: lists the user pools of an account in a region.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::pagination::paginate;
use crate::model::pool::Pool;
use crate::model::pool_description::{self, UserPoolDescriptionType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolsRequest {
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
    #[shape(range = 1..=60)]
    pub(crate) max_results: i64,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolsResponse {
    /// Sorted by ID.
    pub(crate) user_pools: Vec<UserPoolDescriptionType>,
    /// Absent on the last page.
    pub(crate) next_token: Option<String>,
}

#[operation(signed)]
pub(crate) fn list_user_pools(
    cx: &mut Cx<'_>,
    input: ListUserPoolsRequest,
) -> Result<ListUserPoolsResponse, Stop> {
    let here = |p: &Pool| p.account == cx.call.account && p.region == cx.call.region;
    let all = cx.world.scan("").filter(here).map(pool_description::summarize);
    let (user_pools, next_token) =
        paginate(all, Some(input.max_results), input.next_token.as_deref())?;
    Ok(ListUserPoolsResponse { user_pools, next_token })
}
