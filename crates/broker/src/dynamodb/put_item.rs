//! `PutItem`.

use std::collections::BTreeMap;

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::attribute;
use super::item::Item;
use super::table::Table;
use super::write::{ReturnValues, Written, condition, hold};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `PutItemInput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct PutItemInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    item: Value,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValues>,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::items(cx, input, "PutItem")
}

/// Writes an item, or writes over it.
#[operation(signed, access = access)]
pub(super) fn put_item(cx: &mut Cx<'_>, input: PutItemInput) -> Result<Written, Fault> {
    let returned = ReturnValues::of_whole(input.return_values)?;
    let new = attribute::read(&input.item)?;
    let condition = condition(
        input.condition_expression.as_deref(),
        input.expression_attribute_names,
        input.expression_attribute_values.as_ref(),
    )?;
    let table = Table::open(cx, &input.table_name)?;
    let item = Item::new(&table, &new)?;
    let old = Item::find(cx, &table, &new);
    hold(condition.as_ref(), old.as_ref())?;
    cx.world.put(&item);
    Ok(returned.old(old.as_ref()))
}
