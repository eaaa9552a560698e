//! GetPolicy: describes a managed policy.

use super::access;
use super::error::Error;
use super::managed::{self, PolicyView};
use crate::cx::Cx;
use crate::fault::Fault;
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
    pub(crate) policy: PolicyView,
}

/// Describes a managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn get_policy(
    cx: &mut Cx<'_>,
    input: GetPolicyRequest,
) -> Result<GetPolicyResponse, Fault> {
    let policy = managed::view(&cx.world, &input.policy_arn);
    Ok(GetPolicyResponse { policy: policy.ok_or(Error::NoPolicy(input.policy_arn))? })
}
