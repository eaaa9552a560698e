//! `ListTables`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::table::Table;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `ListTablesInput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct ListTablesInput {
    #[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
    exclusive_start_table_name: Option<String>,
    #[shape(range = 1..=100)]
    limit: Option<i64>,
}

/// `ListTablesOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(super) struct ListTablesOutput {
    table_names: Vec<String>,
    last_evaluated_table_name: Option<String>,
}

fn access(_: &Cx<'_>, _: &Value) -> Vec<Access> {
    vec![Access::new("dynamodb:ListTables", "*")]
}

/// Names the tables of an account in a region.
#[operation(signed, access = access)]
pub(super) fn list_tables(
    cx: &mut Cx<'_>,
    input: ListTablesInput,
) -> Result<ListTablesOutput, Fault> {
    let start = input.exclusive_start_table_name.unwrap_or_default();
    let most = usize::try_from(input.limit.unwrap_or(100)).unwrap_or(100);
    let all = cx.world.scan::<Table>(&Table::address(&cx.account, &cx.region, ""));
    let mut names: Vec<String> = all.map(|t| t.name).filter(|name| *name > start).collect();
    let more = names.len() > most;
    names.truncate(most);
    let last = names.last().filter(|_| more).cloned();
    Ok(ListTablesOutput { table_names: names, last_evaluated_table_name: last })
}
