//! Candidate edits that exclude a request from a Deny statement: add an exception, remove a value,
//! or remove the statement.

use crate::{
    candidates::{Candidate, append_value, source, strings},
    document::{Document, Effect, Element, Statement},
    fix::Edit,
    matching::MatchInput,
    parse::escaped,
};
use serde_json::{Value, json};

/// For each statement that denies the request: edits that exclude it, the smallest first.
pub(crate) fn narrow_denies(document: &Document, input: MatchInput<'_>) -> Vec<Candidate> {
    let mut edits = Vec::new();
    for (index, statement) in document.statements.iter().enumerate() {
        if statement.effect != Effect::Deny || !statement.matches(input) {
            continue;
        }
        let Some(source) = source(document, index) else { continue };
        edits.extend(with_exception(source, index, statement, input).map(|edit| (0, edit)));
        edits.extend(with_value_removed(source, index, statement, input).map(|edit| (1, edit)));
        edits.push((2, Edit::RemoveStatement { statement: index }));
    }
    edits
}

/// Adds the request to the exceptions of a statement that lists some.
fn with_exception(
    source: &Value,
    index: usize,
    statement: &Statement,
    input: MatchInput<'_>,
) -> Option<Edit> {
    let lists_exceptions = |element: &Option<Element>| element.as_ref().is_some_and(|one| one.not);
    if lists_exceptions(&statement.resource) {
        return append_value(source, "/NotResource".to_owned(), index, input.request.resource);
    }
    if lists_exceptions(&statement.action) {
        return append_value(source, "/NotAction".to_owned(), index, input.request.action);
    }
    let context = input.request.context;
    let negated = |name: &str| name.contains("Not") && !name.contains(':');
    statement.conditions.iter().filter(|one| negated(&one.name)).find_map(|one| {
        let value = context.values(&one.key).first()?;
        let path = format!("/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        append_value(source, path, index, value)
    })
}

/// Removes the request's exact value from a list that has others.
fn with_value_removed(
    source: &Value,
    index: usize,
    statement: &Statement,
    input: MatchInput<'_>,
) -> Option<Edit> {
    let request = input.request;
    let lists = [
        ("/Resource".to_owned(), request.resource.to_owned()),
        ("/Action".to_owned(), request.action.to_owned()),
    ];
    let values = statement.conditions.iter().filter_map(|one| {
        let path = format!("/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        Some((path, request.context.values(&one.key).first()?.clone()))
    });
    lists.into_iter().chain(values).find_map(|(path, value)| {
        let from = source.pointer(&path).filter(|list| strings(list).len() > 1)?;
        let left: Vec<&str> =
            strings(from).into_iter().filter(|one| !one.eq_ignore_ascii_case(&value)).collect();
        let (from, to) = (from.clone(), json!(left));
        let less = left.len() < strings(&from).len() && !left.is_empty();
        less.then_some(Edit::ReplaceValue { statement: index, path, from, to })
    })
}
