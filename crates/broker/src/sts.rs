//! STS: who am I, and may I be that role for an hour?

use crate::event::Station;
use crate::operation::{Protocol, Service};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "sts",
    protocol: Protocol::Query,
    target: "https://sts.amazonaws.com/doc/2011-06-15/",
    version: "2011-06-15",
    station: Station::Sts,
    operations: &[],
};
