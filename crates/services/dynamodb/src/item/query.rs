//! `Query`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::error::Error;
use crate::expression::parse::Parser;
use crate::expression::words::Words;
use crate::item::page::{Page, ReadRequest, Select, read};
use crate::table::{Table, names};

/// `QueryInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct QueryInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    #[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
    index_name: Option<String>,
    key_condition_expression: Option<String>,
    filter_expression: Option<String>,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    select: Option<Select>,
    scan_index_forward: Option<bool>,
    #[shape(range = 1..=i64::MAX)]
    limit: Option<i64>,
    exclusive_start_key: Option<Value>,
}

/// Reads one partition of a table or an index in the order of the sort key.
#[operation(signed, access = access::items)]
pub(crate) fn query(cx: &mut Cx<'_>, input: QueryInput) -> Result<Page, Stop> {
    let values = input.expression_attribute_values.as_ref();
    let mut words = Words::new(input.expression_attribute_names, values)?;
    let keys = input.key_condition_expression.ok_or_else(|| {
        Error::invalid(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
        )
    })?;
    let key = Parser::new("KeyConditionExpression", &keys, &mut words)?.condition()?;
    let filter = input.filter_expression.as_deref();
    let filter = filter.map(|t| Parser::new("FilterExpression", t, &mut words)?.condition());
    let filter = filter.transpose()?;
    let projection = input.projection_expression.as_deref();
    let projection =
        projection.map(|t| Parser::new("ProjectionExpression", t, &mut words)?.projection());
    let projection = projection.transpose()?;
    words.check(&[("KeyConditionExpression", true)])?;
    let table = Table::open(cx, &input.table_name)?;
    let index = input.index_name.as_deref();
    let schema =
        index.map(|i| table.index(i)).transpose()?.map_or(&table.key_schema, |i| &i.key_schema);
    let mut mentioned = filter.iter().flat_map(|f| f.roots());
    if let Some(name) = mentioned.find(|root| names(schema).iter().any(|key| key == *root)) {
        return Err(Error::invalid(format!(
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: {name}"
        ))
        .into());
    }
    let request = ReadRequest {
        table: &table,
        index,
        key: Some(key),
        filter,
        projection,
        select: input.select,
        forward: input.scan_index_forward.unwrap_or(true),
        limit: input.limit,
        start: input.exclusive_start_key.as_ref(),
        segment: None,
    };
    Ok(read(cx, &request)?)
}
