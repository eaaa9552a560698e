//! ListRoles: lists the roles of the account.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::pagination::page;
use crate::role::Role;
use crate::shapes::{MarkerType, MaxItemsType, PathPrefixType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolesRequest {
    path_prefix: Option<PathPrefixType>,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolesResponse {
    roles: Vec<Role>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the roles of the account, in alphabetical order.
#[operation(signed, access = access::role)]
pub(crate) fn list_roles(
    cx: &mut Cx<'_>,
    input: ListRolesRequest,
) -> Result<ListRolesResponse, Stop> {
    let roles = entity::list(cx, EntityType::Role, input.path_prefix).map(Role::from).collect();
    let (roles, marker) = page(roles, input.max_items, input.marker)?;
    Ok(ListRolesResponse { roles, is_truncated: marker.is_some(), marker })
}
