//! SimulatePrincipalPolicy: what the policies of a user or a role would allow.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use crate::access;
use crate::simulate::context_entry::ContextEntry;
use crate::simulate::policy_exclusion::PolicyIdentifier;
use crate::simulate::request::{self, SimulationRequest};
use crate::simulate::response::SimulatePolicyResponse;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of SimulatePrincipalPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulatePrincipalPolicyRequest {
    /// The user or role.
    #[shape(length = 20..=2048)]
    pub(crate) policy_source_arn: String,
    /// Further identity policies.
    #[shape(item_length = 1..=131_072)]
    pub(crate) policy_input_list: Option<Vec<String>>,
    /// A permissions boundary in place of its own.
    #[shape(item_length = 1..=131_072)]
    pub(crate) permissions_boundary_policy_input_list: Option<Vec<String>>,
    /// Policies of its own to leave out.
    #[shape(length = 0..=256)]
    pub(crate) policy_exclusion_list: Option<Vec<PolicyIdentifier>>,
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
    /// Who asks; the user or role itself without it.
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

/// Judges the policies of a user or a role.
#[operation(signed, access = access::source)]
pub(crate) fn simulate_principal_policy(
    cx: &mut Cx<'_>,
    input: SimulatePrincipalPolicyRequest,
) -> Result<SimulatePolicyResponse, Stop> {
    let mut held = request::held(cx, &input.policy_source_arn)?;
    for excluded in input.policy_exclusion_list.iter().flatten() {
        excluded.check()?;
        held.identity.retain(|source| !excluded.names(source));
        held.boundary = held.boundary.filter(|source| !excluded.names(source));
    }
    let asked = SimulationRequest {
        policies: input.policy_input_list.unwrap_or_default(),
        boundaries: input.permissions_boundary_policy_input_list.unwrap_or_default(),
        organization: Vec::new(),
        actions: input.action_names,
        resources: input.resource_arns.unwrap_or_default(),
        resource_policy: input.resource_policy,
        resource_owner: input.resource_owner,
        caller: input.caller_arn.or(Some(input.policy_source_arn)),
        context: input.context_entries.unwrap_or_default(),
        handling: input.resource_handling_option,
        max_items: input.max_items,
        marker: input.marker,
    };
    request::run(cx, asked, held)
}
