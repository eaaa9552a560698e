//! ListAttachedUserPolicies: lists the managed policies of a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::page;
use crate::policy::managed_policy::AttachedPolicy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListAttachedUserPolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedUserPoliciesRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListAttachedUserPolicies.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAttachedUserPoliciesResponse {
    /// Name and ARN of each.
    pub(crate) attached_policies: Vec<AttachedPolicy>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Lists the managed policies of a user.
#[operation(signed, access = access::user)]
pub(crate) fn list_attached_user_policies(
    cx: &mut Cx<'_>,
    input: ListAttachedUserPoliciesRequest,
) -> Result<ListAttachedUserPoliciesResponse, Stop> {
    let entity = entity::find(cx, EntityType::User, &input.user_name)?;
    let all = entity.attached.iter().map(|arn| AttachedPolicy::of(arn)).collect();
    let (attached_policies, marker) = page::of(all, input.max_items, input.marker.as_deref());
    Ok(ListAttachedUserPoliciesResponse {
        attached_policies,
        is_truncated: marker.is_some(),
        marker,
    })
}
