//! GetContextKeysForCustomPolicy: which condition keys written policies refer to.

use crate::simulate::context_keys::{self, GetContextKeysForPolicyResponse};
use crate::simulate::evaluation::SourcePolicy;
use crate::simulate::request;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetContextKeysForCustomPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetContextKeysForCustomPolicyRequest {
    /// The policies.
    #[shape(item_length = 1..=131_072)]
    pub(crate) policy_input_list: Vec<String>,
}

/// Lists the condition keys that policies refer to.
#[operation(signed)]
pub(crate) fn get_context_keys_for_custom_policy(
    _cx: &mut Cx<'_>,
    input: GetContextKeysForCustomPolicyRequest,
) -> Result<GetContextKeysForPolicyResponse, Stop> {
    let sent = request::sent("PolicyInputList", input.policy_input_list)?;
    let context_key_names = context_keys::of(sent.iter().map(SourcePolicy::document));
    Ok(GetContextKeysForPolicyResponse { context_key_names })
}
