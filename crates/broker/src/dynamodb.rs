//! DynamoDB: tables of items.

mod access;
mod attribute;
mod batch_get_item;
mod batch_write_item;
mod condition;
mod create_table;
mod delete_item;
mod delete_table;
mod describe_table;
mod description;
mod error;
mod get_item;
mod item;
mod key_condition;
mod list_tables;
mod number;
mod page;
mod parse;
mod path;
mod put_item;
mod query;
mod reserved;
mod scan;
mod table;
mod token;
mod update;
mod update_item;
mod words;
mod write;

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

pub(crate) use table::resources;

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "dynamodb",
    protocol: Protocol::Json10,
    target: "DynamoDB_20120810",
    version: "2012-08-10",
    station: Station::Resource,
    operations: &[
        entry::<batch_get_item::BatchGetItem>(),
        entry::<batch_write_item::BatchWriteItem>(),
        entry::<create_table::CreateTable>(),
        entry::<delete_item::DeleteItem>(),
        entry::<delete_table::DeleteTable>(),
        entry::<describe_table::DescribeTable>(),
        entry::<get_item::GetItem>(),
        entry::<list_tables::ListTables>(),
        entry::<put_item::PutItem>(),
        entry::<query::Query>(),
        entry::<scan::Scan>(),
        entry::<update_item::UpdateItem>(),
    ],
};
