//! `GetItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute_value;
use crate::error::Error;
use crate::expression::document_path::DocumentPath;
use crate::expression::parser;
use crate::expression::placeholders::Placeholders;
use crate::expression::projection::project;
use crate::item::Item;
use crate::table::{Table, TableArn};

/// `GetItemInput`. Every read is strongly consistent.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetItemInput {
    table_name: TableArn,
    key: Value,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
}

/// `GetItemOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct GetItemOutput {
    item: Option<Value>,
}

/// Returns the item of a key, if it exists.
#[operation(signed, access = access::items)]
pub(crate) fn get_item(cx: &mut Cx<'_>, input: GetItemInput) -> Result<GetItemOutput, Stop> {
    let key = attribute_value::read(&input.key)?;
    let projection =
        parse_projection(input.projection_expression.as_deref(), input.expression_attribute_names)?;
    let table = Table::for_items(cx, &input.table_name)?;
    table.check_key(&key)?;
    let item = Item::find(cx, &table, &key).map(|item| match &projection {
        Some(paths) => project(&item, paths),
        None => item,
    });
    Ok(GetItemOutput { item: item.as_ref().map(attribute_value::write) })
}

/// Parses `ProjectionExpression`, which must use every placeholder.
pub(crate) fn parse_projection(
    text: Option<&str>,
    names: Option<BTreeMap<String, String>>,
) -> Result<Option<Vec<DocumentPath>>, Error> {
    let mut placeholders = Placeholders::new(names, None)?;
    let projection = parser::projection(text, &mut placeholders)?;
    placeholders.check_all_used(&[("ProjectionExpression", text.is_some())])?;
    Ok(projection)
}
