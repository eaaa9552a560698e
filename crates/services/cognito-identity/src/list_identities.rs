//! ListIdentities.

use crate::shapes::{IdentityPoolId, PaginationKey, QueryLimit};
use cognitab_macros::{Shape, operation};

use crate::identity::{Identity, IdentityDescription};
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentitiesInput {
    pub(crate) identity_pool_id: IdentityPoolId,
    pub(crate) max_results: QueryLimit,
    pub(crate) next_token: Option<PaginationKey>,
    /// Whether to leave out identities that were merged into others.
    pub(crate) hide_disabled: Option<bool>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentitiesResponse {
    pub(crate) identity_pool_id: IdentityPoolId,
    pub(crate) identities: Vec<IdentityDescription>,
    pub(crate) next_token: Option<String>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn list_identities(
    cx: &mut Cx<'_>,
    input: ListIdentitiesInput,
) -> Result<ListIdentitiesResponse, Stop> {
    let pool = pool::find(cx, &input.identity_pool_id)?.key();
    let shown = |i: &Identity| i.pool == pool && !(i.disabled && input.hide_disabled == Some(true));
    let all = cx.world.scan::<Identity>("").filter(shown).map(|i| IdentityDescription::of(&i));
    let (identities, next_token) = pool::page(all, input.max_results, input.next_token.as_ref());
    Ok(ListIdentitiesResponse { identity_pool_id: input.identity_pool_id, identities, next_token })
}
