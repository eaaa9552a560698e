//! Builds the ladder of a decision.

use crate::{
    document::Effect,
    evaluate::{
        NamedPolicy, Policies, PolicyKind, Reason, Request, RequiredAllows, allows,
        level_without_allow, session_allows,
    },
    ladder::{Ladder, Rung, RungKind, RungState, StatementTrace},
    matching::{MatchInput, sort_by_nearest},
    principal::{Grant, Principal},
};

/// The most statements that a rung shows.
const SHOWN: usize = 8;

const ORDER: [RungKind; 6] = [
    RungKind::ExplicitDeny,
    RungKind::Organization,
    RungKind::ResourcePolicy,
    RungKind::IdentityPolicy,
    RungKind::Boundary,
    RungKind::SessionPolicy,
];

/// All rungs; those after the one that stopped the request are not reached.
pub(crate) fn ladder(policies: &Policies<'_>, request: &Request<'_>, reason: &Reason) -> Ladder {
    let input = MatchInput { request, has_boundary: policies.boundary.is_some() };
    let builder = LadderBuilder { policies, input, required: RequiredAllows::of(policies, input) };
    let stop = match reason {
        Reason::Allowed => None,
        Reason::ExplicitDeny { .. } => Some(RungKind::ExplicitDeny),
        Reason::ImplicitDeny { policy_kind } => Some(policy_kind.rung()),
    };
    let stop = stop.and_then(|kind| ORDER.iter().position(|one| *one == kind));
    let rung = |(index, kind): (usize, &RungKind)| match stop {
        Some(stop) if index > stop => Rung::not_reached(*kind),
        _ => builder.rung(*kind, reason),
    };
    ORDER.iter().enumerate().map(rung).collect()
}

impl PolicyKind {
    /// The rung that checks whether policies of this type allow.
    pub fn rung(self) -> RungKind {
        match self {
            PolicyKind::ServiceControl | PolicyKind::ResourceControl => RungKind::Organization,
            PolicyKind::Boundary => RungKind::Boundary,
            PolicyKind::Session => RungKind::SessionPolicy,
            PolicyKind::Resource | PolicyKind::Trust => RungKind::ResourcePolicy,
            PolicyKind::Identity => RungKind::IdentityPolicy,
        }
    }
}

struct LadderBuilder<'a> {
    policies: &'a Policies<'a>,
    input: MatchInput<'a>,
    required: RequiredAllows,
}

