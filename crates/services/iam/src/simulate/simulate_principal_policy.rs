//! SimulatePrincipalPolicy: simulates the policies of a user or role.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::simulate::context_entry::ContextEntry;
use crate::simulate::policy_exclusion::PolicyIdentifier;
use crate::simulate::principal_policies;
use crate::simulate::request::SimulationRequest;
use crate::simulate::response::SimulatePolicyResponse;

#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulatePrincipalPolicyRequest {
    /// A user or role.
    #[shape(length = 20..=2048)]
    policy_source_arn: String,
    /// Policies in addition to its own.
    #[shape(item_length = 1..=131_072)]
    policy_input_list: Option<Vec<String>>,
    /// A permissions boundary in place of its own.
    #[shape(item_length = 1..=131_072)]
    permissions_boundary_policy_input_list: Option<Vec<String>>,
    /// Policies of its own that do not take part.
    #[shape(length = 0..=256)]
    policy_exclusion_list: Option<Vec<PolicyIdentifier>>,
    #[shape(item_length = 3..=128)]
    action_names: Vec<String>,
    /// By default `*`.
    #[shape(item_length = 1..=2048)]
    resource_arns: Option<Vec<String>>,
    #[shape(length = 1..=131_072)]
    resource_policy: Option<String>,
    #[shape(length = 1..=2048)]
    resource_owner: Option<String>,
    /// By default the user or role.
    #[shape(length = 1..=2048)]
    caller_arn: Option<String>,
    context_entries: Option<Vec<ContextEntry>>,
    #[shape(length = 1..=64)]
    resource_handling_option: Option<String>,
    #[shape(range = 1..=1000)]
    max_items: Option<i64>,
    #[shape(length = 1..=320)]
    marker: Option<String>,
}

/// Simulates the policies of a user or role.
#[operation(signed, access = access::policy_source)]
pub(crate) fn simulate_principal_policy(
    cx: &mut Cx<'_>,
    input: SimulatePrincipalPolicyRequest,
) -> Result<SimulatePolicyResponse, Stop> {
    let mut policies = principal_policies::find(cx, &input.policy_source_arn)?;
    for excluded in input.policy_exclusion_list.iter().flatten() {
        excluded.check()?;
        policies.identity.retain(|policy| !excluded.matches(policy));
        policies.boundary = policies.boundary.filter(|policy| !excluded.matches(policy));
    }
    let request = SimulationRequest {
        policies: input.policy_input_list.unwrap_or_default(),
        boundaries: input.permissions_boundary_policy_input_list.unwrap_or_default(),
        organization: Vec::new(),
        actions: input.action_names,
        resources: input.resource_arns.unwrap_or_default(),
        resource_policy: input.resource_policy,
        resource_owner: input.resource_owner,
        caller: input.caller_arn.or(Some(input.policy_source_arn)),
        context: input.context_entries.unwrap_or_default(),
        resource_handling: input.resource_handling_option,
        max_items: input.max_items,
        marker: input.marker,
    };
    request.simulate(cx, policies)
}
