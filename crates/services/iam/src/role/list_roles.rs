//! ListRoles: lists the roles of the account.

use crate::access;
use crate::entity::{self, EntityType};
use crate::page;
use crate::role::view::Role;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListRoles.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolesRequest {
    /// Beginning of the path.
    #[shape(length = 1..=512)]
    pub(crate) path_prefix: Option<String>,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListRoles.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolesResponse {
    /// In the order of their names.
    pub(crate) roles: Vec<Role>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Lists the roles of the account.
#[operation(signed, access = access::role)]
pub(crate) fn list_roles(
    cx: &mut Cx<'_>,
    input: ListRolesRequest,
) -> Result<ListRolesResponse, Stop> {
    let prefix = input.path_prefix.unwrap_or_default();
    let all = entity::in_account(cx, EntityType::Role).filter(|e| e.path.starts_with(&prefix));
    let all = all.map(|e| Role::of(&e)).collect();
    let (roles, marker) = page::of(all, input.max_items, input.marker.as_deref());
    Ok(ListRolesResponse { roles, is_truncated: marker.is_some(), marker })
}
