//! `PutItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute_value;
use crate::item::Item;
use crate::item::write::{ReturnValue, WriteOutput, check_condition, parse_condition};
use crate::table::{Table, TableArn};

/// `PutItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutItemInput {
    table_name: TableArn,
    item: Value,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValue>,
}

/// Creates an item, or replaces the one of the same key.
#[operation(signed, access = access::items)]
pub(crate) fn put_item(cx: &mut Cx<'_>, input: PutItemInput) -> Result<WriteOutput, Stop> {
    let return_values = ReturnValue::none_or_all_old(input.return_values)?;
    let attributes = attribute_value::read(&input.item)?;
    let condition = parse_condition(
        input.condition_expression.as_deref(),
        input.expression_attribute_names,
        input.expression_attribute_values.as_ref(),
    )?;
    let table = Table::for_items(cx, &input.table_name)?;
    let item = Item::new(&table, &attributes)?;
    let old = Item::find(cx, &table, &attributes);
    check_condition(condition.as_ref(), old.as_ref())?;
    cx.world.put(&item);
    Ok(return_values.output(old.as_ref()))
}
