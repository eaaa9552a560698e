//! GetPolicyVersion: returns a version of a managed policy, with its document.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::policy::managed_policy;
use crate::policy::policy_version::PolicyVersion;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyVersionRequest {
    #[shape(length = 20..=2048)]
    policy_arn: String,
    #[shape(pattern = r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
    version_id: String,
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
    let version = versions.into_iter().find(|version| version.version_id == input.version_id);
    let policy_version =
        version.ok_or(Error::PolicyVersionNotFound(input.policy_arn, input.version_id))?;
    Ok(GetPolicyVersionResponse { policy_version })
}
