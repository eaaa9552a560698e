//! SetDefaultPolicyVersion: puts another version of a managed policy into effect.

use crate::access;
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of SetDefaultPolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SetDefaultPolicyVersionRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
    /// The version.
    #[shape(pattern = r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
    pub(crate) version_id: String,
}

/// Puts another version of a managed policy into effect.
#[operation(signed, access = access::policy)]
pub(crate) fn set_default_policy_version(
    cx: &mut Cx<'_>,
    input: SetDefaultPolicyVersionRequest,
) -> Result<(), Stop> {
    let mut policy = managed_policy::find(cx, &input.policy_arn)?;
    policy.default = policy.version(&input.version_id)?.number;
    cx.world.put(&policy);
    Ok(())
}
