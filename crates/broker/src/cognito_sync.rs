//! Cognito Sync: a person's data, the same on every device.

use crate::event::Station;
use crate::operation::{Protocol, Service};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "cognito-sync",
    protocol: Protocol::RestJson,
    target: "AWSCognitoSyncService",
    version: "2014-06-30",
    station: Station::IdentityPool,
    operations: &[],
};
