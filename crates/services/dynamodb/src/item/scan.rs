//! `Scan`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::error::Error;
use crate::expression::parser;
use crate::expression::placeholders::Placeholders;
use crate::item::page::{Page, PageRequest, PositiveIntegerObject, Select};
use crate::table::{IndexName, Table, TableArn};

/// `ScanInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ScanInput {
    table_name: TableArn,
    index_name: Option<IndexName>,
    filter_expression: Option<String>,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    select: Option<Select>,
    limit: Option<PositiveIntegerObject>,
    exclusive_start_key: Option<Value>,
    segment: Option<ScanSegment>,
    total_segments: Option<ScanTotalSegments>,
}

/// The number of a segment, from zero.
#[derive(Clone, Copy, Debug, Shape)]
#[shape(range = 0..=999_999)]
pub(crate) struct ScanSegment(i64);

/// How many segments a parallel scan has.
#[derive(Clone, Copy, Debug, Shape)]
#[shape(range = 1..=1_000_000)]
pub(crate) struct ScanTotalSegments(i64);

/// Returns the items of a table or an index, or of one segment.
#[operation(signed, access = access::items)]
pub(crate) fn scan(cx: &mut Cx<'_>, input: ScanInput) -> Result<Page, Stop> {
    let values = input.expression_attribute_values.as_ref();
    let mut placeholders = Placeholders::new(input.expression_attribute_names, values)?;
    let filter = input.filter_expression.as_deref();
    let projection = input.projection_expression.as_deref();
    let expressions =
        [("FilterExpression", filter.is_some()), ("ProjectionExpression", projection.is_some())];
    let filter = parser::condition("FilterExpression", filter, &mut placeholders)?;
    let projection = parser::projection(projection, &mut placeholders)?;
    placeholders.check_all_used(&expressions)?;
    let segment = segment(input.segment, input.total_segments)?;
    let table = Table::for_items(cx, &input.table_name)?;
    let request = PageRequest {
        table: &table,
        index_name: input.index_name.as_ref(),
        key_condition: None,
        filter,
        projection,
        select: input.select,
        forward: true,
        limit: input.limit,
        exclusive_start_key: input.exclusive_start_key.as_ref(),
        segment,
    };
    Ok(request.read(cx)?)
}

/// Checks that segment and total number come together and fit.
fn segment(
    segment: Option<ScanSegment>,
    total_segments: Option<ScanTotalSegments>,
) -> Result<Option<(i64, i64)>, Error> {
    match (segment.map(i64::from), total_segments.map(i64::from)) {
        (None, None) => Ok(None),
        (Some(segment), Some(total)) if segment < total => Ok(Some((segment, total))),
        (Some(segment), Some(total)) => Err(Error::validation(format!(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}"
        ))),
        (None, Some(_)) => Err(Error::validation(
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
        )),
        (Some(_), None) => Err(Error::validation(
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
        )),
    }
}
