//! A resource server: an API with its custom scopes.

use cognitab_kernel::{Row, World};
use cognitab_macros::Shape;

use crate::model::types::{
    ResourceServerIdentifierType, ResourceServerNameType, ResourceServerScopeDescriptionType,
    ResourceServerScopeListType, ResourceServerScopeNameType, UserPoolIdType,
};

/// A custom scope.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct ResourceServerScopeType {
    pub(crate) scope_name: ResourceServerScopeNameType,
    pub(crate) scope_description: ResourceServerScopeDescriptionType,
}

/// A resource server, stored as responses describe it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct ResourceServerType {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) identifier: ResourceServerIdentifierType,
    pub(crate) name: ResourceServerNameType,
    pub(crate) scopes: Option<ResourceServerScopeListType>,
}

impl Row for ResourceServerType {
    const TABLE: &'static str = "cognito-idp.resource-server";
    fn key(&self) -> String {
        key(&self.user_pool_id, &self.identifier)
    }
}

/// The output of the operations on one resource server.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ResourceServerResponse {
    pub(crate) resource_server: ResourceServerType,
}

/// The key of a resource server. Neither pool IDs nor identifiers contain a space.
pub(crate) fn key(pool: &str, identifier: &str) -> String {
    format!("{pool} {identifier}")
}

/// The custom scopes of a pool: `identifier/scope`.
pub(crate) fn scopes(world: &World, pool: &str) -> Vec<String> {
    let servers = world.scan::<ResourceServerType>(&key(pool, ""));
    servers
        .flat_map(|server| {
            let scopes = server.scopes.unwrap_or_default().into_inner().into_iter();
            let named = scopes.map(|s| format!("{}/{}", server.identifier, s.scope_name));
            named.collect::<Vec<_>>()
        })
        .collect()
}
