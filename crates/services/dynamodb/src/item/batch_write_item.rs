//! `BatchWriteItem`: up to twenty-five puts and deletes at once.

use std::collections::BTreeMap;

use cognitab_kernel::{Access, Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::attribute;
use crate::error::Error;
use crate::item::Item;
use crate::table::Table;

/// `BatchWriteItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct BatchWriteItemInput {
    #[shape(length = 1..=25)]
    request_items: BTreeMap<String, Vec<WriteRequest>>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct WriteRequest {
    put_request: Option<PutRequest>,
    delete_request: Option<DeleteRequest>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct PutRequest {
    item: Value,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRequest {
    key: Value,
}

/// `BatchWriteItemOutput`. Nothing is ever left unprocessed.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct BatchWriteItemOutput {
    unprocessed_items: BTreeMap<String, Value>,
}

fn requests(part: &Value) -> Vec<&Value> {
    let mut out = Vec::new();
    for request in part.items() {
        out.push(request.get("PutRequest").get("Item"));
        out.push(request.get("DeleteRequest").get("Key"));
    }
    out
}

fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    crate::access::batch(cx, input, action, requests)
}

/// Writes and removes items of several tables; all of them or, if one is malformed, none.
#[operation(signed, access = access)]
pub(crate) fn batch_write_item(
    cx: &mut Cx<'_>,
    input: BatchWriteItemInput,
) -> Result<BatchWriteItemOutput, Stop> {
    let count = input.request_items.values().map(Vec::len).sum::<usize>();
    if count > 25 {
        return Err(Error::invalid("Too many items requested for the BatchWriteItem call").into());
    }
    for (name, requests) in input.request_items {
        if requests.is_empty() {
            return Err(Error::invalid(
                "The batch write request list for a table cannot be null or empty",
            )
            .into());
        }
        let table = Table::open(cx, &name)?;
        let mut seen = Vec::new();
        for request in requests {
            let address = write(cx, &table, request)?;
            if seen.contains(&address) {
                return Err(Error::invalid("Provided list of item keys contains duplicates").into());
            }
            seen.push(address);
        }
    }
    Ok(BatchWriteItemOutput::default())
}

/// Carries out one request; returns where it wrote.
fn write(cx: &mut Cx<'_>, table: &Table, request: WriteRequest) -> Result<String, Error> {
    match (request.put_request, request.delete_request) {
        (Some(put), None) => {
            let attributes = attribute::read(&put.item)?;
            cx.world.put(&Item::new(table, &attributes)?);
            Ok(Item::address(table, &attributes))
        }
        (None, Some(delete)) => {
            let key = attribute::read(&delete.key)?;
            table.check_key(&key)?;
            let address = Item::address(table, &key);
            cx.world.remove::<Item>(&address);
            Ok(address)
        }
        _ => Err(Error::invalid(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
        )),
    }
}
