//! ListUserPools: lists the pools of the account in its region.

use cognitab_macros::{Shape, operation};

use crate::model::pagination::paginate;
use crate::model::pool::Pool;
use crate::model::pool_description::{self, UserPoolDescriptionType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of ListUserPools.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolsRequest {
    /// Where the last page ended.
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
    /// Page size.
    #[shape(range = 1..=60)]
    pub(crate) max_results: i64,
}

/// Output of ListUserPools.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolsResponse {
    /// In the order of their ids.
    pub(crate) user_pools: Vec<UserPoolDescriptionType>,
    /// Where the next page begins.
    pub(crate) next_token: Option<String>,
}

/// Lists the pools of the account in its region.
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
