//! ListRolePolicies: names the inline policies of a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::page;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListRolePolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolePoliciesRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListRolePolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRolePoliciesResponse {
    /// Names in order.
    pub(crate) policy_names: Vec<String>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Names the inline policies of a role.
#[operation(signed, access = access::role)]
pub(crate) fn list_role_policies(
    cx: &mut Cx<'_>,
    input: ListRolePoliciesRequest,
) -> Result<ListRolePoliciesResponse, Stop> {
    let entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    let names = entity.inline.into_keys().collect();
    let (policy_names, marker) = page::of(names, input.max_items, input.marker.as_deref());
    Ok(ListRolePoliciesResponse { policy_names, is_truncated: marker.is_some(), marker })
}
