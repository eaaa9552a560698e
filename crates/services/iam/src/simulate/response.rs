//! What a simulation answers, in IAM's shapes.

use std::collections::BTreeMap;

use cognitab_macros::Shape;

/// Output of SimulateCustomPolicy and SimulatePrincipalPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulatePolicyResponse {
    /// One for each action.
    pub(crate) evaluation_results: Vec<EvaluationResult>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// What became of one action on all resources together.
#[derive(Clone, Debug, Shape)]
pub(crate) struct EvaluationResult {
    pub(crate) eval_action_name: String,
    pub(crate) eval_resource_name: Option<String>,
    pub(crate) eval_decision: EvalDecision,
    pub(crate) matched_statements: Vec<MatchedStatement>,
    pub(crate) missing_context_values: Vec<String>,
    pub(crate) organizations_decision_detail: Option<OrganizationsDecisionDetail>,
    pub(crate) permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    pub(crate) eval_decision_details: Option<BTreeMap<String, String>>,
    pub(crate) resource_specific_results: Option<Vec<ResourceSpecificResult>>,
}

/// What became of one action on one resource.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ResourceSpecificResult {
    pub(crate) eval_resource_name: String,
    pub(crate) eval_resource_decision: EvalDecision,
    pub(crate) matched_statements: Vec<MatchedStatement>,
    pub(crate) missing_context_values: Vec<String>,
    pub(crate) eval_decision_details: Option<BTreeMap<String, String>>,
    pub(crate) permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
}

/// The verdict; of several the last of this order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
pub(crate) enum EvalDecision {
    /// Everything that is asked allows it.
    #[shape(name = "allowed")]
    Allowed,
    /// Nothing allows it.
    #[shape(name = "implicitDeny")]
    ImplicitDeny,
    /// A statement denies it.
    #[shape(name = "explicitDeny")]
    ExplicitDeny,
}

/// A statement that decided.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
pub(crate) struct MatchedStatement {
    pub(crate) source_policy_id: String,
    pub(crate) source_policy_type: String,
    pub(crate) start_position: Position,
    pub(crate) end_position: Position,
}

/// A place in the text of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) struct Position {
    pub(crate) line: i64,
    pub(crate) column: i64,
}

/// What the control policies say.
#[derive(Clone, Copy, Debug, Shape)]
pub(crate) struct OrganizationsDecisionDetail {
    pub(crate) allowed_by_organizations: bool,
}

/// What the permissions boundary says.
#[derive(Clone, Copy, Debug, Shape)]
pub(crate) struct PermissionsBoundaryDecisionDetail {
    pub(crate) allowed_by_permissions_boundary: bool,
}
