//! CreatePolicy: creates a customer managed policy.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::arn;
use crate::document;
use crate::error::Error;
use crate::policy::Policy;
use crate::policy::customer_managed_policy::CustomerManagedPolicy;
use crate::shapes::{PolicyDescriptionType, PolicyDocumentType, PolicyNameType, PolicyPathType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyRequest {
    policy_name: PolicyNameType,
    path: Option<PolicyPathType>,
    policy_document: PolicyDocumentType,
    description: Option<PolicyDescriptionType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyResponse {
    policy: Policy,
}

/// Creates a customer managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn create_policy(
    cx: &mut Cx<'_>,
    input: CreatePolicyRequest,
) -> Result<CreatePolicyResponse, Stop> {
    document::check_managed_policy(&input.policy_document)?;
    let mut policy = CustomerManagedPolicy {
        partition: arn::partition(cx),
        account: cx.call.account.clone(),
        path: input.path.map_or_else(|| "/".to_owned(), PolicyPathType::into_inner),
        id: format!("ANPA{}", cx.random.base32(17)),
        created: Timestamp(cx.now),
        name: input.policy_name.into_inner(),
        versions: Vec::new(),
        default: 0,
        latest: 0,
        description: input.description.map(PolicyDescriptionType::into_inner),
    };
    if cx.world.has::<CustomerManagedPolicy>(&policy.key()) {
        return Err(Error::PolicyAlreadyExists(policy.name).into());
    }
    policy.add_version(input.policy_document.into_inner(), cx.now, true)?;
    cx.world.put(&policy);
    Ok(CreatePolicyResponse { policy: policy.into() })
}
