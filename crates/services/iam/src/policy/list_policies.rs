//! ListPolicies: lists managed policies.

use crate::access;
use crate::page;
use crate::policy::managed_policy::{self, Policy};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListPolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPoliciesRequest {
    /// Whose: `All`, `AWS` or `Local`.
    pub(crate) scope: Option<String>,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListPolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPoliciesResponse {
    /// The policies.
    pub(crate) policies: Vec<Policy>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Lists managed policies.
#[operation(signed, access = access::policy)]
pub(crate) fn list_policies(
    cx: &mut Cx<'_>,
    input: ListPoliciesRequest,
) -> Result<ListPoliciesResponse, Stop> {
    let all = managed_policy::all(cx, input.scope.as_deref().unwrap_or("All"));
    let (policies, marker) = page::of(all, input.max_items, input.marker.as_deref());
    Ok(ListPoliciesResponse { policies, is_truncated: marker.is_some(), marker })
}
