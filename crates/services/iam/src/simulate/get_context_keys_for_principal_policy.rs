//! GetContextKeysForPrincipalPolicy: returns the condition keys that the policies of a user or role
//! refer to.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::shapes::{ArnType, PolicyDocumentType};
use crate::simulate::context_keys::{self, GetContextKeysForPolicyResponse};
use crate::simulate::principal_policies;
use crate::simulate::source_policy::SourcePolicy;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetContextKeysForPrincipalPolicyRequest {
    /// A user or role.
    policy_source_arn: ArnType,
    /// Policies in addition to its own.
    policy_input_list: Option<Vec<PolicyDocumentType>>,
}

/// Returns the condition keys that the policies of a user or role refer to.
#[operation(signed, access = access::policy_source)]
pub(crate) fn get_context_keys_for_principal_policy(
    cx: &mut Cx<'_>,
    input: GetContextKeysForPrincipalPolicyRequest,
) -> Result<GetContextKeysForPolicyResponse, Stop> {
    let mut policies = principal_policies::find(cx, &input.policy_source_arn)?.identity;
    let further = input.policy_input_list.unwrap_or_default();
    policies.extend(SourcePolicy::list("PolicyInputList", further)?);
    let context_key_names = context_keys::of(policies.iter().map(SourcePolicy::document));
    Ok(GetContextKeysForPolicyResponse { context_key_names })
}
