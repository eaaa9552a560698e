//! One simulation: policies, a caller and what it is to be judged on.

use cognitab_policy::ladder::{RungState, StatementTrace};
use cognitab_policy::{
    Context, Decision, Document, Effect, Element, Kind, MalformedPolicy, NamedPolicy, Policies,
    PolicyKind, Principal, PrincipalPattern, Principals, Reason, Request, evaluate, is_allowed,
};

use crate::error::Error;
use crate::simulate::context_keys;
use crate::simulate::response::{EvalDecision, MatchedStatement, Position};

/// A policy of a simulation.
#[derive(Clone, Debug)]
pub(crate) struct SourcePolicy {
    /// How IAM names it in its answer.
    pub(crate) id: String,
    /// Where it comes from.
    pub(crate) origin: PolicyOrigin,
    text: String,
    document: Document,
}

/// Where a policy of a simulation comes from.
#[derive(Clone, Debug)]
pub(crate) enum PolicyOrigin {
    /// It stands in a user or a role.
    Inline {
        /// `user` or `role`.
        kind: &'static str,
        /// Name of the user or role.
        holder: String,
        /// Name of the policy.
        policy: String,
    },
    /// It is attached; its ARN.
    Managed(String),
    /// It bounds a user or a role.
    Boundary,
    /// It came with the request.
    Input,
}

impl SourcePolicy {
    /// A policy that IAM has saved.
    pub(crate) fn saved(id: String, origin: PolicyOrigin, text: &str) -> Option<SourcePolicy> {
        let document = Document::parse(text).ok()?;
        Some(SourcePolicy { id, origin, text: text.to_owned(), document })
    }

    /// A policy that came with the request.
    pub(crate) fn sent(id: String, text: String, kind: Kind) -> Result<SourcePolicy, Error> {
        let wrong = |fault: MalformedPolicy| Error::InvalidInput(fault.message);
        let document = Document::read(&text, kind).map_err(wrong)?;
        Ok(SourcePolicy { id, origin: PolicyOrigin::Input, text, document })
    }

    /// The document.
    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    /// Whether a statement of it speaks of this resource, whoever does whatever.
    pub(crate) fn speaks_of(&self, resource: &str, context: &Context) -> bool {
        let mut document = self.document.clone();
        for statement in &mut document.statements {
            let everyone = vec![PrincipalPattern::Everyone];
            statement.effect = Effect::Allow;
            statement.principal = Some(Principals { not: false, values: everyone });
            statement.action = Some(Element { not: true, values: Vec::new() });
            statement.conditions.clear();
        }
        let policies = Policies {
            resource: Some(NamedPolicy::new(&self.id, &document)),
            ..Policies::default()
        };
        let (principal, action, resource_account) = (&Principal::Anonymous, "", "");
        is_allowed(&policies, &Request { principal, action, resource, resource_account, context })
    }

    fn named(&self) -> NamedPolicy<'_> {
        NamedPolicy::new(&self.id, &self.document)
    }

    /// IAM takes a statement to begin behind the bracket or the statement before it, and to end
    /// behind its own bracket.
    fn span(&self, index: usize) -> (Position, Position) {
        let list = self.document.source().get("Statement").is_some_and(serde_json::Value::is_array);
        let path =
            |index| if list { format!("/Statement/{index}") } else { "/Statement".to_owned() };
        let span = |path: &str| cognitab_policy::source_span(&self.text, path);
        let start = match index.checked_sub(1) {
            Some(before) => position(span(&path(before)).1, 0),
            None => position(span("/Statement").0, 1),
        };
        (start, position(span(&path(index)).1, 0))
    }
}

fn position(at: cognitab_policy::Position, right: usize) -> Position {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Position { line: number(at.line), column: number(at.column + right) }
}

/// Everything that the answer hangs on, but for action and resource.
#[derive(Clone, Debug)]
pub(crate) struct Evaluation {
    /// Who asks.
    pub(crate) caller: Principal,
    /// Policies of the user or role.
    pub(crate) identity: Vec<SourcePolicy>,
    /// Its permissions boundary.
    pub(crate) boundary: Option<SourcePolicy>,
    /// The policy of every resource.
    pub(crate) resource: Option<SourcePolicy>,
    /// Service control policies, level by level.
    pub(crate) organization: Vec<Vec<SourcePolicy>>,
    /// Condition keys.
    pub(crate) context: Context,
    /// The account of resources whose ARN names none.
    pub(crate) owner: String,
}

