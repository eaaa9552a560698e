//! Evaluates trust policies: who can assume a role.

use crate::{
    context::Context,
    document::{Document, Effect, Statement},
    evaluate::Request,
    ladder::{Compare, Ladder, Rung, RungKind, RungState},
    matching::MatchInput,
    principal::{Grant, Principal},
};
use serde::{Deserialize, Serialize};

/// A request to assume a role.
#[derive(Clone, Copy, Debug)]
pub struct TrustRequest<'a> {
    /// The caller.
    pub principal: &'a Principal,
    /// The actions, all of which must be allowed: the one that assumes the role, and
    /// `sts:TagSession` if tags are passed.
    pub actions: &'a [&'a str],
    /// Condition keys: token claims, external ID, session tags.
    pub context: &'a Context,
    /// The account that owns the role.
    pub role_account: &'a str,
    /// The account of the identity pool that issued the token, if one did. A pool of another
    /// account is trusted only by statements that check the audience.
    pub pool_account: Option<&'a str>,
}

/// Whether a role trusts the caller, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrustDecision {
    /// Whether the trust policy allows the caller.
    pub allowed: bool,
    /// Whether an explicit deny applies.
    pub explicit_deny: bool,
    /// How the policy names the caller.
    pub grant: Option<Grant>,
    /// Whether the caller's identity-based policies must allow it too: the trust policy names only
    /// the account, or the caller belongs to another account.
    pub needs_identity: bool,
    /// The action that is not allowed, if one is not.
    pub missing: Option<String>,
    /// The reasoning, rung by rung.
    pub ladder: Ladder,
}

/// Evaluates a trust policy and explains the decision.
pub fn trust(document: &Document, request: &TrustRequest<'_>) -> TrustDecision {
    let mut grant = None;
    let mut nearest = None;
    for action in request.actions {
        let asking = request.asking(action);
        let input = MatchInput { request: &asking, has_boundary: false };
        let hit = |one: &&Statement| one.effect == Effect::Deny && one.principal.is_some();
        if document.statements.iter().filter(hit).any(|one| one.matches(input)) {
            return denied(document, input);
        }
        let found = nearest_statement(document, request, input);
        match found.as_ref().filter(|one| one.met()) {
            None => return refused(found, action),
            Some(one) => grant = Some(grant.map_or(one.grant, |g: Option<Grant>| g.min(one.grant))),
        }
        nearest = nearest.or(found);
    }
    let grant = grant.flatten();
    let away = request.principal.account().is_some_and(|account| account != request.role_account);
    let delegated = grant == Some(Grant::Account);
    TrustDecision {
        allowed: !request.actions.is_empty(),
        explicit_deny: false,
        grant,
        needs_identity: away || delegated,
        missing: None,
        ladder: nearest.map(|one| one.ladder("")).unwrap_or_default(),
    }
}

/// Evaluates a trust policy without the reasoning.
pub fn is_trusted(document: &Document, request: &TrustRequest<'_>) -> bool {
    let is_allowed = |action: &&str| {
        let asking = request.asking(action);
        let input = MatchInput { request: &asking, has_boundary: false };
        let has_match = |one: &Statement, effect| {
            one.effect == effect && one.principal.is_some() && one.matches(input)
        };
        let lets_in = |one: &Statement| {
            has_match(one, Effect::Allow) && !request.lacks_required_audience(one)
        };
        !document.statements.iter().any(|one| has_match(one, Effect::Deny))
            && document.statements.iter().any(lets_in)
    };
    !request.actions.is_empty() && request.actions.iter().all(is_allowed)
}

impl TrustRequest<'_> {
    pub(crate) fn asking<'a>(&'a self, action: &'a str) -> Request<'a> {
        Request {
            principal: self.principal,
            action,
            resource: "",
            resource_account: self.role_account,
            context: self.context,
        }
    }

    /// Whether a statement must check the audience and does not.
    fn lacks_required_audience(&self, statement: &Statement) -> bool {
        let foreign = self.pool_account.is_some_and(|account| account != self.role_account);
        foreign && !statement.conditions.iter().any(|one| one.lower_key() == AUDIENCE)
    }
}

const AUDIENCE: &str = "cognito-identity.amazonaws.com:aud";

/// How far a statement matches an action.
pub(crate) struct StatementMatch {
    pub(crate) index: usize,
    pub(crate) grant: Option<Grant>,
    pub(crate) acts: bool,
    title: String,
    trace: crate::ladder::StatementTrace,
}

impl StatementMatch {
    fn conditions(&self) -> impl Iterator<Item = &Compare> {
        let element = |one: &&Compare| !["Principal", "Action"].contains(&one.subject.as_str());
        self.trace.compare.iter().filter(element).filter(|one| one.subject != "NotAction")
    }

    fn unmet(&self) -> usize {
        self.conditions().filter(|one| !one.met).count()
    }

    fn met(&self) -> bool {
        self.grant.is_some() && self.acts && self.unmet() == 0
    }

