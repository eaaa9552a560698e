//! `DescribeTable`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::error::Error;
use crate::table::description::TableDescription;
use crate::table::{Table, TableArn};

/// `DescribeTableInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeTableInput {
    table_name: TableArn,
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
    let table = table.ok_or(Error::TableNotFound(input.table_name))?;
    Ok(DescribeTableOutput { table: table.describe(&cx.world, "ACTIVE") })
}
