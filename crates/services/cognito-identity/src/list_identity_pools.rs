//! ListIdentityPools.

use crate::shapes::{IdentityPoolId, IdentityPoolName, PaginationKey, QueryLimit};
use cognitab_macros::{Shape, operation};

use crate::pool::{self, Pool};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentityPoolsInput {
    pub(crate) max_results: QueryLimit,
    pub(crate) next_token: Option<PaginationKey>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentityPoolsResponse {
    pub(crate) identity_pools: Vec<IdentityPoolShortDescription>,
    pub(crate) next_token: Option<String>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct IdentityPoolShortDescription {
    pub(crate) identity_pool_id: IdentityPoolId,
    pub(crate) identity_pool_name: IdentityPoolName,
}

#[operation(signed, access = pool::access)]
pub(crate) fn list_identity_pools(
    cx: &mut Cx<'_>,
    input: ListIdentityPoolsInput,
) -> Result<ListIdentityPoolsResponse, Stop> {
    let own = |p: &Pool| p.account == cx.call.account && p.region == cx.call.region;
    let all = cx.world.scan::<Pool>("").filter(own).map(|p| IdentityPoolShortDescription {
        identity_pool_id: p.view.identity_pool_id,
        identity_pool_name: p.view.identity_pool_name,
    });
    let (identity_pools, next_token) =
        pool::page(all, input.max_results, input.next_token.as_ref());
    Ok(ListIdentityPoolsResponse { identity_pools, next_token })
}
