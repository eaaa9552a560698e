//! SimulateCustomPolicy: what policies would allow that nobody has yet.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

use crate::simulate::context_entry::ContextEntry;
use crate::simulate::request::{self, PrincipalPolicies, SimulationRequest};
use crate::simulate::response::SimulatePolicyResponse;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of SimulateCustomPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulateCustomPolicyRequest {
    /// Identity policies.
    #[shape(item_length = 1..=131_072)]
    pub(crate) policy_input_list: Vec<String>,
    /// One permissions boundary.
    #[shape(item_length = 1..=131_072)]
    pub(crate) permissions_boundary_policy_input_list: Option<Vec<String>>,
    /// Service control policies from the root of the organization down.
    #[shape(length = 0..=7)]
    pub(crate) ordered_organization_policy_input_list: Option<Vec<OrderedOrganizationPolicyType>>,
    /// What is to be judged.
    #[shape(item_length = 3..=128)]
    pub(crate) action_names: Vec<String>,
    /// On what; everything without it.
    #[shape(item_length = 1..=2048)]
    pub(crate) resource_arns: Option<Vec<String>>,
    /// The policy that every one of them has.
    #[shape(length = 1..=131_072)]
    pub(crate) resource_policy: Option<String>,
    /// Whose those are whose ARN names no account.
    #[shape(length = 1..=2048)]
    pub(crate) resource_owner: Option<String>,
    /// Who asks.
    #[shape(length = 1..=2048)]
    pub(crate) caller_arn: Option<String>,
    /// Condition keys.
    pub(crate) context_entries: Option<Vec<ContextEntry>>,
    /// The scenario of a launch.
    #[shape(length = 1..=64)]
    pub(crate) resource_handling_option: Option<String>,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    #[shape(length = 1..=320)]
    pub(crate) marker: Option<String>,
}

/// The service control policies of one level.
#[derive(Clone, Debug, Shape)]
pub(crate) struct OrderedOrganizationPolicyType {
    /// The documents.
    #[shape(item_length = 1..=131_072)]
    pub(crate) service_control_policy_input_list: Option<Vec<String>>,
}

/// Judges policies that are only written down.
#[operation(signed)]
pub(crate) fn simulate_custom_policy(
    cx: &mut Cx<'_>,
    input: SimulateCustomPolicyRequest,
) -> Result<SimulatePolicyResponse, Stop> {
    let levels = input.ordered_organization_policy_input_list.unwrap_or_default();
    let level = |one: OrderedOrganizationPolicyType| one.service_control_policy_input_list;
    let asked = SimulationRequest {
        policies: input.policy_input_list,
        boundaries: input.permissions_boundary_policy_input_list.unwrap_or_default(),
        organization: levels.into_iter().map(|one| level(one).unwrap_or_default()).collect(),
        actions: input.action_names,
        resources: input.resource_arns.unwrap_or_default(),
        resource_policy: input.resource_policy,
        resource_owner: input.resource_owner,
        caller: input.caller_arn,
        context: input.context_entries.unwrap_or_default(),
        handling: input.resource_handling_option,
        max_items: input.max_items,
        marker: input.marker,
    };
    request::run(cx, asked, PrincipalPolicies::default())
}
