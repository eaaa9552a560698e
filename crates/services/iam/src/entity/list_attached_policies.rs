//! ListAttachedRolePolicies and ListAttachedUserPolicies.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::pagination::page;
use crate::shapes::{MarkerType, MaxItemsType, RoleNameType, UserNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedRolePoliciesRequest {
    role_name: RoleNameType,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedRolePoliciesResponse {
    attached_policies: Vec<AttachedPolicy>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the managed policies that are attached to a role.
#[operation(signed, access = access::role)]
pub(crate) fn list_attached_role_policies(
    cx: &mut Cx<'_>,
    input: ListAttachedRolePoliciesRequest,
) -> Result<ListAttachedRolePoliciesResponse, Stop> {
    let policies = attached_policies(cx, EntityType::Role, &input.role_name)?;
    let (attached_policies, marker) = page(policies, input.max_items, input.marker)?;
    Ok(ListAttachedRolePoliciesResponse {
        attached_policies,
        is_truncated: marker.is_some(),
        marker,
    })
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedUserPoliciesRequest {
    user_name: UserNameType,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedUserPoliciesResponse {
    attached_policies: Vec<AttachedPolicy>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the managed policies that are attached to a user.
#[operation(signed, access = access::user)]
pub(crate) fn list_attached_user_policies(
    cx: &mut Cx<'_>,
    input: ListAttachedUserPoliciesRequest,
) -> Result<ListAttachedUserPoliciesResponse, Stop> {
    let policies = attached_policies(cx, EntityType::User, &input.user_name)?;
    let (attached_policies, marker) = page(policies, input.max_items, input.marker)?;
    Ok(ListAttachedUserPoliciesResponse {
        attached_policies,
        is_truncated: marker.is_some(),
        marker,
    })
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachedPolicy {
    policy_name: String,
    policy_arn: String,
}

fn attached_policies(
    cx: &Cx<'_>,
    entity_type: EntityType,
    name: &str,
) -> Result<Vec<AttachedPolicy>, Stop> {
    let entity = entity::find(cx, entity_type, name)?;
    let attached = entity.attached.into_iter().map(|policy_arn| {
        let policy_name = policy_arn.rsplit('/').next().unwrap_or_default().to_owned();
        AttachedPolicy { policy_name, policy_arn }
    });
    Ok(attached.collect())
}
