//! GetPolicy: returns a managed policy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::policy::{Policy, managed_policy};
use crate::shapes::ArnType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyRequest {
    policy_arn: ArnType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyResponse {
    policy: Policy,
}

/// Returns a managed policy, without its document.
#[operation(signed, access = access::policy)]
pub(crate) fn get_policy(
    cx: &mut Cx<'_>,
    input: GetPolicyRequest,
) -> Result<GetPolicyResponse, Stop> {
    let policy = managed_policy::find(&cx.world, &input.policy_arn)?;
    Ok(GetPolicyResponse { policy: policy.into() })
}
