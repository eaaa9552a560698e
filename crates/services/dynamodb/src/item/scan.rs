//! `Scan`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::error::Error;
use crate::expression::parse::Parser;
use crate::expression::words::Words;
use crate::item::page::{Page, ReadRequest, Select, read};
use crate::table::Table;

/// `ScanInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ScanInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    #[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
    index_name: Option<String>,
    filter_expression: Option<String>,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    select: Option<Select>,
    #[shape(range = 1..=i64::MAX)]
    limit: Option<i64>,
    exclusive_start_key: Option<Value>,
    #[shape(range = 0..=999_999)]
    segment: Option<i64>,
    #[shape(range = 1..=1_000_000)]
    total_segments: Option<i64>,
}

/// Reads a table or an index from end to end.
#[operation(signed, access = access::items)]
pub(crate) fn scan(cx: &mut Cx<'_>, input: ScanInput) -> Result<Page, Stop> {
    let values = input.expression_attribute_values.as_ref();
    let mut words = Words::new(input.expression_attribute_names, values)?;
    let filter = input.filter_expression.as_deref();
    let projection = input.projection_expression.as_deref();
    let there =
        [("FilterExpression", filter.is_some()), ("ProjectionExpression", projection.is_some())];
    let filter = filter.map(|t| Parser::new("FilterExpression", t, &mut words)?.condition());
    let filter = filter.transpose()?;
    let projection =
        projection.map(|t| Parser::new("ProjectionExpression", t, &mut words)?.projection());
    let projection = projection.transpose()?;
    words.check(&there)?;
    let segment = segment(input.segment, input.total_segments)?;
    let table = Table::open(cx, &input.table_name)?;
    let request = ReadRequest {
        table: &table,
        index: input.index_name.as_deref(),
        key: None,
        filter,
        projection,
        select: input.select,
        forward: true,
        limit: input.limit,
        start: input.exclusive_start_key.as_ref(),
        segment,
    };
    Ok(read(cx, &request)?)
}

fn segment(segment: Option<i64>, total: Option<i64>) -> Result<Option<(i64, i64)>, Error> {
    match (segment, total) {
        (None, None) => Ok(None),
        (Some(segment), Some(total)) if segment < total => Ok(Some((segment, total))),
        (Some(segment), Some(total)) => Err(Error::invalid(format!(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}"
        ))),
        (None, Some(_)) => Err(Error::invalid(
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
        )),
        (Some(_), None) => Err(Error::invalid(
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
        )),
    }
}
