//! ListUserPools: lists the pools of the account in its region.

use cognitab_macros::{Shape, operation};

use super::description::{self, UserPoolDescriptionType};
use super::pool::{self, Pool};
use crate::cx::Cx;
use crate::fault::Fault;

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
) -> Result<ListUserPoolsResponse, Fault> {
    let here = |p: &Pool| p.account == cx.account && p.region == cx.region;
    let all = cx.world.scan("").filter(here).map(description::brief).collect();
    let (user_pools, next_token) =
        pool::page(all, Some(input.max_results), 60, input.next_token.as_deref())?;
    Ok(ListUserPoolsResponse { user_pools, next_token })
}
