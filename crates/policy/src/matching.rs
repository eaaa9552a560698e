//! One statement against one request: quickly, or with every element compared.

use crate::{
    arn::{self, Reading},
    document::{Document, Effect, Element, Statement},
    evaluate::Request,
    ladder::{Compare, StatementTrace},
    pattern::Glob,
    principal::Grant,
    template::Template,
};

/// A request as statements see it.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) request: &'a Request<'a>,
    /// Whether the caller has a permissions boundary: `NotPrincipal` never spares such a caller.
    pub(crate) bounded: bool,
}

impl Document {
    /// Whether a statement of this effect matches; principals count only where there are any.
    pub(crate) fn hits(&self, effect: Effect, asked: Asked<'_>) -> bool {
        self.statements.iter().any(|one| one.effect == effect && one.matches(asked))
    }

    /// How closely it grants as the policy of a resource, if it does.
    pub(crate) fn grants(&self, asked: Asked<'_>) -> Option<Grant> {
        self.statements
            .iter()
            .filter(|one| one.effect == Effect::Allow && one.matches(asked))
            .filter_map(|one| one.names(asked))
            .max()
    }

    /// Whether it denies as the policy of a resource.
    pub(crate) fn forbids(&self, asked: Asked<'_>) -> bool {
        self.statements
            .iter()
            .any(|one| one.effect == Effect::Deny && one.principal.is_some() && one.matches(asked))
    }

    /// Every statement of this effect compared with the request, or only those that match.
    pub(crate) fn trace(
        &self,
        name: &str,
        effect: Effect,
        matched: bool,
        asked: Asked<'_>,
    ) -> Vec<StatementTrace> {
        self.statements
            .iter()
            .enumerate()
            .filter(|(_, one)| one.effect == effect && (!matched || one.matches(asked)))
            .map(|(index, one)| one.trace(name, index, asked))
            .collect()
    }
}

impl Statement {
    /// Whether every element matches.
    pub(crate) fn matches(&self, asked: Asked<'_>) -> bool {
        self.acts(asked.request.action)
            && self.covers(asked)
            && (self.principal.is_none() || self.names(asked).is_some())
            && self.conditions.iter().all(|condition| condition.holds(asked.request.context))
    }

    /// Whether its `Action` covers this one.
    pub(crate) fn acts(&self, action: &str) -> bool {
        self.action.as_ref().is_some_and(|element| element.covers(|one| acted(one, action)))
    }

    /// Whether its `Resource` covers the one asked for. Trust policies have none: they stand on
    /// the role itself.
    pub(crate) fn covers(&self, asked: Asked<'_>) -> bool {
        match &self.resource {
            Some(element) => element.covers(|one| located(one, asked.request)),
            None => self.principal.is_some(),
        }
    }

    /// How closely its `Principal` names the caller, if it does.
    pub(crate) fn names(&self, asked: Asked<'_>) -> Option<Grant> {
        let principals = self.principal.as_ref()?;
        let (caller, context) = (asked.request.principal, asked.request.context);
        if principals.not {
            let spared = !asked.bounded && caller.spared_by(&principals.values, context);
            return (!spared).then_some(Grant::Everyone);
        }
        principals.values.iter().filter_map(|pattern| caller.named_by(pattern, context)).max()
    }

    /// Every element compared, in the order principal, action, resource, conditions.
    pub(crate) fn trace(&self, policy: &str, index: usize, asked: Asked<'_>) -> StatementTrace {
        let request = asked.request;
        let mut compare = Vec::new();
        if let Some(principals) = &self.principal {
            compare.push(Compare {
                subject: if principals.not { "NotPrincipal" } else { "Principal" }.to_owned(),
                operator: String::new(),
                asked: request.principal.names(),
                wanted: principals.values.iter().map(|one| one.text().to_owned()).collect(),
                met: self.names(asked).is_some(),
            });
        }
        if let Some(action) = &self.action {
            let fits = |one: &Template| acted(one, request.action);
            compare.push(action.compare("Action", request.action, request, fits));
        }
        if let Some(resource) = &self.resource {
            let fits = |one: &Template| located(one, request);
            compare.push(resource.compare("Resource", request.resource, request, fits));
        }
        compare.extend(self.conditions.iter().map(|one| one.compare(request.context)));
        StatementTrace {
            policy: policy.to_owned(),
            index,
            sid: self.sid.clone(),
            deny: self.effect == Effect::Deny,
            matched: self.matches(asked),
            compare,
        }
    }
}

impl Element {
    fn covers(&self, fits: impl Fn(&Template) -> bool) -> bool {
        self.not != self.values.iter().any(fits)
    }

    /// Both sides; where one value was enough, only those that fit.
    fn compare(
        &self,
        name: &str,
        asked: &str,
        request: &Request<'_>,
        fits: impl Fn(&Template) -> bool,
    ) -> Compare {
        let met = self.covers(&fits);
        let shown = self.values.iter().filter(|one| self.not || !met || fits(one));
        Compare {
            subject: if self.not { format!("Not{name}") } else { name.to_owned() },
            operator: String::new(),
            asked: vec![asked.to_owned()],
            wanted: shown.map(|value| value.shown(request.context)).collect(),
            met,
        }
    }
}

fn acted(pattern: &Template, action: &str) -> bool {
    Glob::Text(pattern.source().as_bytes()).matches(action, true)
}

fn located(pattern: &Template, request: &Request<'_>) -> bool {
    let fits = |glob: Glob<'_>| arn::matches(glob, request.resource, Reading::Resource);
    pattern.test(request.context, fits)
}

/// Sorts traces so that the statement that came nearest stands first: those that name the caller,
/// then the action, then the resource, then by what is left.
pub(crate) fn nearest_first(traces: &mut [StatementTrace]) {
    let met = |trace: &StatementTrace, subject: &str| {
        trace.compare.iter().all(|one| !one.subject.ends_with(subject) || one.met)
    };
    traces.sort_by_cached_key(|trace| {
        let unmet = trace.compare.iter().filter(|one| !one.met).count();
        let far = |subject| !met(trace, subject);
        (far("Principal"), far("Action"), far("Resource"), unmet)
    });
}
