//! S3: buckets and the objects in them.

use crate::event::Station;
use crate::operation::{Protocol, Service};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "s3",
    protocol: Protocol::RestXml,
    target: "http://s3.amazonaws.com/doc/2006-03-01/",
    version: "2006-03-01",
    station: Station::Resource,
    operations: &[],
};
