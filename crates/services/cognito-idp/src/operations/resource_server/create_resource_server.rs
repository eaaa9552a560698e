//! CreateResourceServer: creates a resource server: an API with its scopes.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::pool;
use crate::model::resource_server::{self, ResourceServerResponse, ResourceServerType};
use crate::model::types::{
    ResourceServerIdentifierType, ResourceServerNameType, ResourceServerScopeListType,
    UserPoolIdType,
};

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateResourceServerRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    /// Often the URL of the API.
    pub(crate) identifier: ResourceServerIdentifierType,
    pub(crate) name: ResourceServerNameType,
    pub(crate) scopes: Option<ResourceServerScopeListType>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn create_resource_server(
    cx: &mut Cx<'_>,
    input: CreateResourceServerRequest,
) -> Result<ResourceServerResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    if cx.world.has::<ResourceServerType>(&resource_server::key(&pool.id, &input.identifier)) {
        let message = format!("{} already exists in user pool {}.", input.identifier, pool.id);
        return Err(Error::parameter(message).into());
    }
    let resource_server = ResourceServerType {
        user_pool_id: pool.id,
        identifier: input.identifier,
        name: input.name,
        scopes: input.scopes,
    };
    cx.world.put(&resource_server);
    Ok(ResourceServerResponse { resource_server })
}
