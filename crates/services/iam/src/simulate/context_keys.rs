//! The condition keys that policies refer to.

use cognitab_macros::Shape;
use cognitab_policy::{Condition, Document, Statement, Template};

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetContextKeysForPolicyResponse {
    pub(crate) context_key_names: Vec<String>,
}

/// The keys of policy variables and conditions, each once, in the order in which they appear.
pub(crate) fn of<'a>(documents: impl Iterator<Item = &'a Document>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in documents.flat_map(|document| &document.statements).flat_map(of_statement) {
        if !keys.iter().any(|known| known.eq_ignore_ascii_case(&key)) {
            keys.push(key);
        }
    }
    keys
}

fn of_statement(statement: &Statement) -> Vec<String> {
    let resources = statement.resource.iter().flat_map(|resource| &resource.values);
    let of_condition = |condition: &Condition| -> Vec<String> {
        let values = condition.values.iter().flat_map(variables);
        std::iter::once(condition.key.clone()).chain(values).collect()
    };
    let conditions = statement.conditions.iter().flat_map(of_condition);
    resources.flat_map(variables).chain(conditions).collect()
}

/// The variables as the policy spells them: a template has their names in lower case.
fn variables(template: &Template) -> Vec<String> {
    let source = template.source();
    let lower = source.to_ascii_lowercase();
    let as_written = |name: &str| lower.find(name).and_then(|at| source.get(at..at + name.len()));
    template.variables().map(|name| as_written(name).unwrap_or(name).to_owned()).collect()
}
