//! `DeleteTable`.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::item::Item;
use crate::table::description::TableDescription;
use crate::table::{Table, TableArn};

/// `DeleteTableInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteTableInput {
    table_name: TableArn,
}

/// `DeleteTableOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteTableOutput {
    table_description: TableDescription,
}

/// Deletes a table with its items. Its status is `DELETING` in the response; it is gone after it.
#[operation(signed, resource = access::table)]
pub(crate) fn delete_table(
    cx: &mut Cx<'_>,
    input: DeleteTableInput,
) -> Result<DeleteTableOutput, Stop> {
    let table = Table::find(cx, &input.table_name);
    let table = table.ok_or(Error::TableNotFound(input.table_name))?;
    let table_description = table.describe(&cx.world, "DELETING");
    let items: Vec<String> = Item::all(&cx.world, &table).map(|item| item.key()).collect();
    for key in items {
        cx.world.remove::<Item>(&key);
    }
    cx.world.remove::<Table>(&table.key());
    Ok(DeleteTableOutput { table_description })
}
