//! DynamoDB: tables and the items in them.

use crate::event::Station;
use crate::operation::{Protocol, Service};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "dynamodb",
    protocol: Protocol::Json10,
    target: "DynamoDB_20120810",
    version: "2012-08-10",
    station: Station::Resource,
    operations: &[],
};
