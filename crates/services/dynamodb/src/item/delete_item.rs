//! `DeleteItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute;
use crate::item::Item;
use crate::item::write::{ReturnValues, Written, condition, hold};
use crate::table::Table;

/// `DeleteItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteItemInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    key: Value,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValues>,
}

/// Removes an item; that there is none is no failure.
#[operation(signed, access = access::items)]
pub(crate) fn delete_item(cx: &mut Cx<'_>, input: DeleteItemInput) -> Result<Written, Stop> {
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
