//! `DeleteTable`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::description::TableDescription;
use super::error::Error;
use super::item::Item;
use super::table::Table;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;
use crate::world::Row;

/// `DeleteTableInput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DeleteTableInput {
    #[shape(length = 1..=1024)]
    table_name: String,
}

/// `DeleteTableOutput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DeleteTableOutput {
    table_description: TableDescription,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::table(cx, input, "DeleteTable")
}

/// Removes a table with everything in it. It is described as being deleted and is gone at once.
#[operation(signed, access = access)]
pub(super) fn delete_table(
    cx: &mut Cx<'_>,
    input: DeleteTableInput,
) -> Result<DeleteTableOutput, Fault> {
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
