//! ListIdentities: lists the identities of a pool.

use cognitab_macros::{Shape, operation};

use crate::identity::{Identity, IdentityDescription};
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;

/// Input of ListIdentities.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentitiesInput {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
    /// Page size.
    #[shape(range = 1..=60)]
    pub(crate) max_results: i64,
    /// Where the last page ended.
    #[shape(length = 1..=65_535)]
    pub(crate) next_token: Option<String>,
    /// Whether to leave out those that were merged away.
    pub(crate) hide_disabled: Option<bool>,
}

/// Output of ListIdentities.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListIdentitiesResponse {
    /// The pool.
    pub(crate) identity_pool_id: String,
    /// The identities.
    pub(crate) identities: Vec<IdentityDescription>,
    /// Where the next page begins.
    pub(crate) next_token: Option<String>,
}

/// Lists the identities of a pool.
#[operation(signed, access = pool::access)]
pub(crate) fn list_identities(
    cx: &mut Cx<'_>,
    input: ListIdentitiesInput,
) -> Result<ListIdentitiesResponse, Stop> {
    let pool = pool::find(cx, &input.identity_pool_id)?.key();
    let shown = |i: &Identity| i.pool == pool && !(i.disabled && input.hide_disabled == Some(true));
    let all = cx.world.scan::<Identity>("").filter(shown).map(|i| IdentityDescription::of(&i));
    let (identities, next_token) = pool::page(all, input.max_results, input.next_token);
    Ok(ListIdentitiesResponse { identity_pool_id: input.identity_pool_id, identities, next_token })
}
