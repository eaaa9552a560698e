//! `ListTables`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::table::Table;

/// `ListTablesInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListTablesInput {
    #[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
    exclusive_start_table_name: Option<String>,
    #[shape(range = 1..=100)]
    limit: Option<i64>,
}

/// `ListTablesOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct ListTablesOutput {
    table_names: Vec<String>,
    last_evaluated_table_name: Option<String>,
}

/// Names the tables of an account in a region.
#[operation(signed)]
pub(crate) fn list_tables(
    cx: &mut Cx<'_>,
    input: ListTablesInput,
) -> Result<ListTablesOutput, Stop> {
    let start = input.exclusive_start_table_name.unwrap_or_default();
    let most = usize::try_from(input.limit.unwrap_or(100)).unwrap_or(100);
    let all = cx.world.scan::<Table>(&Table::address(&cx.call.account, &cx.call.region, ""));
    let mut names: Vec<String> = all.map(|t| t.name).filter(|name| *name > start).collect();
    let more = names.len() > most;
    names.truncate(most);
    let last = names.last().filter(|_| more).cloned();
    Ok(ListTablesOutput { table_names: names, last_evaluated_table_name: last })
}
