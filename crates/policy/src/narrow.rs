//! Changes that take a request out of a statement that denies it: an exception more, a value less,
//! or else the whole statement.

use crate::{
    candidates::{Candidate, one_more, source, texts},
    document::{Document, Effect, Element, Statement},
    fix::Edit,
    matching::Asked,
    parse::escaped,
};
use serde_json::{Value, json};

/// For every statement that denies the request: what would spare it, the least first.
pub(crate) fn narrowed(document: &Document, asked: Asked<'_>) -> Vec<Candidate> {
    let mut edits = Vec::new();
    for (index, statement) in document.statements.iter().enumerate() {
        if statement.effect != Effect::Deny || !statement.matches(asked) {
            continue;
        }
        let Some(source) = source(document, index) else { continue };
        edits.extend(spared(source, index, statement, asked).map(|edit| (0, edit)));
        edits.extend(dropped(source, index, statement, asked).map(|edit| (1, edit)));
        edits.push((2, Edit::RemoveStatement { statement: index }));
    }
    edits
}

/// The request put among the exceptions of a statement that lists them.
fn spared(source: &Value, index: usize, statement: &Statement, asked: Asked<'_>) -> Option<Edit> {
    let excepts = |element: &Option<Element>| element.as_ref().is_some_and(|one| one.not);
    if excepts(&statement.resource) {
        return one_more(source, "/NotResource".to_owned(), index, asked.request.resource);
    }
    if excepts(&statement.action) {
        return one_more(source, "/NotAction".to_owned(), index, asked.request.action);
    }
    let context = asked.request.context;
    let negated = |name: &str| name.contains("Not") && !name.contains(':');
    statement.conditions.iter().filter(|one| negated(&one.name)).find_map(|one| {
        let value = context.values(&one.key).first()?;
        let path = format!("/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        one_more(source, path, index, value)
    })
}

/// The request taken out of a list that names it as it is, beside others.
fn dropped(source: &Value, index: usize, statement: &Statement, asked: Asked<'_>) -> Option<Edit> {
    let request = asked.request;
    let lists = [
        ("/Resource".to_owned(), request.resource.to_owned()),
        ("/Action".to_owned(), request.action.to_owned()),
    ];
    let values = statement.conditions.iter().filter_map(|one| {
        let path = format!("/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        Some((path, request.context.values(&one.key).first()?.clone()))
    });
    lists.into_iter().chain(values).find_map(|(path, value)| {
        let from = source.pointer(&path).filter(|list| texts(list).len() > 1)?;
        let left: Vec<&str> =
            texts(from).into_iter().filter(|one| !one.eq_ignore_ascii_case(&value)).collect();
        let (from, to) = (from.clone(), json!(left));
        let less = left.len() < texts(&from).len() && !left.is_empty();
        less.then_some(Edit::ReplaceValue { statement: index, path, from, to })
    })
}
