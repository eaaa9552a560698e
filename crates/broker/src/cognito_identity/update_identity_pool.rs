//! UpdateIdentityPool: replaces the settings of a pool as a whole.

use cognitab_macros::operation;

use super::pool::{self, IdentityPool};
use crate::cx::Cx;
use crate::fault::Fault;

/// Replaces the settings of a pool.
#[operation(signed, access = pool::access)]
pub(crate) fn update_identity_pool(
    cx: &mut Cx<'_>,
    input: IdentityPool,
) -> Result<IdentityPool, Fault> {
    let mut pool = pool::find(cx, &input.identity_pool_id)?;
    pool::check(&input)?;
    pool.view = input;
    cx.world.put(&pool);
    Ok(pool.view)
}
