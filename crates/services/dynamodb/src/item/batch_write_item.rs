//! `BatchWriteItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Access, Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute_value;
use crate::error::Error;
use crate::item::Item;
use crate::table::Table;

/// Most puts and deletes of a request.
const MAX_REQUESTS: usize = 25;

/// `BatchWriteItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct BatchWriteItemInput {
    request_items: BatchWriteItemRequestMap,
}

/// Puts and deletes, by the name or ARN of their table.
#[derive(Clone, Debug, Shape)]
#[shape(length = 1..=25)]
pub(crate) struct BatchWriteItemRequestMap(BTreeMap<String, Vec<WriteRequest>>);

/// Either a put or a delete.
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

/// `BatchWriteItemOutput`. `UnprocessedItems` is always empty.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct BatchWriteItemOutput {
    unprocessed_items: BTreeMap<String, Value>,
}

fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    fn items_and_keys(requests: &Value) -> Vec<&Value> {
        let mut attributes = Vec::new();
        for request in requests.items() {
            attributes.push(request.get("PutRequest").get("Item"));
            attributes.push(request.get("DeleteRequest").get("Key"));
        }
        attributes
    }
    access::batch(cx, input, action, items_and_keys)
}

/// Puts and deletes items of several tables. If one request is not valid, none has an effect.
#[operation(signed, access = access)]
pub(crate) fn batch_write_item(
    cx: &mut Cx<'_>,
    input: BatchWriteItemInput,
) -> Result<BatchWriteItemOutput, Stop> {
    if input.request_items.values().map(Vec::len).sum::<usize>() > MAX_REQUESTS {
        let message = "Too many items requested for the BatchWriteItem call";
        return Err(Error::validation(message).into());
    }
    for (name, requests) in input.request_items.into_inner() {
        if requests.is_empty() {
            return Err(Error::validation(
                "The batch write request list for a table cannot be null or empty",
            )
            .into());
        }
        let table = Table::for_items(cx, &name.into())?;
        let mut addresses = Vec::new();
        for request in requests {
            let address = write(cx, &table, request)?;
            if addresses.contains(&address) {
                return Err(
                    Error::validation("Provided list of item keys contains duplicates").into()
                );
            }
            addresses.push(address);
        }
    }
    Ok(BatchWriteItemOutput::default())
}

/// Puts or deletes an item. Returns its row key.
fn write(cx: &mut Cx<'_>, table: &Table, request: WriteRequest) -> Result<String, Error> {
    match (request.put_request, request.delete_request) {
        (Some(put), None) => {
            let attributes = attribute_value::read(&put.item)?;
            cx.world.put(&Item::new(table, &attributes)?);
            Ok(Item::address(table, &attributes))
        }
        (None, Some(delete)) => {
            let key = attribute_value::read(&delete.key)?;
            table.check_key(&key)?;
            let address = Item::address(table, &key);
            cx.world.remove::<Item>(&address);
            Ok(address)
        }
        _ => Err(Error::validation(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
        )),
    }
}
