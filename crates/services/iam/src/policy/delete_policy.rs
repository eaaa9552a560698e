//! DeletePolicy: removes a managed policy that is attached to nobody.

use crate::access;
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeletePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeletePolicyRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
}

/// Removes a managed policy that is attached to nobody.
#[operation(signed, access = access::policy)]
pub(crate) fn delete_policy(cx: &mut Cx<'_>, input: DeletePolicyRequest) -> Result<(), Stop> {
    managed_policy::delete(cx, &input.policy_arn)
}
