//! CreatePolicyVersion: writes a managed policy anew.

use crate::access;
use crate::document;
use crate::policy::managed_policy;
use crate::policy::version::PolicyVersion;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of CreatePolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyVersionRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
    /// The document, JSON text.
    #[shape(length = 1..=131_072)]
    pub(crate) policy_document: String,
    /// Whether it takes effect at once.
    #[shape(optional)]
    pub(crate) set_as_default: bool,
}

/// Output of CreatePolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyVersionResponse {
    /// The new version.
    pub(crate) policy_version: PolicyVersion,
}

/// Writes a managed policy anew.
#[operation(signed, access = access::policy)]
pub(crate) fn create_policy_version(
    cx: &mut Cx<'_>,
    input: CreatePolicyVersionRequest,
) -> Result<CreatePolicyVersionResponse, Stop> {
    let mut policy = managed_policy::find(cx, &input.policy_arn)?;
    document::check_managed(&input.policy_document)?;
    let version = policy.add_version(input.policy_document, cx.now, input.set_as_default)?.clone();
    cx.world.put(&policy);
    Ok(CreatePolicyVersionResponse {
        policy_version: PolicyVersion::of(&policy, &version).listed(),
    })
}
