//! DeletePolicyVersion: removes a version of a managed policy that is not in effect.

use crate::access;
use crate::error::Error;
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeletePolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeletePolicyVersionRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
    /// The version.
    #[shape(pattern = r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
    pub(crate) version_id: String,
}

/// Removes a version of a managed policy that is not in effect.
#[operation(signed, access = access::policy)]
pub(crate) fn delete_policy_version(
    cx: &mut Cx<'_>,
    input: DeletePolicyVersionRequest,
) -> Result<(), Stop> {
    let mut policy = managed_policy::find(cx, &input.policy_arn)?;
    let number = policy.version(&input.version_id)?.number;
    if number == policy.default {
        return Err(Error::PolicyVersionIsDefault.into());
    }
    policy.versions.retain(|one| one.number != number);
    cx.world.put(&policy);
    Ok(())
}
