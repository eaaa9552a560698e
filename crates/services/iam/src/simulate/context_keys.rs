//! Which condition keys policies refer to.

use cognitab_macros::Shape;
use cognitab_policy::{Condition, Document, Statement, Template};

/// Output of GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetContextKeysForPolicyResponse {
    /// The keys.
    pub(crate) context_key_names: Vec<String>,
}

/// The keys of variables and conditions, each once, in the order in which they stand.
pub(crate) fn of<'a>(documents: impl Iterator<Item = &'a Document>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in documents.flat_map(|one| &one.statements).flat_map(named) {
        if !keys.iter().any(|known| known.eq_ignore_ascii_case(&key)) {
            keys.push(key);
        }
    }
    keys
}

fn named(statement: &Statement) -> Vec<String> {
    let resources = statement.resource.iter().flat_map(|one| &one.values);
    let inside = |one: &Condition| -> Vec<String> {
        let values = one.values.iter().flat_map(variables);
        std::iter::once(one.key.clone()).chain(values).collect()
    };
    let conditions = statement.conditions.iter().flat_map(inside);
    resources.flat_map(variables).chain(conditions).collect()
}

/// Variables as they are written: their names are known in lower case only.
fn variables(template: &Template) -> Vec<String> {
    let source = template.source();
    let lower = source.to_ascii_lowercase();
    let written = |name: &str| lower.find(name).and_then(|at| source.get(at..at + name.len()));
    template.variables().map(|name| written(name).unwrap_or(name).to_owned()).collect()
}
