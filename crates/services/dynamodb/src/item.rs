//! An item. Its key sorts as DynamoDB sorts: by partition, then by the sort key.

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

use crate::attribute::{self, Attribute, Attributes, weight};
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
const MOST: usize = 400 * 1024;

/// An item of a table.
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

/// Text of a key attribute whose order is that of its values.
pub(crate) fn sortable(value: &Attribute) -> String {
    match value {
        Attribute::S(text) => text.clone(),
        Attribute::N(number) => number.sortable(),
        Attribute::B(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect(),
        _ => String::new(),
    }
}

/// Partition and sort key as one text: the partition holds no slash, the sort key may.
pub(crate) fn sorted(names: &KeyNames<'_>, attributes: &Attributes) -> String {
    let part = |name: &str| attributes.get(name).map(sortable).unwrap_or_default();
    format!("{}/{}", encode(&part(names.hash)), names.range.map(part).unwrap_or_default())
}

impl Item {
    /// An item of a table, its key checked.
    pub(crate) fn new(table: &Table, attributes: &Attributes) -> Result<Item, Error> {
        table.check(attributes)?;
        if weight(attributes) > MOST {
            return Err(Error::invalid("Item size has exceeded the maximum allowed size"));
        }
        let address = Item::address(table, attributes);
        Ok(Item { address, attributes: attribute::write(attributes) })
    }

    /// Where the item of this key is kept.
    pub(crate) fn address(table: &Table, key: &Attributes) -> String {
        format!("{}/{}", table.key(), sorted(&table.names(), key))
    }

    /// Its attributes.
    pub(crate) fn attributes(&self) -> Attributes {
        // It was written by `write`, so that there is nothing that could not be read.
        attribute::read(&self.attributes).unwrap_or_default()
    }

    /// The attributes of the item of this key.
    pub(crate) fn find(cx: &Cx<'_>, table: &Table, key: &Attributes) -> Option<Attributes> {
        let item: Option<Item> = cx.world.get(&Item::address(table, key));
        item.map(|i| i.attributes())
    }

    /// Every item of a table, in order.
    pub(crate) fn all(world: &World, table: &Table) -> impl Iterator<Item = Item> {
        world.scan::<Item>(&format!("{}/", table.key()))
    }

    /// Every item of a partition, in order.
    pub(crate) fn partition(
        world: &World,
        table: &Table,
        hash: &Attribute,
    ) -> impl Iterator<Item = Item> {
        world.scan::<Item>(&format!("{}/{}/", table.key(), encode(&sortable(hash))))
    }
}
