//! SetDefaultPolicyVersion: makes a version of a customer managed policy the default one.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::policy::customer_managed_policy;
use crate::shapes::{ArnType, PolicyVersionIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct SetDefaultPolicyVersionRequest {
    policy_arn: ArnType,
    version_id: PolicyVersionIdType,
}

/// Makes a version of a customer managed policy the default one: the one that takes effect.
#[operation(signed, access = access::policy)]
pub(crate) fn set_default_policy_version(
    cx: &mut Cx<'_>,
    input: SetDefaultPolicyVersionRequest,
) -> Result<(), Stop> {
    let mut policy = customer_managed_policy::find(&cx.world, &input.policy_arn)?;
    policy.default = policy.version(&input.version_id)?.number;
    cx.world.put(&policy);
    Ok(())
}
