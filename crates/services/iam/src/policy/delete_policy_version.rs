//! DeletePolicyVersion: deletes a version of a customer managed policy, except the default one.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::policy::customer_managed_policy;
use crate::shapes::{ArnType, PolicyVersionIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeletePolicyVersionRequest {
    policy_arn: ArnType,
    version_id: PolicyVersionIdType,
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
