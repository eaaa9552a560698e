//! Matches a statement against a request, with or without a trace of each element.

use crate::{
    arn_pattern::{self, MatchMode},
    document::{Document, Effect, Element, Statement},
    evaluate::Request,
    ladder::{Compare, StatementTrace},
    pattern::Glob,
    principal::Grant,
    template::Template,
};

/// The input to statement matching.
#[derive(Clone, Copy)]
pub(crate) struct MatchInput<'a> {
    pub(crate) request: &'a Request<'a>,
    /// Whether the caller has a permissions boundary: `NotPrincipal` never excludes such a caller.
    pub(crate) has_boundary: bool,
}

impl Document {
    /// Whether a statement with this effect matches; a statement without principals matches any.
    pub(crate) fn has_match(&self, effect: Effect, input: MatchInput<'_>) -> bool {
        self.statements.iter().any(|one| one.effect == effect && one.matches(input))
    }

    /// What it grants as a resource-based policy.
    pub(crate) fn grant(&self, input: MatchInput<'_>) -> Option<Grant> {
        self.statements
            .iter()
            .filter(|one| one.effect == Effect::Allow && one.matches(input))
            .filter_map(|one| one.principal_grant(input))
            .max()
    }

    /// Whether it denies as a resource-based policy.
    pub(crate) fn denies(&self, input: MatchInput<'_>) -> bool {
        self.statements
            .iter()
            .any(|one| one.effect == Effect::Deny && one.principal.is_some() && one.matches(input))
    }

    /// Traces of the statements with this effect, or only of those that match.
    pub(crate) fn trace(
        &self,
        name: &str,
        effect: Effect,
        matched: bool,
        input: MatchInput<'_>,
    ) -> Vec<StatementTrace> {
        self.statements
            .iter()
            .enumerate()
            .filter(|(_, one)| one.effect == effect && (!matched || one.matches(input)))
            .map(|(index, one)| one.trace(name, index, input))
            .collect()
    }
}

impl Statement {
    /// Whether all elements match.
    pub(crate) fn matches(&self, input: MatchInput<'_>) -> bool {
        self.matches_action(input.request.action)
            && self.matches_resource(input)
            && (self.principal.is_none() || self.principal_grant(input).is_some())
            && self.conditions.iter().all(|condition| condition.holds(input.request.context))
    }

    /// Whether its `Action` matches.
    pub(crate) fn matches_action(&self, action: &str) -> bool {
        self.action
            .as_ref()
            .is_some_and(|element| element.matches(|one| action_matches(one, action)))
    }

    /// Whether its `Resource` matches. Trust policies have none: they are attached to the role
    /// itself.
    pub(crate) fn matches_resource(&self, input: MatchInput<'_>) -> bool {
        match &self.resource {
            Some(element) => element.matches(|one| resource_matches(one, input.request)),
            None => self.principal.is_some(),
        }
    }

    /// What its `Principal` grants to the caller.
    pub(crate) fn principal_grant(&self, input: MatchInput<'_>) -> Option<Grant> {
        let principals = self.principal.as_ref()?;
        let (caller, context) = (input.request.principal, input.request.context);
        if principals.not {
            let spared = !input.has_boundary && caller.is_excepted_by(&principals.values, context);
            return (!spared).then_some(Grant::Everyone);
        }
        principals.values.iter().filter_map(|pattern| caller.grant_from(pattern, context)).max()
    }

    /// Compares all elements, in the order principal, action, resource, conditions.
    pub(crate) fn trace(
        &self,
        policy: &str,
        index: usize,
        input: MatchInput<'_>,
    ) -> StatementTrace {
        let request = input.request;
        let mut compare = Vec::new();
        if let Some(principals) = &self.principal {
            compare.push(Compare {
                subject: if principals.not { "NotPrincipal" } else { "Principal" }.to_owned(),
                operator: String::new(),
                asked: request.principal.names(),
                wanted: principals.values.iter().map(|one| one.text().to_owned()).collect(),
                met: self.principal_grant(input).is_some(),
            });
        }
        if let Some(action) = &self.action {
            let fits = |one: &Template| action_matches(one, request.action);
            compare.push(action.compare("Action", request.action, request, fits));
        }
        if let Some(resource) = &self.resource {
            let fits = |one: &Template| resource_matches(one, request);
            compare.push(resource.compare("Resource", request.resource, request, fits));
        }
        compare.extend(self.conditions.iter().map(|one| one.compare(request.context)));
        StatementTrace {
            policy: policy.to_owned(),
            index,
            sid: self.sid.clone(),
            deny: self.effect == Effect::Deny,
            matched: self.matches(input),
            compare,
        }
    }
}

impl Element {
    fn matches(&self, fits: impl Fn(&Template) -> bool) -> bool {
        self.not != self.values.iter().any(fits)
    }

    /// Compares the element; if one value was enough, shows only those that match.
    fn compare(
        &self,
        name: &str,
        asked: &str,
        request: &Request<'_>,
        fits: impl Fn(&Template) -> bool,
    ) -> Compare {
        let met = self.matches(&fits);
        let shown = self.values.iter().filter(|one| self.not || !met || fits(one));
        Compare {
            subject: if self.not { format!("Not{name}") } else { name.to_owned() },
            operator: String::new(),
            asked: vec![asked.to_owned()],
            wanted: shown.map(|value| value.display(request.context)).collect(),
            met,
        }
    }
}

fn action_matches(pattern: &Template, action: &str) -> bool {
    Glob::Text(pattern.source().as_bytes()).matches(action, true)
}

fn resource_matches(pattern: &Template, request: &Request<'_>) -> bool {
    let fits = |glob: Glob<'_>| arn_pattern::matches(glob, request.resource, MatchMode::Resource);
    pattern.matches_with(request.context, fits)
}

/// Sorts traces by how close the statements came: those that match the caller, then the action,
/// then the resource, then by the number of other mismatches.
pub(crate) fn sort_by_nearest(traces: &mut [StatementTrace]) {
    let met = |trace: &StatementTrace, subject: &str| {
        trace.compare.iter().all(|one| !one.subject.ends_with(subject) || one.met)
    };
    traces.sort_by_cached_key(|trace| {
        let unmet = trace.compare.iter().filter(|one| !one.met).count();
        let far = |subject| !met(trace, subject);
        (far("Principal"), far("Action"), far("Resource"), unmet)
    });
}
