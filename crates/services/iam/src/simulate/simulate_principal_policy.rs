//! SimulatePrincipalPolicy: simulates the policies of a user or role.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::shapes::{
    ActionNameType, ArnType, MarkerType, MaxItemsType, PolicyDocumentType,
    ResourceHandlingOptionType, ResourceNameType,
};
use crate::simulate::context_entry::ContextEntry;
use crate::simulate::policy_exclusion::PolicyExclusionsListType;
use crate::simulate::principal_policies;
use crate::simulate::request::SimulationRequest;
use crate::simulate::response::SimulatePolicyResponse;

#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulatePrincipalPolicyRequest {
    /// A user or role.
    policy_source_arn: ArnType,
    /// Policies in addition to its own.
    policy_input_list: Option<Vec<PolicyDocumentType>>,
    /// A permissions boundary in place of its own.
    permissions_boundary_policy_input_list: Option<Vec<PolicyDocumentType>>,
    /// Policies of its own that do not take part.
    policy_exclusion_list: Option<PolicyExclusionsListType>,
    action_names: Vec<ActionNameType>,
    /// By default `*`.
    resource_arns: Option<Vec<ResourceNameType>>,
    resource_policy: Option<PolicyDocumentType>,
    resource_owner: Option<ResourceNameType>,
    /// By default the user or role.
    caller_arn: Option<ResourceNameType>,
    context_entries: Option<Vec<ContextEntry>>,
    resource_handling_option: Option<ResourceHandlingOptionType>,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

/// Simulates the policies of a user or role.
#[operation(signed, access = access::policy_source)]
pub(crate) fn simulate_principal_policy(
    cx: &mut Cx<'_>,
    input: SimulatePrincipalPolicyRequest,
) -> Result<SimulatePolicyResponse, Stop> {
    let mut policies = principal_policies::find(cx, &input.policy_source_arn)?;
    for excluded in input.policy_exclusion_list.iter().flat_map(|list| list.iter()) {
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
        caller: input.caller_arn.or_else(|| Some(input.policy_source_arn.into_inner().into())),
        context: input.context_entries.unwrap_or_default(),
        resource_handling: input.resource_handling_option,
        max_items: input.max_items,
        marker: input.marker,
    };
    request.simulate(cx, policies)
}
