//! SimulateCustomPolicy: simulates policies that are attached to nobody.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::simulate::context_entry::ContextEntry;
use crate::simulate::principal_policies::PrincipalPolicies;
use crate::simulate::request::SimulationRequest;
use crate::simulate::response::SimulatePolicyResponse;

#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulateCustomPolicyRequest {
    #[shape(item_length = 1..=131_072)]
    policy_input_list: Vec<String>,
    #[shape(item_length = 1..=131_072)]
    permissions_boundary_policy_input_list: Option<Vec<String>>,
    /// From the root of the organization down.
    #[shape(length = 0..=7)]
    ordered_organization_policy_input_list: Option<Vec<OrderedOrganizationPolicyType>>,
    #[shape(item_length = 3..=128)]
    action_names: Vec<String>,
    /// By default `*`.
    #[shape(item_length = 1..=2048)]
    resource_arns: Option<Vec<String>>,
    #[shape(length = 1..=131_072)]
    resource_policy: Option<String>,
    #[shape(length = 1..=2048)]
    resource_owner: Option<String>,
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

/// The service control policies of one level of an organization.
#[derive(Clone, Debug, Shape)]
pub(crate) struct OrderedOrganizationPolicyType {
    #[shape(item_length = 1..=131_072)]
    service_control_policy_input_list: Option<Vec<String>>,
}

/// Simulates policies that are attached to nobody.
#[operation(signed)]
pub(crate) fn simulate_custom_policy(
    cx: &mut Cx<'_>,
    input: SimulateCustomPolicyRequest,
) -> Result<SimulatePolicyResponse, Stop> {
    let levels = input.ordered_organization_policy_input_list.into_iter().flatten();
    let levels = levels.map(|level| level.service_control_policy_input_list.unwrap_or_default());
    let request = SimulationRequest {
        policies: input.policy_input_list,
        boundaries: input.permissions_boundary_policy_input_list.unwrap_or_default(),
        organization: levels.collect(),
        actions: input.action_names,
        resources: input.resource_arns.unwrap_or_default(),
        resource_policy: input.resource_policy,
        resource_owner: input.resource_owner,
        caller: input.caller_arn,
        context: input.context_entries.unwrap_or_default(),
        resource_handling: input.resource_handling_option,
        max_items: input.max_items,
        marker: input.marker,
    };
    request.simulate(cx, PrincipalPolicies::default())
}
