//! ListUserPolicies: names the inline policies of a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::page;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListUserPolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoliciesRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListUserPolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoliciesResponse {
    /// Names in order.
    pub(crate) policy_names: Vec<String>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Names the inline policies of a user.
#[operation(signed, access = access::user)]
pub(crate) fn list_user_policies(
    cx: &mut Cx<'_>,
    input: ListUserPoliciesRequest,
) -> Result<ListUserPoliciesResponse, Stop> {
    let entity = entity::find(cx, EntityType::User, &input.user_name)?;
    let names = entity.inline.into_keys().collect();
    let (policy_names, marker) = page::of(names, input.max_items, input.marker.as_deref());
    Ok(ListUserPoliciesResponse { policy_names, is_truncated: marker.is_some(), marker })
}