/// What became of one action on one resource.
pub(crate) struct ResourceEvaluation {
    /// The verdict.
    pub(crate) decision: EvalDecision,
    /// Statements that decided.
    pub(crate) matched: Vec<MatchedStatement>,
    /// Keys that policies refer to and nobody gave.
    pub(crate) missing: Vec<String>,
    /// What the boundary says.
    pub(crate) boundary: Option<bool>,
    /// What the control policies say.
    pub(crate) organization: Option<bool>,
    /// Across accounts: what each type of policy says.
    pub(crate) details: Option<Vec<(&'static str, EvalDecision)>>,
}

impl Evaluation {
    /// Judges one action on one resource. A role's trust policy stands in where a role is assumed.
    pub(crate) fn judge(
        &self,
        action: &str,
        resource: &str,
        trust: Option<&SourcePolicy>,
    ) -> ResourceEvaluation {
        let token = self.token(action);
        let account = resource.split(':').nth(4).filter(|account| !account.is_empty());
        let request = Request {
            principal: token.as_ref().filter(|_| trust.is_some()).unwrap_or(&self.caller),
            action,
            resource,
            resource_account: account.unwrap_or(&self.owner),
            context: &self.context,
        };
        let attached = trust.or(self.resource.as_ref());
        let policies = self.policies(attached, trust.is_some());
        let decision = evaluate(&policies, &request);
        let allows = |level: &Vec<NamedPolicy<'_>>| alone(level, &request) == EvalDecision::Allowed;
        let organization = (!policies.scp.is_empty()).then(|| policies.scp.iter().all(allows));
        let boundary = policies.boundary.as_ref().map(|one| alone(&[*one], &request));
        let foreign = self.caller.account().is_some_and(|own| own != request.resource_account);
        let details = (foreign && organization != Some(false)).then(|| {
            let types = [
                ("IAM Policy", Some(alone(&policies.identity, &request))),
                ("Permissions Boundary Policy", boundary),
                ("Resource Policy", attached.map(|_| by_resource(&policies, &request))),
            ];
            types.into_iter().filter_map(|(name, said)| Some((name, said?))).collect()
        });
        ResourceEvaluation {
            decision: verdict(&decision.reason),
            matched: self.matched(&decision, attached),
            missing: self.missing(attached),
            boundary: boundary.map(|said| said == EvalDecision::Allowed),
            organization,
            details,
        }
    }

    fn policies<'a>(
        &'a self,
        attached: Option<&'a SourcePolicy>,
        must_allow: bool,
    ) -> Policies<'a> {
        let named = |list: &'a Vec<SourcePolicy>| list.iter().map(SourcePolicy::named).collect();
        Policies {
            identity: named(&self.identity),
            boundary: self.boundary.as_ref().map(SourcePolicy::named),
            resource: attached.map(SourcePolicy::named),
            resource_must_allow: must_allow,
            scp: self.organization.iter().map(named).collect(),
            ..Policies::default()
        }
    }

    /// Who comes with a token has no policies yet: only its provider is known.
    fn token(&self, action: &str) -> Option<Principal> {
        let provider = self.context.values("aws:FederatedProvider").first()?.clone();
        match action.to_ascii_lowercase().as_str() {
            "sts:assumerolewithwebidentity" => Some(Principal::WebIdentity { provider }),
            "sts:assumerolewithsaml" => Some(Principal::Saml { provider }),
            _ => None,
        }
    }

    fn every<'a>(
        &'a self,
        attached: Option<&'a SourcePolicy>,
    ) -> impl Iterator<Item = &'a SourcePolicy> {
        let own = self.identity.iter().chain(&self.boundary).chain(attached);
        own.chain(self.organization.iter().flatten())
    }

    /// The statements that decided: those that allow, or those that deny, or none.
    fn matched(
        &self,
        decision: &Decision,
        attached: Option<&SourcePolicy>,
    ) -> Vec<MatchedStatement> {
        let wanted = match decision.reason {
            Reason::Allowed => RungState::Passed,
            Reason::ExplicitDeny { .. } => RungState::Denied,
            Reason::ImplicitDeny { .. } => return Vec::new(),
        };
        let rungs = decision.ladder.iter().filter(|rung| rung.state == wanted);
        let traces = rungs.flat_map(|rung| &rung.statements).filter(|trace| trace.matched);
        let write = |trace: &StatementTrace| {
            let source = self.every(attached).find(|source| source.id == trace.policy)?;
            let (start_position, end_position) = source.span(trace.index);
            let resource = attached.is_some_and(|one| one.id == source.id);
            let kind = if resource { "Resource Policy" } else { "IAM Policy" };
            Some(MatchedStatement {
                source_policy_id: source.id.clone(),
                source_policy_type: kind.to_owned(),
                start_position,
                end_position,
            })
        };
        traces.filter_map(write).collect()
    }

    fn missing(&self, attached: Option<&SourcePolicy>) -> Vec<String> {
        let mut keys = context_keys::of(self.every(attached).map(SourcePolicy::document));
        keys.retain(|key| self.context.values(key).is_empty());
        keys
    }
}

fn verdict(reason: &Reason) -> EvalDecision {
    match reason {
        Reason::Allowed => EvalDecision::Allowed,
        Reason::ExplicitDeny { .. } => EvalDecision::ExplicitDeny,
        Reason::ImplicitDeny { .. } => EvalDecision::ImplicitDeny,
    }
}

/// What policies of one type say by themselves.
fn alone(list: &[NamedPolicy<'_>], request: &Request<'_>) -> EvalDecision {
    let policies = Policies { identity: list.to_vec(), ..Policies::default() };
    verdict(&evaluate(&policies, &Request { resource_account: "", ..*request }).reason)
}

/// What the policy of the resource says by itself.
fn by_resource(policies: &Policies<'_>, request: &Request<'_>) -> EvalDecision {
    let policies =
        Policies { resource: policies.resource, resource_must_allow: true, ..Policies::default() };
    match evaluate(&policies, request).reason {
        Reason::ImplicitDeny { policy_kind: PolicyKind::Identity } => EvalDecision::Allowed,
        reason => verdict(&reason),
    }
}
