//! ListPolicyVersions: lists the versions of a managed policy, without their documents.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::pagination::page;
use crate::policy::managed_policy;
use crate::policy::policy_version::PolicyVersion;
use crate::shapes::{ArnType, MarkerType, MaxItemsType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPolicyVersionsRequest {
    policy_arn: ArnType,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPolicyVersionsResponse {
    versions: Vec<PolicyVersion>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the versions of a managed policy, the newest first.
#[operation(signed, access = access::policy)]
pub(crate) fn list_policy_versions(
    cx: &mut Cx<'_>,
    input: ListPolicyVersionsRequest,
) -> Result<ListPolicyVersionsResponse, Stop> {
    let versions = managed_policy::find(&cx.world, &input.policy_arn)?.versions();
    let versions = versions.into_iter().map(PolicyVersion::without_document).collect();
    let (versions, marker) = page(versions, input.max_items, input.marker)?;
    Ok(ListPolicyVersionsResponse { versions, is_truncated: marker.is_some(), marker })
}
