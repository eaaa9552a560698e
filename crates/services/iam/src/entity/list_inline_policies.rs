//! ListRolePolicies and ListUserPolicies.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::pagination::page;
use crate::shapes::{ExistingUserNameType, MarkerType, MaxItemsType, RoleNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolePoliciesRequest {
    role_name: RoleNameType,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolePoliciesResponse {
    policy_names: Vec<String>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the names of a role's inline policies, in alphabetical order.
#[operation(signed, access = access::role)]
pub(crate) fn list_role_policies(
    cx: &mut Cx<'_>,
    input: ListRolePoliciesRequest,
) -> Result<ListRolePoliciesResponse, Stop> {
    let role = entity::find(cx, EntityType::Role, &input.role_name)?;
    let names = role.inline.into_keys().collect();
    let (policy_names, marker) = page(names, input.max_items, input.marker)?;
    Ok(ListRolePoliciesResponse { policy_names, is_truncated: marker.is_some(), marker })
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoliciesRequest {
    user_name: ExistingUserNameType,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoliciesResponse {
    policy_names: Vec<String>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the names of a user's inline policies, in alphabetical order.
#[operation(signed, access = access::user)]
pub(crate) fn list_user_policies(
    cx: &mut Cx<'_>,
    input: ListUserPoliciesRequest,
) -> Result<ListUserPoliciesResponse, Stop> {
    let user = entity::find(cx, EntityType::User, &input.user_name)?;
    let names = user.inline.into_keys().collect();
    let (policy_names, marker) = page(names, input.max_items, input.marker)?;
    Ok(ListUserPoliciesResponse { policy_names, is_truncated: marker.is_some(), marker })
}