    fn ladder(self, action: &str) -> Ladder {
        let part = |name: &str| {
            let found = self.trace.compare.iter().filter(|one| one.subject.ends_with(name));
            found.cloned().collect::<Vec<_>>()
        };
        let conditions: Vec<Compare> = self.conditions().cloned().collect();
        let (principal, actions) = (part("Principal"), part("Action"));
        let mut ladder = Ladder::new();
        push_rung(&mut ladder, RungKind::TrustPrincipal, self.grant.is_some(), principal, || {
            match self.grant {
                Some(Grant::Account) => format!("{} names the caller's account", self.title),
                Some(_) => format!("{} names the caller", self.title),
                None => "no statement names the caller".to_owned(),
            }
        });
        push_rung(&mut ladder, RungKind::TrustAction, self.acts, actions, || match self.acts {
            true => format!("{} allows the action", self.title),
            false => format!("no statement for this caller allows {action}"),
        });
        let note = condition_note(&conditions);
        if conditions.is_empty() && ladder.iter().all(|one| one.state == RungState::Passed) {
            ladder.push(Rung::not_applicable(RungKind::TrustCondition, note));
        } else {
            let met = self.unmet() == 0;
            push_rung(&mut ladder, RungKind::TrustCondition, met, conditions, || note);
        }
        if let Some(last) = ladder.iter_mut().rfind(|one| one.state != RungState::NotReached) {
            last.statements.push(self.trace);
        }
        ladder
    }
}

/// Adds a rung, unless an earlier one stopped the request.
fn push_rung(
    ladder: &mut Ladder,
    kind: RungKind,
    met: bool,
    compare: Vec<Compare>,
    note: impl FnOnce() -> String,
) {
    let stopped = ladder.iter().any(|one| one.state != RungState::Passed);
    let rung = match (stopped, met) {
        (true, _) => Rung::not_reached(kind),
        (false, true) => Rung::passed(kind, note()),
        (false, false) => Rung::refused(kind, note()),
    };
    ladder.push(rung.comparing(compare));
}

fn condition_note(conditions: &[Compare]) -> String {
    let unmet: Vec<&str> =
        conditions.iter().filter(|one| !one.met).map(|one| one.subject.as_str()).collect();
    match (conditions.len(), unmet.as_slice()) {
        (0, _) => "no conditions".to_owned(),
        (1, []) => "the condition is met".to_owned(),
        (_, []) => "all conditions are met".to_owned(),
        (1, [one]) => format!("the condition on {one} is not met"),
        (_, [one]) => format!("the condition on {one} is not met; all conditions must be met"),
        (_, several) => {
            format!(
                "the conditions on {} are not met; all conditions must be met",
                several.join(" and ")
            )
        }
    }
}

/// The statement that comes closest to allowing the action.
pub(crate) fn nearest_statement(
    document: &Document,
    request: &TrustRequest<'_>,
    input: MatchInput<'_>,
) -> Option<StatementMatch> {
    let compare = |(index, statement): (usize, &Statement)| {
        let mut trace = statement.trace("trust policy", index, input);
        if request.lacks_required_audience(statement) {
            let asked = request.context.get(AUDIENCE).to_vec();
            let (subject, operator) = (AUDIENCE.to_owned(), "StringEquals".to_owned());
            trace.compare.push(Compare {
                subject,
                operator,
                asked,
                wanted: Vec::new(),
                met: false,
            });
            trace.matched = false;
        }
        let grant = statement.principal_grant(input);
        let acts = statement.matches_action(input.request.action);
        StatementMatch { index, grant, acts, title: statement.title(index), trace }
    };
    document
        .statements
        .iter()
        .enumerate()
        .filter(|(_, one)| one.effect == Effect::Allow)
        .map(compare)
        .min_by_key(|one| {
            let grant = std::cmp::Reverse(one.grant);
            (one.grant.is_none(), !one.acts, one.unmet(), grant)
        })
}

fn refused(nearest: Option<StatementMatch>, action: &str) -> TrustDecision {
    let ladder = match nearest {
        Some(nearest) => nearest.ladder(action),
        None => vec![
            Rung::refused(RungKind::TrustPrincipal, "the trust policy has no Allow statement"),
            Rung::not_reached(RungKind::TrustAction),
            Rung::not_reached(RungKind::TrustCondition),
        ],
    };
    TrustDecision {
        allowed: false,
        explicit_deny: false,
        grant: None,
        needs_identity: false,
        missing: Some(action.to_owned()),
        ladder,
    }
}

fn denied(document: &Document, input: MatchInput<'_>) -> TrustDecision {
    let mut rung = Rung::new(RungKind::ExplicitDeny, RungState::Denied, "");
    rung.statements = document.trace("trust policy", Effect::Deny, true, input);
    if let Some(first) = rung.statements.first() {
        let title = document.statements.get(first.index).map(|one| one.title(first.index));
        rung.note = format!("{} denies the request", title.unwrap_or_default());
    }
    let behind = [RungKind::TrustPrincipal, RungKind::TrustAction, RungKind::TrustCondition];
    TrustDecision {
        allowed: false,
        explicit_deny: true,
        grant: None,
        needs_identity: false,
        missing: Some(input.request.action.to_owned()),
        ladder: std::iter::once(rung).chain(behind.map(Rung::not_reached)).collect(),
    }
}
