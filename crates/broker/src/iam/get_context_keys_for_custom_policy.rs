//! GetContextKeysForCustomPolicy: which condition keys written policies refer to.

use super::access;
use super::context_keys::{self, GetContextKeysForPolicyResponse};
use super::simulate;
use super::simulation::Source;
use crate::cx::Cx;
use crate::fault::Fault;
use cognitab_macros::{Shape, operation};

/// Input of GetContextKeysForCustomPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetContextKeysForCustomPolicyRequest {
    /// The policies.
    #[shape(item_length = 1..=131_072)]
    pub(crate) policy_input_list: Vec<String>,
}

/// Lists the condition keys that policies refer to.
#[operation(signed, access = access::any)]
pub(crate) fn get_context_keys_for_custom_policy(
    _cx: &mut Cx<'_>,
    input: GetContextKeysForCustomPolicyRequest,
) -> Result<GetContextKeysForPolicyResponse, Fault> {
    let sent = simulate::sent("PolicyInputList", input.policy_input_list)?;
    let context_key_names = context_keys::of(sent.iter().map(Source::document));
    Ok(GetContextKeysForPolicyResponse { context_key_names })
}
