//! `DescribeTable`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::description::TableDescription;
use super::error::Error;
use super::table::Table;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `DescribeTableInput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DescribeTableInput {
    #[shape(length = 1..=1024)]
    table_name: String,
}

/// `DescribeTableOutput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DescribeTableOutput {
    table: TableDescription,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::table(cx, input, "DescribeTable")
}

/// Describes a table.
#[operation(signed, access = access)]
pub(super) fn describe_table(
    cx: &mut Cx<'_>,
    input: DescribeTableInput,
) -> Result<DescribeTableOutput, Fault> {
    let table = Table::find(cx, &input.table_name);
    let table = table.ok_or(Error::NoTableNamed(input.table_name))?;
    Ok(DescribeTableOutput { table: table.describe(&cx.world, "ACTIVE") })
}
