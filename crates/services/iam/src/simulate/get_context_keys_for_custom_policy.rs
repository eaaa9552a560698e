//! GetContextKeysForCustomPolicy: returns the condition keys that policies of the request refer to.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::shapes::PolicyDocumentType;
use crate::simulate::context_keys::{self, GetContextKeysForPolicyResponse};
use crate::simulate::source_policy::SourcePolicy;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetContextKeysForCustomPolicyRequest {
    policy_input_list: Vec<PolicyDocumentType>,
}

/// Returns the condition keys that policies of the request refer to.
#[operation(signed)]
pub(crate) fn get_context_keys_for_custom_policy(
    _cx: &mut Cx<'_>,
    input: GetContextKeysForCustomPolicyRequest,
) -> Result<GetContextKeysForPolicyResponse, Stop> {
    let policies = SourcePolicy::list("PolicyInputList", input.policy_input_list)?;
    let context_key_names = context_keys::of(policies.iter().map(SourcePolicy::document));
    Ok(GetContextKeysForPolicyResponse { context_key_names })
}
