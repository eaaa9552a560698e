//! Candidate edits that may allow a denied request; `fix` tries them.

use crate::{
    actions,
    condition::Condition,
    document::{Document, Effect, Statement},
    edit_distance::edit_distance,
    evaluate::{PolicyKind, Request},
    fix::Edit,
    matching::MatchInput,
    parse::escaped,
    principal::Principal,
};
use serde_json::{Value, json};

/// A statement that allows exactly this request.
pub(crate) fn allow_statement(request: &Request<'_>, kind: PolicyKind) -> Option<Value> {
    let mut statement = json!({"Effect": "Allow"});
    let map = statement.as_object_mut()?;
    if matches!(kind, PolicyKind::Resource | PolicyKind::Trust) {
        let principal = match request.principal {
            Principal::Anonymous => json!("*"),
            Principal::Service { name } => json!({"Service": name}),
            Principal::WebIdentity { provider } | Principal::Saml { provider } => {
                json!({"Federated": provider})
            }
            Principal::Session { role_arn, .. } => json!({"AWS": role_arn}),
            other => json!({"AWS": other.arn()}),
        };
        map.insert("Principal".to_owned(), principal);
    }
    map.insert("Action".to_owned(), json!(request.action));
    // A trust policy has no `Resource`: it is attached to the role itself.
    if kind != PolicyKind::Trust {
        map.insert("Resource".to_owned(), json!(request.resource));
    }
    Some(statement)
}

/// An edit and its cost: the edit distance between the old value and the new.
pub(crate) type Candidate = (usize, Edit);

/// For statements with a single mismatch: the edit that makes them match.
pub(crate) fn replacement_candidates(document: &Document, input: MatchInput<'_>) -> Vec<Candidate> {
    let mut edits = Vec::new();
    for (index, statement) in document.statements.iter().enumerate() {
        let Some(source) = source(document, index) else { continue };
        if statement.effect == Effect::Allow {
            edits.extend(replacement(source, index, statement, input));
        }
    }
    edits
}

fn replacement(
    source: &Value,
    index: usize,
    statement: &Statement,
    input: MatchInput<'_>,
) -> Option<Candidate> {
    let acts = statement.matches_action(input.request.action);
    let covers = statement.matches_resource(input);
    let named = statement.principal.is_none() || statement.principal_grant(input).is_some();
    let unmet: Vec<&Condition> =
        statement.conditions.iter().filter(|one| !one.holds(input.request.context)).collect();
    match (acts, covers, named, unmet.as_slice()) {
        (true, true, true, [one]) => condition_value(source, index, one, input),
        (true, false, true, []) => resource_value(source, index, input),
        (true, true, false, []) => principal_value(source, index, statement, input),
        (false, true, true, []) => action_value(source, index, input),
        _ => None,
    }
}

/// The JSON of a statement.
pub(crate) fn source(document: &Document, index: usize) -> Option<&Value> {
    match document.source().get("Statement")? {
        Value::Array(list) => list.get(index),
        one => Some(one),
    }
}

/// Replaces the value closest to that of the request.
fn condition_value(
    source: &Value,
    index: usize,
    condition: &Condition,
    input: MatchInput<'_>,
) -> Option<Candidate> {
    let path = format!("/Condition/{}/{}", escaped(&condition.name), escaped(&condition.key));
    let wanted = input.request.context.values(&condition.key).first()?;
    let place = source.pointer(&path)?;
    let values = strings(place);
    if values.is_empty() && !place.is_array() {
        let (from, to) = (place.clone(), json!(wanted));
        return Some((MAX_DISTANCE, Edit::ReplaceValue { statement: index, path, from, to }));
    }
    let distance = |text: &&str| edit_distance(text, wanted, MAX_DISTANCE);
    let from = values.into_iter().min_by_key(distance)?;
    Some((distance(&from), replace(source, path, index, from, wanted)?))
}

/// Distances above this are all equal.
const MAX_DISTANCE: usize = 40;

/// The largest edit distance that counts as a typo.
const MAX_TYPO: usize = 2;

