//! GetPolicyVersion: reads the document of a managed policy.

use crate::access;
use crate::error::Error;
use crate::policy::managed_policy;
use crate::policy::version::PolicyVersion;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetPolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyVersionRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
    /// The version, `v1`.
    #[shape(pattern = r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
    pub(crate) version_id: String,
}

/// Output of GetPolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyVersionResponse {
    /// The version.
    pub(crate) policy_version: PolicyVersion,
}

/// Reads the document of a managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn get_policy_version(
    cx: &mut Cx<'_>,
    input: GetPolicyVersionRequest,
) -> Result<GetPolicyVersionResponse, Stop> {
    let all = managed_policy::versions(&cx.world, &input.policy_arn);
    let all = all.ok_or_else(|| Error::PolicyNotFound(input.policy_arn.clone()))?;
    let found = all.into_iter().find(|one| one.version_id == input.version_id);
    let policy_version =
        found.ok_or(Error::PolicyVersionNotFound(input.policy_arn, input.version_id))?;
    Ok(GetPolicyVersionResponse { policy_version })
}
