//! The evaluation of a simulation: its policies, caller and condition keys, applied to actions and
//! resources.

use cognitab_kernel::Cx;
use cognitab_policy::ladder::{RungState, StatementTrace};
use cognitab_policy::{
    Context, Decision, NamedPolicy, Policies, PolicyKind, Principal, Reason, Request, evaluate,
};
use cognitab_wire::arn::account_of;

use crate::role;
use crate::shapes::{ActionNameType, ResourceNameType};
use crate::simulate::context_keys;
use crate::simulate::response::{EvalDecision, MatchedStatement};
use crate::simulate::source_policy::{PolicyOrigin, SourcePolicy};

/// Everything that decisions depend on, except action and resource.
#[derive(Clone, Debug)]
pub(crate) struct Evaluation {
    pub(crate) caller: Principal,
    /// Identity-based policies.
    pub(crate) identity: Vec<SourcePolicy>,
    /// The permissions boundary.
    pub(crate) boundary: Option<SourcePolicy>,
    /// The resource-based policy of every resource.
    pub(crate) resource: Option<SourcePolicy>,
    /// Service control policies, from the root of the organization down.
    pub(crate) organization: Vec<Vec<SourcePolicy>>,
    /// Condition keys.
    pub(crate) context: Context,
    /// The account of resources whose ARN names none.
    pub(crate) resource_owner: String,
}

/// The result for one action on one resource.
#[derive(Debug)]
pub(crate) struct ResourceEvaluation {
    pub(crate) decision: EvalDecision,
    /// The statements that decided.
    pub(crate) matched_statements: Vec<MatchedStatement>,
    /// Condition keys that policies refer to and that have no value.
    pub(crate) missing_context_keys: Vec<String>,
    /// Whether the permissions boundary allows it, if there is one.
    pub(crate) allowed_by_boundary: Option<bool>,
    /// Whether the service control policies allow it, if there are any.
    pub(crate) allowed_by_organization: Option<bool>,
    /// The decision of each type of policy, if the resource is in another account.
    pub(crate) details: Option<Vec<(&'static str, EvalDecision)>>,
}

impl Evaluation {
    /// Evaluates an action on each of these resources. If the action is to assume a role of the
    /// caller's account, the role's trust policy is its resource-based policy, unless the request
    /// has one.
    pub(crate) fn evaluate(
        &self,
        cx: &Cx<'_>,
        action: &ActionNameType,
        resources: &[ResourceNameType],
    ) -> Vec<ResourceEvaluation> {
        let evaluate = |resource: &ResourceNameType| {
            let trust = trust_policy(cx, action, resource).filter(|_| self.resource.is_none());
            self.evaluate_one(action, resource, trust.as_ref())
        };
        resources.iter().map(evaluate).collect()
    }

    fn evaluate_one(
        &self,
        action: &str,
        resource: &str,
        trust: Option<&SourcePolicy>,
    ) -> ResourceEvaluation {
        let federated = self.federated_principal(action);
        let request = Request {
            principal: federated.as_ref().filter(|_| trust.is_some()).unwrap_or(&self.caller),
            action,
            resource,
            resource_account: account_of(resource).unwrap_or(&self.resource_owner),
            context: &self.context,
        };
        let attached = trust.or(self.resource.as_ref());
        let policies = self.policies(attached, trust.is_some());
        let decision = evaluate(&policies, &request);
        let allows = |level: &Vec<NamedPolicy<'_>>| {
            identity_decision(level, &request) == EvalDecision::Allowed
        };
        let organization = (!policies.scp.is_empty()).then(|| policies.scp.iter().all(allows));
        let boundary =
            policies.boundary.as_ref().map(|policy| identity_decision(&[*policy], &request));
        let cross_account =
            self.caller.account().is_some_and(|own| own != request.resource_account);
        let details = (cross_account && organization != Some(false)).then(|| {
            let decisions = [
                ("IAM Policy", Some(identity_decision(&policies.identity, &request))),
                ("Permissions Boundary Policy", boundary),
                ("Resource Policy", attached.map(|_| resource_decision(&policies, &request))),
            ];
            decisions.into_iter().filter_map(|(name, one)| Some((name, one?))).collect()
        });
        ResourceEvaluation {
            decision: eval_decision(&decision.reason),
            matched_statements: self.matched_statements(&decision, attached),
            missing_context_keys: self.missing_context_keys(attached),
            allowed_by_boundary: boundary.map(|decision| decision == EvalDecision::Allowed),
            allowed_by_organization: organization,
            details,
        }
    }

