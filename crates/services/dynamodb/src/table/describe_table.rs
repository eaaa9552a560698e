//! `DescribeTable`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::table::Table;
use crate::table::description::TableDescription;

/// `DescribeTableInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeTableInput {
    #[shape(length = 1..=1024)]
    table_name: String,
}

/// `DescribeTableOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeTableOutput {
    table: TableDescription,
}

/// Describes a table.
#[operation(signed, resource = access::table)]
pub(crate) fn describe_table(
    cx: &mut Cx<'_>,
    input: DescribeTableInput,
) -> Result<DescribeTableOutput, Stop> {
    let table = Table::find(cx, &input.table_name);
    let table = table.ok_or(Error::NoTableNamed(input.table_name))?;
    Ok(DescribeTableOutput { table: table.describe(&cx.world, "ACTIVE") })
}
