//! UpdateIdentityPool: replaces all settings of a pool.

use cognitab_macros::operation;

use crate::pool::{self, IdentityPool};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[operation(signed, access = pool::access)]
pub(crate) fn update_identity_pool(
    cx: &mut Cx<'_>,
    input: IdentityPool,
) -> Result<IdentityPool, Stop> {
    let mut pool = pool::find(cx, &input.identity_pool_id)?;
    pool::check(&input)?;
    pool.view = input;
    cx.world.put(&pool);
    Ok(pool.view)
}