    fn policies<'a>(
        &'a self,
        resource: Option<&'a SourcePolicy>,
        resource_must_allow: bool,
    ) -> Policies<'a> {
        let named = |list: &'a Vec<SourcePolicy>| list.iter().map(SourcePolicy::named).collect();
        Policies {
            identity: named(&self.identity),
            boundary: self.boundary.as_ref().map(SourcePolicy::named),
            resource: resource.map(SourcePolicy::named),
            resource_must_allow,
            scp: self.organization.iter().map(named).collect(),
            ..Policies::default()
        }
    }

    /// The principal of an action that takes a token. It has no policies: only its provider is
    /// known.
    fn federated_principal(&self, action: &str) -> Option<Principal> {
        let provider = self.context.values("aws:FederatedProvider").first()?.clone();
        match action.to_ascii_lowercase().as_str() {
            "sts:assumerolewithwebidentity" => Some(Principal::WebIdentity { provider }),
            "sts:assumerolewithsaml" => Some(Principal::Saml { provider }),
            _ => None,
        }
    }

    /// All policies of the simulation.
    fn sources<'a>(
        &'a self,
        resource: Option<&'a SourcePolicy>,
    ) -> impl Iterator<Item = &'a SourcePolicy> {
        let identity = self.identity.iter().chain(&self.boundary);
        identity.chain(resource).chain(self.organization.iter().flatten())
    }

    /// The statements that decided: those that allow, those that deny, or none.
    fn matched_statements(
        &self,
        decision: &Decision,
        resource: Option<&SourcePolicy>,
    ) -> Vec<MatchedStatement> {
        let state = match decision.reason {
            Reason::Allowed => RungState::Passed,
            Reason::ExplicitDeny { .. } => RungState::Denied,
            Reason::ImplicitDeny { .. } => return Vec::new(),
        };
        let rungs = decision.ladder.iter().filter(|rung| rung.state == state);
        let traces = rungs.flat_map(|rung| &rung.statements).filter(|trace| trace.matched);
        let matched = |trace: &StatementTrace| {
            let source = self.sources(resource).find(|source| source.id == trace.policy)?;
            let (start_position, end_position) = source.positions(trace.index);
            let of_resource = resource.is_some_and(|policy| policy.id == source.id);
            let policy_type = if of_resource { "Resource Policy" } else { "IAM Policy" };
            Some(MatchedStatement {
                source_policy_id: source.id.clone(),
                source_policy_type: policy_type.to_owned(),
                start_position,
                end_position,
            })
        };
        traces.filter_map(matched).collect()
    }

    fn missing_context_keys(&self, resource: Option<&SourcePolicy>) -> Vec<String> {
        let mut keys = context_keys::of(self.sources(resource).map(SourcePolicy::document));
        keys.retain(|key| self.context.values(key).is_empty());
        keys
    }
}

/// The trust policy of the role that an action would assume, if it is in the caller's account.
fn trust_policy(cx: &Cx<'_>, action: &str, resource: &str) -> Option<SourcePolicy> {
    if !action.to_ascii_lowercase().starts_with("sts:assumerole") {
        return None;
    }
    let role = role::role(&cx.world, resource).filter(|role| role.account == cx.call.account)?;
    SourcePolicy::saved("ResourcePolicy".to_owned(), PolicyOrigin::Request, &role.trust)
}

fn eval_decision(reason: &Reason) -> EvalDecision {
    match reason {
        Reason::Allowed => EvalDecision::Allowed,
        Reason::ExplicitDeny { .. } => EvalDecision::ExplicitDeny,
        Reason::ImplicitDeny { .. } => EvalDecision::ImplicitDeny,
    }
}

/// The decision of these policies alone, as if they were the only identity-based ones.
fn identity_decision(policies: &[NamedPolicy<'_>], request: &Request<'_>) -> EvalDecision {
    let policies = Policies { identity: policies.to_vec(), ..Policies::default() };
    let request = Request { resource_account: "", ..*request };
    eval_decision(&evaluate(&policies, &request).reason)
}

/// The decision of the resource-based policy alone.
fn resource_decision(policies: &Policies<'_>, request: &Request<'_>) -> EvalDecision {
    let policies =
        Policies { resource: policies.resource, resource_must_allow: true, ..Policies::default() };
    match evaluate(&policies, request).reason {
        // It allows the account, which would then have to allow the caller.
        Reason::ImplicitDeny { policy_kind: PolicyKind::Identity } => EvalDecision::Allowed,
        reason => eval_decision(&reason),
    }
}
