//! DeleteIdentityPool: deletes a pool and its identities.

use crate::shapes::IdentityPoolId;
use cognitab_macros::{Shape, operation};

use crate::identity::{self, Identity};
use crate::pool::{self, Pool};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteIdentityPoolInput {
    pub(crate) identity_pool_id: IdentityPoolId,
}

#[operation(signed, access = pool::access)]
pub(crate) fn delete_identity_pool(
    cx: &mut Cx<'_>,
    input: DeleteIdentityPoolInput,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.identity_pool_id)?;
    let identities: Vec<Identity> = cx.world.scan("").collect();
    for identity in identities.iter().filter(|i| i.pool == pool.key()) {
        identity::delete(cx, identity);
    }
    cx.world.remove::<Pool>(&pool.key());
    Ok(())
}
