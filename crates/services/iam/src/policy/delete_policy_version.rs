//! DeletePolicyVersion: deletes a version of a customer managed policy, except the default one.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::policy::customer_managed_policy;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeletePolicyVersionRequest {
    #[shape(length = 20..=2048)]
    policy_arn: String,
    #[shape(pattern = r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
    version_id: String,
}

/// Deletes a version of a customer managed policy, except the default one.
#[operation(signed, access = access::policy)]
pub(crate) fn delete_policy_version(
    cx: &mut Cx<'_>,
    input: DeletePolicyVersionRequest,
) -> Result<(), Stop> {
    let mut policy = customer_managed_policy::find(&cx.world, &input.policy_arn)?;
    let number = policy.version(&input.version_id)?.number;
    if number == policy.default {
        return Err(Error::PolicyVersionIsDefault.into());
    }
    policy.versions.retain(|version| version.number != number);
    cx.world.put(&policy);
    Ok(())
}
