//! The answer of SimulateCustomPolicy and SimulatePrincipalPolicy.

use std::collections::BTreeMap;

use cognitab_macros::Shape;

use crate::shapes::{ActionNameType, ResourceNameType};
use crate::simulate::evaluation::ResourceEvaluation;

#[derive(Clone, Debug, Shape)]
pub(crate) struct SimulatePolicyResponse {
    /// One for each action.
    pub(crate) evaluation_results: Vec<EvaluationResult>,
    pub(crate) is_truncated: bool,
    pub(crate) marker: Option<String>,
}

/// The result for one action on all resources.
#[derive(Clone, Debug, Shape)]
pub(crate) struct EvaluationResult {
    eval_action_name: String,
    /// `*` if there are several.
    eval_resource_name: Option<String>,
    eval_decision: EvalDecision,
    matched_statements: Vec<MatchedStatement>,
    missing_context_values: Vec<String>,
    organizations_decision_detail: Option<OrganizationsDecisionDetail>,
    permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    eval_decision_details: Option<BTreeMap<String, String>>,
    resource_specific_results: Option<Vec<ResourceSpecificResult>>,
}

/// The result for one action on one resource.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ResourceSpecificResult {
    eval_resource_name: String,
    eval_resource_decision: EvalDecision,
    matched_statements: Vec<MatchedStatement>,
    missing_context_values: Vec<String>,
    eval_decision_details: Option<BTreeMap<String, String>>,
    permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
}

/// A decision, from the least to the most restrictive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "PolicyEvaluationDecisionType")]
pub(crate) enum EvalDecision {
    #[shape(name = "allowed")]
    Allowed,
    #[shape(name = "implicitDeny")]
    ImplicitDeny,
    #[shape(name = "explicitDeny")]
    ExplicitDeny,
}

/// A statement that decided.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "Statement")]
pub(crate) struct MatchedStatement {
    pub(crate) source_policy_id: String,
    pub(crate) source_policy_type: String,
    pub(crate) start_position: Position,
    pub(crate) end_position: Position,
}

/// A position in the text of a policy; both numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) struct Position {
    pub(crate) line: i64,
    pub(crate) column: i64,
}

#[derive(Clone, Copy, Debug, Shape)]
pub(crate) struct OrganizationsDecisionDetail {
    allowed_by_organizations: bool,
}

#[derive(Clone, Copy, Debug, Shape)]
pub(crate) struct PermissionsBoundaryDecisionDetail {
    allowed_by_permissions_boundary: bool,
}

impl EvaluationResult {
    /// The result for an action, from the evaluations for each of these resources. `*` alone is not
    /// a resource of its own: it has no resource-specific result.
    pub(crate) fn new(
        action: ActionNameType,
        resources: &[ResourceNameType],
        evaluations: Vec<ResourceEvaluation>,
    ) -> EvaluationResult {
        let specific = !matches!(resources, [one] if *one == "*");
        let (decision, matched_statements) = most_restrictive(&evaluations);
        let all_allow = |allowed: fn(&ResourceEvaluation) -> Option<bool>| {
            evaluations.iter().filter_map(allowed).reduce(|all, one| all && one)
        };
        let organization = all_allow(|one| one.allowed_by_organization);
        EvaluationResult {
            eval_resource_name: Some(match resources {
                [one] => one.to_string(),
                _ => "*".to_owned(),
            }),
            eval_decision: decision,
            matched_statements,
            missing_context_values: match evaluations.first() {
                Some(one) if !specific => one.missing_context_keys.clone(),
                _ => Vec::new(),
            },
            organizations_decision_detail: organization.map(OrganizationsDecisionDetail::new),
            permissions_boundary_decision_detail: all_allow(|one| one.allowed_by_boundary)
                .map(PermissionsBoundaryDecisionDetail::new),
            eval_decision_details: (specific && organization != Some(false))
                .then(|| decision_details(&evaluations)),
            resource_specific_results: specific.then(|| {
                let pairs = resources.iter().zip(evaluations);
                pairs.map(|(arn, one)| ResourceSpecificResult::new(arn.to_string(), one)).collect()
            }),
            eval_action_name: action.into_inner(),
        }
    }
}

impl ResourceSpecificResult {
    fn new(arn: String, evaluation: ResourceEvaluation) -> ResourceSpecificResult {
        let details = evaluation.details.is_some();
        ResourceSpecificResult {
            eval_resource_name: arn,
            eval_resource_decision: evaluation.decision,
            eval_decision_details: details
                .then(|| decision_details(std::slice::from_ref(&evaluation))),
            permissions_boundary_decision_detail: evaluation
                .allowed_by_boundary
                .map(PermissionsBoundaryDecisionDetail::new),
            matched_statements: evaluation.matched_statements,
            missing_context_values: evaluation.missing_context_keys,
        }
    }
}

impl OrganizationsDecisionDetail {
    fn new(allowed_by_organizations: bool) -> OrganizationsDecisionDetail {
        OrganizationsDecisionDetail { allowed_by_organizations }
    }
}

impl PermissionsBoundaryDecisionDetail {
    fn new(allowed_by_permissions_boundary: bool) -> PermissionsBoundaryDecisionDetail {
        PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary }
    }
}

/// The most restrictive decision, and the statements that decided so, each once.
fn most_restrictive(evaluations: &[ResourceEvaluation]) -> (EvalDecision, Vec<MatchedStatement>) {
    let decision = evaluations.iter().map(|one| one.decision).max();
    let decision = decision.unwrap_or(EvalDecision::ImplicitDeny);
    let deciding = evaluations.iter().filter(|one| one.decision == decision);
    let mut statements = Vec::new();
    for statement in deciding.flat_map(|one| &one.matched_statements) {
        if !statements.contains(statement) {
            statements.push(statement.clone());
        }
    }
    (decision, statements)
}

/// The most restrictive decision of each type of policy.
fn decision_details(evaluations: &[ResourceEvaluation]) -> BTreeMap<String, String> {
    let mut decisions: BTreeMap<&str, EvalDecision> = BTreeMap::new();
    for (policy_type, decision) in evaluations.iter().flat_map(|one| one.details.iter().flatten()) {
        let most = decisions.entry(policy_type).or_insert(*decision);
        *most = (*most).max(*decision);
    }
    let text = |(policy_type, decision): (&str, EvalDecision)| {
        (policy_type.to_owned(), decision.as_str().to_owned())
    };
    decisions.into_iter().map(text).collect()
}
