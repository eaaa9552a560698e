//! `UpdateItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute_value::{self, AttributeMap};
use crate::error::Error;
use crate::expression::document_path::DocumentPath;
use crate::expression::parser;
use crate::expression::placeholders::Placeholders;
use crate::expression::projection::project;
use crate::expression::update::Update;
use crate::item::Item;
use crate::item::write::{ReturnValue, WriteOutput, check_condition};
use crate::table::{Table, TableArn};

/// `UpdateItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateItemInput {
    table_name: TableArn,
    key: Value,
    update_expression: Option<String>,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValue>,
}

/// Changes attributes of an item, which is created if it does not exist.
#[operation(signed, access = access::items)]
pub(crate) fn update_item(cx: &mut Cx<'_>, input: UpdateItemInput) -> Result<WriteOutput, Stop> {
    let key = attribute_value::read(&input.key)?;
    let values = input.expression_attribute_values.as_ref();
    let mut placeholders = Placeholders::new(input.expression_attribute_names, values)?;
    let update = input.update_expression.as_deref();
    let condition = input.condition_expression.as_deref();
    let expressions =
        [("UpdateExpression", update.is_some()), ("ConditionExpression", condition.is_some())];
    let update = update.map(|text| Update::parse(text, &mut placeholders)).transpose()?;
    let update = update.unwrap_or_default();
    let condition = parser::condition("ConditionExpression", condition, &mut placeholders)?;
    placeholders.check_all_used(&expressions)?;
    let table = Table::for_items(cx, &input.table_name)?;
    table.check_key(&key)?;
    check_keys_unchanged(&table, &update)?;
    let old = Item::find(cx, &table, &key);
    check_condition(condition.as_ref(), old.as_ref())?;
    let new = update.apply(old.as_ref().unwrap_or(&key))?;
    cx.world.put(&Item::new(&table, &new)?);
    Ok(output(input.return_values.unwrap_or_default(), &update, old.as_ref(), &new))
}

fn check_keys_unchanged(table: &Table, update: &Update) -> Result<(), Error> {
    let keys = table.key_names();
    match update.paths().find(|path| keys.iter().any(|name| name == path.attribute)) {
        Some(path) => Err(Error::invalid_parameter(&format!(
            "Cannot update attribute {}. This attribute is part of the key",
            path.attribute
        ))),
        None => Ok(()),
    }
}

fn output(
    return_values: ReturnValue,
    update: &Update,
    old: Option<&AttributeMap>,
    new: &AttributeMap,
) -> WriteOutput {
    let updated = |item: &AttributeMap| {
        let paths: Vec<DocumentPath> = update.paths().cloned().collect();
        Some(project(item, &paths)).filter(|attributes| !attributes.is_empty())
    };
    let attributes = match return_values {
        ReturnValue::None => None,
        ReturnValue::AllOld => old.cloned(),
        ReturnValue::AllNew => Some(new.clone()),
        ReturnValue::UpdatedOld => old.and_then(updated),
        ReturnValue::UpdatedNew => updated(new),
    };
    WriteOutput { attributes: attributes.as_ref().map(attribute_value::write) }
}
