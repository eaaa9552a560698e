//! ListIdentityPools: lists the pools of the account in this region.

use cognitab_macros::{Shape, operation};

use crate::pool::{self, Pool};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of ListIdentityPools.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentityPoolsInput {
    /// Page size.
    #[shape(range = 1..=60)]
    pub(crate) max_results: i64,
    /// Where the last page ended.
    #[shape(length = 1..=65_535)]
    pub(crate) next_token: Option<String>,
}

/// Output of ListIdentityPools.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentityPoolsResponse {
    /// The pools.
    pub(crate) identity_pools: Vec<Short>,
    /// Where the next page begins.
    pub(crate) next_token: Option<String>,
}

/// A pool in the list.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Short {
    /// Its id.
    pub(crate) identity_pool_id: String,
    /// Its name.
    pub(crate) identity_pool_name: String,
}

/// Lists the pools of the account in this region.
#[operation(signed, access = pool::access)]
pub(crate) fn list_identity_pools(
    cx: &mut Cx<'_>,
    input: ListIdentityPoolsInput,
) -> Result<ListIdentityPoolsResponse, Stop> {
    let own = |p: &Pool| p.account == cx.call.account && p.region == cx.call.region;
    let all = cx.world.scan::<Pool>("").filter(own).map(|p| Short {
        identity_pool_id: p.view.identity_pool_id,
        identity_pool_name: p.view.identity_pool_name,
    });
    let (identity_pools, next_token) = pool::page(all, input.max_results, input.next_token);
    Ok(ListIdentityPoolsResponse { identity_pools, next_token })
}