/// Replaces a resource only if the difference is a typo; otherwise a new statement is clearer.
fn resource_value(source: &Value, index: usize, input: MatchInput<'_>) -> Option<Candidate> {
    let wanted = input.request.resource;
    let candidates = strings(source.get("Resource")?).into_iter().filter_map(|from| {
        let (distance, to) = match from.strip_suffix('*') {
            Some(stem) => {
                let (distance, head) = closest_prefix(wanted, stem)?;
                (distance, format!("{head}*"))
            }
            None => (edit_distance(from, wanted, MAX_TYPO), wanted.to_owned()),
        };
        (distance <= MAX_TYPO).then_some((distance, from, to))
    });
    let (distance, from, to) = candidates.min_by_key(|(distance, ..)| *distance)?;
    Some((distance, replace(source, "/Resource".to_owned(), index, from, &to)?))
}

/// The prefix of an ARN closest to the stem of a pattern. None if the stem names only the service,
/// which is close to anything.
fn closest_prefix<'a>(name: &'a str, stem: &str) -> Option<(usize, &'a str)> {
    stem.splitn(6, ':').nth(5).filter(|own| own.len() > MAX_TYPO)?;
    let cuts = stem.len().saturating_sub(MAX_TYPO)..=stem.len() + MAX_TYPO;
    let heads = cuts
        .filter_map(|cut| name.get(..cut))
        .filter(|head| stem.chars().next_back() == head.chars().next_back());
    heads
        .map(|head| (edit_distance(stem, head, MAX_TYPO), head))
        .min_by_key(|(distance, _)| *distance)
}

/// Replaces an action only if it does not exist: an existing one was intended.
fn action_value(source: &Value, index: usize, input: MatchInput<'_>) -> Option<Candidate> {
    let wanted = input.request.action;
    let unknown = |text: &&str| {
        let vendor = text.split(':').next().unwrap_or_default();
        actions::service(vendor).is_some() && actions::matching(text).next().is_none()
    };
    let distance = |text: &&str| edit_distance(text, wanted, MAX_TYPO);
    let values = strings(source.get("Action")?).into_iter().filter(unknown);
    let from = values.filter(|text| distance(text) <= MAX_TYPO).min_by_key(distance)?;
    Some((distance(&from), replace(source, "/Action".to_owned(), index, from, wanted)?))
}

fn principal_value(
    source: &Value,
    index: usize,
    statement: &Statement,
    input: MatchInput<'_>,
) -> Option<Candidate> {
    let one = statement.principal.as_ref().filter(|one| !one.not && one.values.len() == 1);
    one?;
    let from = source.get("Principal")?.clone();
    let to = allow_statement(input.request, PolicyKind::Resource)?.get("Principal")?.clone();
    let edit = Edit::ReplaceValue { statement: index, path: "/Principal".to_owned(), from, to };
    Some((MAX_DISTANCE, edit))
}

/// Adds an action to those that a statement allows.
pub(crate) fn append_action(
    document: &Document,
    statement: &Statement,
    index: usize,
    action: &str,
) -> Option<Edit> {
    statement.action.as_ref().filter(|one| !one.not)?;
    append_value(source(document, index)?, "/Action".to_owned(), index, action)
}

/// Appends a value to a list, or to a single value.
pub(crate) fn append_value(
    source: &Value,
    path: String,
    index: usize,
    value: &str,
) -> Option<Edit> {
    let from = source.pointer(&path)?.clone();
    let mut list = match &from {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    list.push(json!(value));
    Some(Edit::ReplaceValue { statement: index, path, from, to: Value::Array(list) })
}

fn replace(source: &Value, path: String, index: usize, from: &str, to: &str) -> Option<Edit> {
    let path = match source.pointer(&path)? {
        Value::Array(list) => format!("{path}/{}", list.iter().position(|one| one == from)?),
        _ => path,
    };
    Some(Edit::ReplaceValue { statement: index, path, from: json!(from), to: json!(to) })
}

/// The strings of a single value or a list.
pub(crate) fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}
