//! DeleteIdentityPool: removes a pool and its identities.

use cognitab_macros::{Shape, operation};

use super::identity::{self, Identity};
use super::pool::{self, Pool};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::world::Row;

/// Input of DeleteIdentityPool.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteIdentityPoolInput {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
}

/// Removes a pool and its identities.
#[operation(signed, access = pool::access)]
pub(crate) fn delete_identity_pool(
    cx: &mut Cx<'_>,
    input: DeleteIdentityPoolInput,
) -> Result<(), Fault> {
    let pool = pool::find(cx, &input.identity_pool_id)?;
    let identities: Vec<Identity> = cx.world.scan("").collect();
    for identity in identities.iter().filter(|i| i.pool == pool.key()) {
        identity::remove(cx, identity);
    }
    cx.world.remove::<Pool>(&pool.key());
    Ok(())
}
