//! `DeleteTable`.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::item::Item;
use crate::table::Table;
use crate::table::description::TableDescription;

/// `DeleteTableInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteTableInput {
    #[shape(length = 1..=1024)]
    table_name: String,
}

/// `DeleteTableOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteTableOutput {
    table_description: TableDescription,
}

/// Removes a table with everything in it. It is described as being deleted and is gone at once.
#[operation(signed, resource = access::table)]
pub(crate) fn delete_table(
    cx: &mut Cx<'_>,
    input: DeleteTableInput,
) -> Result<DeleteTableOutput, Stop> {
    let table = Table::find(cx, &input.table_name);
    let table = table.ok_or(Error::NoTableNamed(input.table_name))?;
    let table_description = table.describe(&cx.world, "DELETING");
    let items: Vec<String> = Item::all(&cx.world, &table).map(|i| i.key()).collect();
    for key in items {
        cx.world.remove::<Item>(&key);
    }
    cx.world.remove::<Table>(&table.key());
    Ok(DeleteTableOutput { table_description })
}
