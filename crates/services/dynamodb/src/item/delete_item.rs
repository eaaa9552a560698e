//! `DeleteItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute_value;
use crate::item::Item;
use crate::item::write::{ReturnValue, WriteOutput, check_condition, parse_condition};
use crate::table::{Table, TableArn};

/// `DeleteItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteItemInput {
    table_name: TableArn,
    key: Value,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValue>,
}

/// Deletes an item. Succeeds if there is none.
#[operation(signed, access = access::items)]
pub(crate) fn delete_item(cx: &mut Cx<'_>, input: DeleteItemInput) -> Result<WriteOutput, Stop> {
    let return_values = ReturnValue::none_or_all_old(input.return_values)?;
    let key = attribute_value::read(&input.key)?;
    let condition = parse_condition(
        input.condition_expression.as_deref(),
        input.expression_attribute_names,
        input.expression_attribute_values.as_ref(),
    )?;
    let table = Table::for_items(cx, &input.table_name)?;
    table.check_key(&key)?;
    let old = Item::find(cx, &table, &key);
    check_condition(condition.as_ref(), old.as_ref())?;
    cx.world.remove::<Item>(&Item::address(&table, &key));
    Ok(return_values.output(old.as_ref()))
}
