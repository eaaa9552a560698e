//! SimulateCustomPolicy: simulates policies that are attached to nobody.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::shapes::{
    ActionNameType, MarkerType, MaxItemsType, PolicyDocumentType, ResourceHandlingOptionType,
    ResourceNameType,
};
use crate::simulate::context_entry::ContextEntry;
use crate::simulate::principal_policies::PrincipalPolicies;
use crate::simulate::request::SimulationRequest;
use crate::simulate::response::SimulatePolicyResponse;

#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulateCustomPolicyRequest {
    policy_input_list: Vec<PolicyDocumentType>,
    permissions_boundary_policy_input_list: Option<Vec<PolicyDocumentType>>,
    /// From the root of the organization down.
    ordered_organization_policy_input_list: Option<OrganizationPolicyListType>,
    action_names: Vec<ActionNameType>,
    /// By default `*`.
    resource_arns: Option<Vec<ResourceNameType>>,
    resource_policy: Option<PolicyDocumentType>,
    resource_owner: Option<ResourceNameType>,
    caller_arn: Option<ResourceNameType>,
    context_entries: Option<Vec<ContextEntry>>,
    resource_handling_option: Option<ResourceHandlingOptionType>,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
#[shape(length = ..=7)]
pub(crate) struct OrganizationPolicyListType(Vec<OrderedOrganizationPolicyType>);

/// The service control policies of one level of an organization.
#[derive(Clone, Debug, Shape)]
pub(crate) struct OrderedOrganizationPolicyType {
    service_control_policy_input_list: Option<Vec<PolicyDocumentType>>,
}

/// Simulates policies that are attached to nobody.
#[operation(signed)]
pub(crate) fn simulate_custom_policy(
    cx: &mut Cx<'_>,
    input: SimulateCustomPolicyRequest,
) -> Result<SimulatePolicyResponse, Stop> {
    let levels = input.ordered_organization_policy_input_list;
    let levels = levels.into_iter().flat_map(OrganizationPolicyListType::into_inner);
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
