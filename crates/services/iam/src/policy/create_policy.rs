//! CreatePolicy: makes a managed policy.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::document;
use crate::error::Error;
use crate::policy::managed_policy::{ManagedPolicy, Policy};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;

/// Input of CreatePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyRequest {
    /// Its name.
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    pub(crate) policy_name: String,
    /// Path, with slashes at both ends.
    #[shape(length = 1..=512)]
    pub(crate) path: Option<String>,
    /// The document, JSON text.
    #[shape(length = 1..=131_072)]
    pub(crate) policy_document: String,
    /// A description.
    #[shape(length = 0..=1000)]
    pub(crate) description: Option<String>,
}

/// Output of CreatePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreatePolicyResponse {
    /// The new policy.
    pub(crate) policy: Policy,
}

/// Makes a managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn create_policy(
    cx: &mut Cx<'_>,
    input: CreatePolicyRequest,
) -> Result<CreatePolicyResponse, Stop> {
    document::check_managed(&input.policy_document)?;
    let mut policy = ManagedPolicy {
        account: cx.call.account.clone(),
        path: input.path.unwrap_or_else(|| "/".to_owned()),
        id: format!("ANPA{}", cx.random.base32(17)),
        created: Timestamp(cx.now),
        name: input.policy_name,
        versions: Vec::new(),
        default: 0,
        latest: 0,
        description: input.description,
    };
    if cx.world.has::<ManagedPolicy>(&policy.key()) {
        return Err(Error::PolicyAlreadyExists(policy.name).into());
    }
    policy.add_version(input.policy_document, cx.now, true)?;
    cx.world.put(&policy);
    Ok(CreatePolicyResponse { policy: Policy::of(&policy) })
}
