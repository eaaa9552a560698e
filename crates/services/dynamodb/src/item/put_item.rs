//! `PutItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute;
use crate::item::Item;
use crate::item::write::{ReturnValues, Written, condition, hold};
use crate::table::Table;

/// `PutItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutItemInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    item: Value,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValues>,
}

/// Writes an item, or writes over it.
#[operation(signed, access = access::items)]
pub(crate) fn put_item(cx: &mut Cx<'_>, input: PutItemInput) -> Result<Written, Stop> {
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
