//! `ListTables`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::table::{Table, TableName};

/// Most names of a response.
const MAX_NAMES: usize = 100;

/// `ListTablesInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListTablesInput {
    exclusive_start_table_name: Option<TableName>,
    limit: Option<ListTablesInputLimit>,
}

/// The most names to return.
#[derive(Clone, Copy, Debug, Shape)]
#[shape(range = 1..=100)]
pub(crate) struct ListTablesInputLimit(i64);

/// `ListTablesOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct ListTablesOutput {
    table_names: Vec<TableName>,
    last_evaluated_table_name: Option<TableName>,
}

/// Lists the names of the tables of an account in a region.
#[operation(signed)]
pub(crate) fn list_tables(
    cx: &mut Cx<'_>,
    input: ListTablesInput,
) -> Result<ListTablesOutput, Stop> {
    let start = input.exclusive_start_table_name;
    let limit = input.limit.and_then(|limit| usize::try_from(*limit).ok()).unwrap_or(MAX_NAMES);
    let tables = cx.world.scan::<Table>(&Table::address(&cx.call.account, &cx.call.region, ""));
    let mut names: Vec<TableName> = tables
        .map(|table| table.name)
        .filter(|name| start.as_ref().is_none_or(|start| name > start))
        .collect();
    let is_truncated = names.len() > limit;
    names.truncate(limit);
    let last = names.last().filter(|_| is_truncated).cloned();
    Ok(ListTablesOutput { table_names: names, last_evaluated_table_name: last })
}
