//! GetPolicy: describes a managed policy.

use crate::access;
use crate::error::Error;
use crate::policy::managed_policy::{self, Policy};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
}

/// Output of GetPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyResponse {
    /// The policy.
    pub(crate) policy: Policy,
}

/// Describes a managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn get_policy(
    cx: &mut Cx<'_>,
    input: GetPolicyRequest,
) -> Result<GetPolicyResponse, Stop> {
    let policy = managed_policy::view(&cx.world, &input.policy_arn);
    Ok(GetPolicyResponse { policy: policy.ok_or(Error::PolicyNotFound(input.policy_arn))? })
}
