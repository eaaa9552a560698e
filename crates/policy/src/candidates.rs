//! Changes to a document that may let a refused request pass; whether they do is tried elsewhere.

use crate::{
    actions,
    condition::Condition,
    document::{Document, Effect, Statement},
    evaluate::{PolicyKind, Request},
    fix::Edit,
    matching::Asked,
    parse::escaped,
    principal::Principal,
    slip::distance,
};
use serde_json::{Value, json};

/// The statement that would allow exactly this request.
pub(crate) fn added(request: &Request<'_>, kind: PolicyKind) -> Option<Value> {
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
    // A trust policy stands on the role itself.
    if kind != PolicyKind::Trust {
        map.insert("Resource".to_owned(), json!(request.resource));
    }
    Some(statement)
}

/// A change and how large it is: the letters that differ.
pub(crate) type Candidate = (usize, Edit);

/// For statements that lack one thing only: the value that would let them match.
pub(crate) fn replacements(document: &Document, asked: Asked<'_>) -> Vec<Candidate> {
    let mut edits = Vec::new();
    for (index, statement) in document.statements.iter().enumerate() {
        let Some(source) = source(document, index) else { continue };
        if statement.effect == Effect::Allow {
            edits.extend(replacement(source, index, statement, asked));
        }
    }
    edits
}

fn replacement(
    source: &Value,
    index: usize,
    statement: &Statement,
    asked: Asked<'_>,
) -> Option<Candidate> {
    let acts = statement.acts(asked.request.action);
    let covers = statement.covers(asked);
    let named = statement.principal.is_none() || statement.names(asked).is_some();
    let unmet: Vec<&Condition> =
        statement.conditions.iter().filter(|one| !one.holds(asked.request.context)).collect();
    match (acts, covers, named, unmet.as_slice()) {
        (true, true, true, [one]) => condition_value(source, index, one, asked),
        (true, false, true, []) => resource_value(source, index, asked),
        (true, true, false, []) => principal_value(source, index, statement, asked),
        (false, true, true, []) => action_value(source, index, asked),
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

/// Puts the request's value in the place of the one that is most like it.
fn condition_value(
    source: &Value,
    index: usize,
    condition: &Condition,
    asked: Asked<'_>,
) -> Option<Candidate> {
    let path = format!("/Condition/{}/{}", escaped(&condition.name), escaped(&condition.key));
    let wanted = asked.request.context.values(&condition.key).first()?;
    let place = source.pointer(&path)?;
    let values = texts(place);
    if values.is_empty() && !place.is_array() {
        let (from, to) = (place.clone(), json!(wanted));
        return Some((FAR, Edit::ReplaceValue { statement: index, path, from, to }));
    }
    let far = |text: &&str| distance(text, wanted, FAR);
    let from = values.into_iter().min_by_key(far)?;
    Some((far(&from), replace(source, path, index, from, wanted)?))
}

/// Beyond this many letters it does not matter how many differ.
const FAR: usize = 40;

/// How many letters a slip of the pen may differ in.
const SLIP: usize = 2;

/// A resource is replaced only where a slip of the pen explains the difference; else a statement
/// of its own says better what is meant.
fn resource_value(source: &Value, index: usize, asked: Asked<'_>) -> Option<Candidate> {
    let wanted = asked.request.resource;
    let slips = texts(source.get("Resource")?).into_iter().filter_map(|from| {
        let (far, to) = match from.strip_suffix('*') {
            Some(stem) => {
                let (far, head) = head_like(wanted, stem)?;
                (far, format!("{head}*"))
            }
            None => (distance(from, wanted, SLIP), wanted.to_owned()),
        };
        (far <= SLIP).then_some((far, from, to))
    });
    let (far, from, to) = slips.min_by_key(|(far, ..)| *far)?;
    Some((far, replace(source, "/Resource".to_owned(), index, from, &to)?))
}

/// The beginning of a name that is most like a stem. A stem that says no more than the service is
/// like everything.
fn head_like<'a>(name: &'a str, stem: &str) -> Option<(usize, &'a str)> {
    stem.splitn(6, ':').nth(5).filter(|own| own.len() > SLIP)?;
    let cuts = stem.len().saturating_sub(SLIP)..=stem.len() + SLIP;
    let heads = cuts
        .filter_map(|cut| name.get(..cut))
        .filter(|head| stem.chars().next_back() == head.chars().next_back());
    heads.map(|head| (distance(stem, head, SLIP), head)).min_by_key(|(far, _)| *far)
}

/// An action is replaced only where there is none of its name: one that exists was meant.
fn action_value(source: &Value, index: usize, asked: Asked<'_>) -> Option<Candidate> {
    let wanted = asked.request.action;
    let invented = |text: &&str| {
        let vendor = text.split(':').next().unwrap_or_default();
        actions::service(vendor).is_some() && actions::named(text).next().is_none()
    };
    let far = |text: &&str| distance(text, wanted, SLIP);
    let values = texts(source.get("Action")?).into_iter().filter(invented);
    let from = values.filter(|text| far(text) <= SLIP).min_by_key(far)?;
    Some((far(&from), replace(source, "/Action".to_owned(), index, from, wanted)?))
}

fn principal_value(
    source: &Value,
    index: usize,
    statement: &Statement,
    asked: Asked<'_>,
) -> Option<Candidate> {
    let one = statement.principal.as_ref().filter(|one| !one.not && one.values.len() == 1);
    one?;
    let from = source.get("Principal")?.clone();
    let to = added(asked.request, PolicyKind::Resource)?.get("Principal")?.clone();
    let edit = Edit::ReplaceValue { statement: index, path: "/Principal".to_owned(), from, to };
    Some((FAR, edit))
}

/// The action put beside those that a statement allows.
pub(crate) fn action_added(
    document: &Document,
    statement: &Statement,
    index: usize,
    action: &str,
) -> Option<Edit> {
    statement.action.as_ref().filter(|one| !one.not)?;
    one_more(source(document, index)?, "/Action".to_owned(), index, action)
}

/// A value put behind those that are there.
pub(crate) fn one_more(source: &Value, path: String, index: usize, value: &str) -> Option<Edit> {
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

/// The texts of one value or a list of them.
pub(crate) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}
