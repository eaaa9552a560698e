//! `BatchGetItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Access, Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute_value;
use crate::error::Error;
use crate::expression::projection::project;
use crate::item::Item;
use crate::item::get_item::parse_projection;
use crate::table::Table;

/// Most keys of a request.
const MAX_KEYS: usize = 100;

/// `BatchGetItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct BatchGetItemInput {
    request_items: BatchGetRequestMap,
}

/// The keys to read, by the name or ARN of their table.
#[derive(Clone, Debug, Shape)]
#[shape(length = 1..=100)]
pub(crate) struct BatchGetRequestMap(BTreeMap<String, KeysAndAttributes>);

#[derive(Clone, Debug, Shape)]
pub(crate) struct KeysAndAttributes {
    keys: KeyList,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
}

/// The keys of items of one table.
#[derive(Clone, Debug, Shape)]
#[shape(length = 1..=100)]
pub(crate) struct KeyList(Vec<Value>);

/// `BatchGetItemOutput`. `UnprocessedKeys` is always empty.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct BatchGetItemOutput {
    responses: BTreeMap<String, Vec<Value>>,
    unprocessed_keys: BTreeMap<String, Value>,
}

fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    access::batch(cx, input, action, |part| part.get("Keys").items().iter().collect())
}

/// Returns the items of several keys, without those that do not exist.
#[operation(signed, access = access)]
pub(crate) fn batch_get_item(
    cx: &mut Cx<'_>,
    input: BatchGetItemInput,
) -> Result<BatchGetItemOutput, Stop> {
    if input.request_items.values().map(|part| part.keys.len()).sum::<usize>() > MAX_KEYS {
        return Err(Error::validation("Too many items requested for the BatchGetItem call").into());
    }
    let mut output = BatchGetItemOutput::default();
    for (name, part) in input.request_items.into_inner() {
        let projection = parse_projection(
            part.projection_expression.as_deref(),
            part.expression_attribute_names,
        )?;
        let table = Table::for_items(cx, &name.as_str().into())?;
        let (mut keys, mut items) = (Vec::new(), Vec::new());
        for key in part.keys.iter() {
            let key = attribute_value::read(key)?;
            table.check_key(&key)?;
            if keys.contains(&key) {
                return Err(
                    Error::validation("Provided list of item keys contains duplicates").into()
                );
            }
            if let Some(item) = Item::find(cx, &table, &key) {
                let item = projection.as_ref().map(|paths| project(&item, paths)).unwrap_or(item);
                items.push(attribute_value::write(&item));
            }
            keys.push(key);
        }
        output.responses.insert(name, items);
    }
    Ok(output)
}
