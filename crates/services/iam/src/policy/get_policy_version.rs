//! GetPolicyVersion: returns a version of a managed policy, with its document.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::policy::managed_policy;
use crate::policy::policy_version::PolicyVersion;
use crate::shapes::{ArnType, PolicyVersionIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyVersionRequest {
    policy_arn: ArnType,
    version_id: PolicyVersionIdType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyVersionResponse {
    policy_version: PolicyVersion,
}

/// Returns a version of a managed policy, with its document.
#[operation(signed, access = access::policy)]
pub(crate) fn get_policy_version(
    cx: &mut Cx<'_>,
    input: GetPolicyVersionRequest,
) -> Result<GetPolicyVersionResponse, Stop> {
    let versions = managed_policy::find(&cx.world, &input.policy_arn)?.versions();
    let version = versions.into_iter().find(|version| version.version_id == *input.version_id);
    let policy_version = version.ok_or_else(|| {
        Error::PolicyVersionNotFound(input.policy_arn.into_inner(), input.version_id.into_inner())
    })?;
    Ok(GetPolicyVersionResponse { policy_version })
}
