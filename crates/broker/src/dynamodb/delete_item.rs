//! `DeleteItem`.

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

/// `DeleteItemInput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DeleteItemInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    key: Value,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValues>,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::items(cx, input, "DeleteItem")
}

/// Removes an item; that there is none is no failure.
#[operation(signed, access = access)]
pub(super) fn delete_item(cx: &mut Cx<'_>, input: DeleteItemInput) -> Result<Written, Fault> {
    let returned = ReturnValues::of_whole(input.return_values)?;
    let key = attribute::read(&input.key)?;
    let condition = condition(
        input.condition_expression.as_deref(),
        input.expression_attribute_names,
        input.expression_attribute_values.as_ref(),
    )?;
    let table = Table::open(cx, &input.table_name)?;
    table.check_key(&key)?;
    let old = Item::find(cx, &table, &key);
    hold(condition.as_ref(), old.as_ref())?;
    cx.world.remove::<Item>(&Item::address(&table, &key));
    Ok(returned.old(old.as_ref()))
}