impl LadderBuilder<'_> {
    fn rung(&self, kind: RungKind, reason: &Reason) -> Rung {
        match kind {
            RungKind::Organization => self.organization(),
            RungKind::ResourcePolicy => self.resource(),
            RungKind::IdentityPolicy => self.identity(),
            RungKind::Boundary => self.boundary(),
            RungKind::SessionPolicy => self.session(),
            _ => self.deny(reason),
        }
    }

    fn deny(&self, reason: &Reason) -> Rung {
        let Reason::ExplicitDeny { policy_kind, policy } = reason else {
            return Rung::passed(RungKind::ExplicitDeny, "no Deny statement matches");
        };
        let traces = self.traces(self.all_policies().as_slice(), Effect::Deny, true);
        let note = match traces.first() {
            Some(first) => {
                let which = match first.sid.as_deref() {
                    Some(sid) if !sid.is_empty() => sid.to_owned(),
                    _ => format!("statement {}", first.index + 1),
                };
                format!("{which} in the {} {} denies the request", policy_kind.name(), first.policy)
            }
            None => format!("{policy} denies the request"),
        };
        let mut rung = Rung::new(RungKind::ExplicitDeny, RungState::Denied, note);
        rung.statements = traces;
        rung
    }

    fn organization(&self) -> Rung {
        let kind = RungKind::Organization;
        let (scp, rcp) = (&self.policies.scp, &self.policies.rcp);
        if scp.is_empty() && rcp.is_empty() {
            return Rung::not_applicable(kind, "the account is not in an organization");
        }
        for (levels, words) in [(scp, "service"), (rcp, "resource")] {
            if let Some(index) = level_without_allow(levels, self.input) {
                let level = levels.get(index).map(Vec::as_slice).unwrap_or_default();
                let note =
                    format!("no {words} control policy at level {} allows the action", index + 1);
                return self.with_statements(Rung::refused(kind, note), level);
            }
        }
        let count = scp.iter().chain(rcp).map(Vec::len).sum::<usize>();
        let note = match count {
            1 => "the only control policy allows the action".to_owned(),
            count => format!("every level of the {count} control policies allows the action"),
        };
        Rung::passed(kind, note)
    }

    fn resource(&self) -> Rung {
        let kind = RungKind::ResourcePolicy;
        let Some(policy) = self.policies.resource else {
            return match self.required.resource {
                true => Rung::refused(
                    kind,
                    "the resource has no resource-based policy, and the request requires one that allows it",
                ),
                false => Rung::not_applicable(kind, "the resource has no policy"),
            };
        };
        let note = match self.required.grant {
            Some(Grant::Direct) => "it allows the caller",
            Some(Grant::Everyone) => "it allows everyone",
            Some(Grant::Role) => "it allows the caller's role",
            Some(Grant::Account) => {
                "it allows the caller's account, so an identity-based policy must also allow the request"
            }
            None => {
                let rung = match self.required.resource {
                    true => Rung::refused(kind, does_not_match(&[policy], policy.name)),
                    false => Rung::not_applicable(
                        kind,
                        "it does not allow the request, but within one account an identity-based policy is sufficient",
                    ),
                };
                return self.with_statements(rung, &[policy]);
            }
        };
        self.with_statements(Rung::passed(kind, note), &[policy])
    }

    fn identity(&self) -> Rung {
        let kind = RungKind::IdentityPolicy;
        let request = self.input.request;
        if !self.required.identity {
            let note = match (request.principal, request.principal.account()) {
                (Principal::Root { .. }, _) => {
                    "the root user does not need an identity-based policy"
                }
                (_, None) => "the caller belongs to no account and has no policies",
                _ => "not required: the resource-based policy allows the caller",
            };
            return Rung::not_applicable(kind, note);
        }
        let list = &self.policies.identity;
        if allows(list, self.input) {
            let rung = Rung::passed(kind, "");
            let mut rung = self.with_statements(rung, list);
            if let Some(first) = rung.statements.first() {
                rung.note = format!("{} allows {}", first.policy, request.action);
            }
            return rung;
        }
        self.with_statements(
            Rung::refused(kind, does_not_match(list, &request.principal.short_name())),
            list,
        )
    }

    fn boundary(&self) -> Rung {
        let kind = RungKind::Boundary;
        match self.policies.boundary {
            None => Rung::not_applicable(kind, "no permissions boundary is set"),
            Some(_) if !self.required.limits => Rung::not_applicable(kind, NOT_LIMITED),
            Some(one) if one.document.has_match(Effect::Allow, self.input) => self.with_statements(
                Rung::passed(kind, format!("{} allows the action", one.name)),
                &[one],
            ),
            Some(one) => {
                self.with_statements(Rung::refused(kind, does_not_match(&[one], one.name)), &[one])
            }
        }
    }

    fn session(&self) -> Rung {
        let kind = RungKind::SessionPolicy;
        let caller = self.input.request.principal;
        match &self.policies.session {
            None if !self.required.limits || session_allows(self.policies, self.input) => {
                let note = match caller {
                    Principal::Session { .. } | Principal::FederatedUser { .. } => {
                        "no session policy was passed"
                    }
                    Principal::User { .. } => "the caller is a user, not a session",
                    _ => "the caller is not a session",
                };
                Rung::not_applicable(kind, note)
            }
            None => {
                Rung::refused(kind, "a federated user has no permissions without a session policy")
            }
            Some(_) if !self.required.limits => Rung::not_applicable(kind, NOT_LIMITED),
            Some(list) if allows(list, self.input) => self
                .with_statements(Rung::passed(kind, "the session policies allow the action"), list),
            Some(list) => {
                self.with_statements(Rung::refused(kind, does_not_match(list, "the session")), list)
            }
        }
    }

    /// Adds statements to a rung: those that allow if it passed, otherwise the closest.
    fn with_statements(&self, mut rung: Rung, list: &[NamedPolicy<'_>]) -> Rung {
        let matched = rung.state == RungState::Passed;
        rung.statements = self.traces(list, Effect::Allow, matched);
        rung
    }

    fn traces(
        &self,
        list: &[NamedPolicy<'_>],
        effect: Effect,
        matched: bool,
    ) -> Vec<StatementTrace> {
        let trace =
            |one: &NamedPolicy<'_>| one.document.trace(one.name, effect, matched, self.input);
        let mut traces: Vec<_> = list.iter().flat_map(trace).collect();
        sort_by_nearest(&mut traces);
        traces.truncate(SHOWN);
        traces
    }

    /// All policies, in the order in which AWS reports explicit denies.
    fn all_policies(&self) -> Vec<NamedPolicy<'_>> {
        let all = self.policies;
        let control = all.scp.iter().chain(&all.rcp).flatten();
        let limits = all.boundary.iter().chain(all.session.iter().flatten());
        control.chain(limits).chain(&all.resource).chain(&all.identity).copied().collect()
    }
}

const NOT_LIMITED: &str =
    "it does not limit access that a resource-based policy grants directly to the caller";

/// Says that none of these statements matches.
fn does_not_match(list: &[NamedPolicy<'_>], owner: &str) -> String {
    match list.iter().map(|one| one.document.statements.len()).sum::<usize>() {
        0 => format!("{owner} has no statements"),
        1 => format!("the only statement of {owner} does not match"),
        count => format!("none of the {count} statements of {owner} matches"),
    }
}
