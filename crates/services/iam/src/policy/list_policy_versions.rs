//! ListPolicyVersions: lists the versions of a managed policy, the newest first.

use crate::access;
use crate::error::Error;
use crate::page;
use crate::policy::managed_policy;
use crate::policy::version::PolicyVersion;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListPolicyVersions.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPolicyVersionsRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListPolicyVersions.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPolicyVersionsResponse {
    /// The versions, without their documents.
    pub(crate) versions: Vec<PolicyVersion>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Lists the versions of a managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn list_policy_versions(
    cx: &mut Cx<'_>,
    input: ListPolicyVersionsRequest,
) -> Result<ListPolicyVersionsResponse, Stop> {
    let all = managed_policy::versions(&cx.world, &input.policy_arn);
    let all = all.ok_or(Error::PolicyNotFound(input.policy_arn))?;
    let all = all.into_iter().map(PolicyVersion::listed).collect();
    let (versions, marker) = page::of(all, input.max_items, input.marker.as_deref());
    Ok(ListPolicyVersionsResponse { versions, is_truncated: marker.is_some(), marker })
}
