//! Changes to a document that may let a refused request pass; whether they do is tried elsewhere.

use crate::{
    condition::Condition,
    document::{Document, Effect, Statement},
    evaluate::Request,
    fix::Edit,
    matching::Asked,
    parse::escaped,
    principal::Principal,
};
use serde_json::{Value, json};

pub(crate) fn removals(document: &Document, asked: Asked<'_>) -> Vec<Edit> {
    let denies = |one: &Statement| one.effect == Effect::Deny && one.matches(asked);
    let all = document.statements.iter().enumerate();
    all.filter(|(_, one)| denies(one))
        .map(|(statement, _)| Edit::RemoveStatement { statement })
        .collect()
}

/// The statement that would allow exactly this request.
pub(crate) fn added(request: &Request<'_>, on_resource: bool) -> Option<Value> {
    let mut statement = json!({"Effect": "Allow"});
    let map = statement.as_object_mut()?;
    if on_resource {
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
    if !request.resource.is_empty() {
        map.insert("Resource".to_owned(), json!(request.resource));
    }
    Some(statement)
}

/// For statements that lack one thing only: the value that would let them match.
pub(crate) fn replacements(document: &Document, asked: Asked<'_>) -> Vec<Edit> {
    let context = asked.request.context;
    let mut edits = Vec::new();
    for (index, statement) in document.statements.iter().enumerate() {
        if statement.effect != Effect::Allow || !statement.acts(asked.request.action) {
            continue;
        }
        let covers = statement.covers(asked);
        let named = statement.principal.is_none() || statement.names(asked).is_some();
        let unmet: Vec<&Condition> =
            statement.conditions.iter().filter(|one| !one.holds(context)).collect();
        let Some(source) = source(document, index) else { continue };
        match (covers, named, unmet.as_slice()) {
            (true, true, [one]) => edits.extend(condition_value(source, index, one, asked)),
            (false, true, []) => edits.extend(resource_value(source, index, asked)),
            (true, false, []) => edits.extend(principal_value(source, index, statement, asked)),
            _ => {}
        }
    }
    edits
}

fn source(document: &Document, index: usize) -> Option<&Value> {
    match document.source().get("Statement")? {
        Value::Array(list) => list.get(index),
        one => Some(one),
    }
}

fn condition_value(
    source: &Value,
    index: usize,
    condition: &Condition,
    asked: Asked<'_>,
) -> Option<Edit> {
    let path = format!("/Condition/{}/{}", escaped(&condition.name), escaped(&condition.key));
    let wanted = asked.request.context.values(&condition.key).first()?;
    nearest(source, path, index, wanted, usize::MAX)
}

/// A resource is replaced only where a slip of the pen explains the difference; else a statement
/// of its own says better what is meant.
fn resource_value(source: &Value, index: usize, asked: Asked<'_>) -> Option<Edit> {
    let wanted = asked.request.resource;
    let values: Vec<&str> = texts(source.get("Resource")?);
    let slip = |text: &&str| {
        let wild = text.strip_suffix('*').unwrap_or(text);
        let same = wanted.get(..wild.len()).unwrap_or(wanted);
        !wild.is_empty() && distance(wild, same) <= 2
    };
    let from = values.into_iter().find(slip)?;
    let to = match from.strip_suffix('*') {
        Some(wild) => format!("{}*", wanted.get(..wild.len()).unwrap_or(wanted)),
        None => wanted.to_owned(),
    };
    replace(source, "/Resource".to_owned(), index, from, &to)
}

fn principal_value(
    source: &Value,
    index: usize,
    statement: &Statement,
    asked: Asked<'_>,
) -> Option<Edit> {
    let one = statement.principal.as_ref().filter(|one| !one.not && one.values.len() == 1);
    one?;
    let from = source.get("Principal")?.clone();
    let to = added(asked.request, true)?.get("Principal")?.clone();
    Some(Edit::ReplaceValue { statement: index, path: "/Principal".to_owned(), from, to })
}

/// The action put beside those that a statement allows.
pub(crate) fn action_added(
    document: &Document,
    statement: &Statement,
    index: usize,
    action: &str,
) -> Option<Edit> {
    statement.action.as_ref().filter(|one| !one.not)?;
    let from = source(document, index)?.get("Action")?.clone();
    let mut list = match &from {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    list.push(json!(action));
    let to = Value::Array(list);
    Some(Edit::ReplaceValue { statement: index, path: "/Action".to_owned(), from, to })
}

/// Puts `wanted` in the place of the value that is most like it.
fn nearest(source: &Value, path: String, index: usize, wanted: &str, most: usize) -> Option<Edit> {
    let place = source.pointer(&path)?;
    let values = texts(place);
    if values.is_empty() && !place.is_array() {
        let (from, to) = (place.clone(), json!(wanted));
        return Some(Edit::ReplaceValue { statement: index, path, from, to });
    }
    let from = values.into_iter().min_by_key(|text| distance(text, wanted))?;
    (distance(from, wanted) <= most).then(|| replace(source, path, index, from, wanted)).flatten()
}

fn replace(source: &Value, path: String, index: usize, from: &str, to: &str) -> Option<Edit> {
    let path = match source.pointer(&path)? {
        Value::Array(list) => format!("{path}/{}", list.iter().position(|one| one == from)?),
        _ => path,
    };
    Some(Edit::ReplaceValue { statement: index, path, from: json!(from), to: json!(to) })
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// How many bytes differ in place, the difference in length included: enough to tell a slip of
/// the pen from another name.
fn distance(a: &str, b: &str) -> usize {
    let differ = a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
    differ + a.len().abs_diff(b.len())
}
