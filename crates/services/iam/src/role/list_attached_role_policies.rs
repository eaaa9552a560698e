//! ListAttachedRolePolicies: lists the managed policies of a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::page;
use crate::policy::managed_policy::AttachedPolicy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListAttachedRolePolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedRolePoliciesRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListAttachedRolePolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedRolePoliciesResponse {
    /// Name and ARN of each.
    pub(crate) attached_policies: Vec<AttachedPolicy>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Lists the managed policies of a role.
#[operation(signed, access = access::role)]
pub(crate) fn list_attached_role_policies(
    cx: &mut Cx<'_>,
    input: ListAttachedRolePoliciesRequest,
) -> Result<ListAttachedRolePoliciesResponse, Stop> {
    let entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    let all = entity.attached.iter().map(|arn| AttachedPolicy::of(arn)).collect();
    let (attached_policies, marker) = page::of(all, input.max_items, input.marker.as_deref());
    Ok(ListAttachedRolePoliciesResponse {
        attached_policies,
        is_truncated: marker.is_some(),
        marker,
    })
}
