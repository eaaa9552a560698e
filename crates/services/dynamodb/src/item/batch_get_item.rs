//! `BatchGetItem`: up to a hundred keys at once.

use std::collections::BTreeMap;

use cognitab_kernel::{Access, Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::attribute;
use crate::error::Error;
use crate::expression::path::project;
use crate::item::Item;
use crate::item::get_item::projection;
use crate::table::Table;

/// `BatchGetItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct BatchGetItemInput {
    #[shape(length = 1..=100)]
    request_items: BTreeMap<String, KeysAndAttributes>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct KeysAndAttributes {
    #[shape(length = 1..=100)]
    keys: Vec<Value>,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
}

/// `BatchGetItemOutput`. Nothing is ever left unprocessed.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct BatchGetItemOutput {
    responses: BTreeMap<String, Vec<Value>>,
    unprocessed_keys: BTreeMap<String, Value>,
}

fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    crate::access::batch(cx, input, action, |part| part.get("Keys").items().iter().collect())
}

/// Reads the items of many keys; those that are not there are left out.
#[operation(signed, access = access)]
pub(crate) fn batch_get_item(
    cx: &mut Cx<'_>,
    input: BatchGetItemInput,
) -> Result<BatchGetItemOutput, Stop> {
    if input.request_items.values().map(|part| part.keys.len()).sum::<usize>() > 100 {
        return Err(Error::invalid("Too many items requested for the BatchGetItem call").into());
    }
    let mut output = BatchGetItemOutput::default();
    for (name, part) in input.request_items {
        let paths =
            projection(part.projection_expression.as_deref(), part.expression_attribute_names)?;
        let table = Table::open(cx, &name)?;
        let mut seen = Vec::new();
        let mut found = Vec::new();
        for key in &part.keys {
            let key = attribute::read(key)?;
            table.check_key(&key)?;
            if seen.contains(&key) {
                return Err(Error::invalid("Provided list of item keys contains duplicates").into());
            }
            if let Some(item) = Item::find(cx, &table, &key) {
                let item = paths.as_ref().map_or_else(|| item.clone(), |p| project(&item, p));
                found.push(attribute::write(&item));
            }
            seen.push(key);
        }
        output.responses.insert(name, found);
    }
    Ok(output)
}
