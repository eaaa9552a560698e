//! GetContextKeysForPrincipalPolicy: which condition keys the policies of a user or role refer to.

use crate::access;
use crate::simulate::context_keys::{self, GetContextKeysForPolicyResponse};
use crate::simulate::evaluation::SourcePolicy;
use crate::simulate::request;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetContextKeysForPrincipalPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetContextKeysForPrincipalPolicyRequest {
    /// The user or role.
    #[shape(length = 20..=2048)]
    pub(crate) policy_source_arn: String,
    /// Further policies.
    #[shape(item_length = 1..=131_072)]
    pub(crate) policy_input_list: Option<Vec<String>>,
}

/// Lists the condition keys that the policies of a user or role refer to.
#[operation(signed, access = access::source)]
pub(crate) fn get_context_keys_for_principal_policy(
    cx: &mut Cx<'_>,
    input: GetContextKeysForPrincipalPolicyRequest,
) -> Result<GetContextKeysForPolicyResponse, Stop> {
    let held = request::held(cx, &input.policy_source_arn)?.identity;
    let sent = input.policy_input_list.unwrap_or_default();
    let sent = request::sent("PolicyInputList", sent)?;
    let documents = held.iter().chain(&sent).map(SourcePolicy::document);
    Ok(GetContextKeysForPolicyResponse { context_key_names: context_keys::of(documents) })
}
