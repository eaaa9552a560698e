//! DeleteResourceServer: deletes a resource server. Its scopes can no longer be granted.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::pool;
use crate::model::resource_server::{self, ResourceServerType};
use crate::model::types::{ResourceServerIdentifierType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteResourceServerRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    /// Often the URL of the API.
    pub(crate) identifier: ResourceServerIdentifierType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn delete_resource_server(
    cx: &mut Cx<'_>,
    input: DeleteResourceServerRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let key = resource_server::key(&pool.id, &input.identifier);
    if cx.world.remove::<ResourceServerType>(&key) {
        Ok(())
    } else {
        Err(Error::ResourceServerNotFound.into())
    }
}
