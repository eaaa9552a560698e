//! ListRoles: lists the roles of the account.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::pagination::page;
use crate::role::Role;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolesRequest {
    #[shape(length = 1..=512)]
    path_prefix: Option<String>,
    #[shape(range = 1..=1000)]
    max_items: Option<i64>,
    marker: Option<String>,
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
    let (roles, marker) = page(roles, input.max_items, input.marker.as_deref());
    Ok(ListRolesResponse { roles, is_truncated: marker.is_some(), marker })
}
