//! `Query`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::error::Error;
use crate::expression::condition::Condition;
use crate::expression::parser::{self, Parser};
use crate::expression::placeholders::Placeholders;
use crate::item::page::{Page, PageRequest, PositiveIntegerObject, Select};
use crate::table::{IndexName, SecondaryIndex, Table, TableArn};

/// `QueryInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct QueryInput {
    table_name: TableArn,
    index_name: Option<IndexName>,
    key_condition_expression: Option<String>,
    filter_expression: Option<String>,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    select: Option<Select>,
    scan_index_forward: Option<bool>,
    limit: Option<PositiveIntegerObject>,
    exclusive_start_key: Option<Value>,
}

/// Returns items of one partition of a table or an index, in the order of the sort key.
#[operation(signed, access = access::items)]
pub(crate) fn query(cx: &mut Cx<'_>, input: QueryInput) -> Result<Page, Stop> {
    let values = input.expression_attribute_values.as_ref();
    let mut placeholders = Placeholders::new(input.expression_attribute_names, values)?;
    let key_condition = input.key_condition_expression.ok_or_else(|| {
        Error::validation(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
        )
    })?;
    let member = "KeyConditionExpression";
    let key_condition = Parser::new(member, &key_condition, &mut placeholders)?.condition()?;
    let filter = input.filter_expression.as_deref();
    let filter = parser::condition("FilterExpression", filter, &mut placeholders)?;
    let projection = input.projection_expression.as_deref();
    let projection = parser::projection(projection, &mut placeholders)?;
    placeholders.check_all_used(&[(member, true)])?;
    let table = Table::for_items(cx, &input.table_name)?;
    let index_name = input.index_name.as_ref();
    let index = index_name.map(|name| table.index(name)).transpose()?;
    check_filter(&table, index, filter.as_ref())?;
    let request = PageRequest {
        table: &table,
        index_name,
        key_condition: Some(key_condition),
        filter,
        projection,
        select: input.select,
        forward: input.scan_index_forward.unwrap_or(true),
        limit: input.limit,
        exclusive_start_key: input.exclusive_start_key.as_ref(),
        segment: None,
    };
    Ok(request.read(cx)?)
}

/// Checks that a filter names no attribute of the key.
fn check_filter(
    table: &Table,
    index: Option<&SecondaryIndex>,
    filter: Option<&Condition>,
) -> Result<(), Error> {
    let keys = index.map_or_else(|| table.key_names(), SecondaryIndex::key_names);
    let mut attributes = filter.into_iter().flat_map(Condition::attributes);
    match attributes.find(|attribute| keys.iter().any(|name| name == *attribute)) {
        Some(name) => Err(Error::validation(format!(
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: {name}"
        ))),
        None => Ok(()),
    }
}
