//! CreatePolicyVersion: adds a version to a customer managed policy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::document;
use crate::policy::customer_managed_policy;
use crate::policy::policy_version::PolicyVersion;
use crate::shapes::{ArnType, PolicyDocumentType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyVersionRequest {
    policy_arn: ArnType,
    policy_document: PolicyDocumentType,
    #[shape(optional)]
    set_as_default: bool,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyVersionResponse {
    policy_version: PolicyVersion,
}

/// Adds a version to a customer managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn create_policy_version(
    cx: &mut Cx<'_>,
    input: CreatePolicyVersionRequest,
) -> Result<CreatePolicyVersionResponse, Stop> {
    let mut policy = customer_managed_policy::find(&cx.world, &input.policy_arn)?;
    document::check_managed_policy(&input.policy_document)?;
    let version =
        policy.add_version(input.policy_document.into_inner(), cx.now, input.set_as_default)?;
    cx.world.put(&policy);
    let policy_version = PolicyVersion::of(&policy, &version).without_document();
    Ok(CreatePolicyVersionResponse { policy_version })
}
