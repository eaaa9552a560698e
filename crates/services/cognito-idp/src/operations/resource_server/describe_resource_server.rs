//! DescribeResourceServer: describes a resource server.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::pool;
use crate::model::resource_server::{self, ResourceServerResponse};
use crate::model::types::{ResourceServerIdentifierType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeResourceServerRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    /// Often the URL of the API.
    pub(crate) identifier: ResourceServerIdentifierType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn describe_resource_server(
    cx: &mut Cx<'_>,
    input: DescribeResourceServerRequest,
) -> Result<ResourceServerResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let server = cx.world.get(&resource_server::key(&pool.id, &input.identifier));
    Ok(ResourceServerResponse { resource_server: server.ok_or(Error::ResourceServerNotFound)? })
}
