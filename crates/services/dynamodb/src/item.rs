//! Items and the operations that read and write them.

mod batch_get_item;
mod batch_write_item;
mod delete_item;
mod get_item;
mod page;
mod put_item;
mod query;
mod scan;
mod update_item;
mod write;

use cognitab_kernel::{Cx, Entry, Row, World, entry};
use cognitab_macros::Shape;
use cognitab_wire::Value;
use cognitab_wire::http::encode;

use crate::attribute_value::{self, AttributeMap, AttributeValue, stored_bytes};
use crate::error::Error;
use crate::table::{KeyNames, Table};

/// Operations on items.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<batch_get_item::BatchGetItem>(),
    entry::<batch_write_item::BatchWriteItem>(),
    entry::<delete_item::DeleteItem>(),
    entry::<get_item::GetItem>(),
    entry::<put_item::PutItem>(),
    entry::<query::Query>(),
    entry::<scan::Scan>(),
    entry::<update_item::UpdateItem>(),
];

/// Most bytes of an item.
const MAX_ITEM_BYTES: usize = 400 * 1024;

/// An item of a table. Its row key sorts by partition key, then by sort key, as DynamoDB does.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Item {
    address: String,
    attributes: Value,
}

impl Row for Item {
    const TABLE: &'static str = "dynamodb.item";
    fn key(&self) -> String {
        self.address.clone()
    }
}

/// Text for a key attribute; texts have the order of the values.
fn sortable(value: &AttributeValue) -> String {
    match value {
        AttributeValue::S(text) => text.clone(),
        AttributeValue::N(number) => number.sortable(),
        AttributeValue::B(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        _ => String::new(),
    }
}

/// Partition and sort key as one text, with a slash between them that the partition key cannot
/// contain.
fn sort_position(names: &KeyNames<'_>, attributes: &AttributeMap) -> String {
    let value = |name: &str| attributes.get(name).map(sortable).unwrap_or_default();
    format!("{}/{}", encode(&value(names.hash)), names.range.map(value).unwrap_or_default())
}

impl Item {
    /// An item of a table. Fails if its key does not fit the table's or if it is too large.
    fn new(table: &Table, attributes: &AttributeMap) -> Result<Item, Error> {
        table.check_item(attributes)?;
        if stored_bytes(attributes) > MAX_ITEM_BYTES {
            return Err(Error::validation("Item size has exceeded the maximum allowed size"));
        }
        let address = Item::address(table, attributes);
        Ok(Item { address, attributes: attribute_value::write(attributes) })
    }

    /// The row key of the item of this key.
    fn address(table: &Table, key: &AttributeMap) -> String {
        format!("{}/{}", table.key(), sort_position(&table.key_names(), key))
    }

    /// Its attributes.
    pub(crate) fn attributes(&self) -> AttributeMap {
        // They are in the form that `write` gave them, which can be read.
        attribute_value::read(&self.attributes).unwrap_or_default()
    }

    /// The attributes of the item of this key.
    fn find(cx: &Cx<'_>, table: &Table, key: &AttributeMap) -> Option<AttributeMap> {
        let item: Option<Item> = cx.world.get(&Item::address(table, key));
        item.map(|item| item.attributes())
    }

    /// The items of a table, in order.
    pub(crate) fn all(world: &World, table: &Table) -> impl Iterator<Item = Item> {
        world.scan::<Item>(&format!("{}/", table.key()))
    }

    /// The items of a partition, in order.
    fn partition(
        world: &World,
        table: &Table,
        partition_key: &AttributeValue,
    ) -> impl Iterator<Item = Item> {
        world.scan::<Item>(&format!("{}/{}/", table.key(), encode(&sortable(partition_key))))
    }
}
