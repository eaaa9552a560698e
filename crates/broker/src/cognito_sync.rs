//! Cognito Sync: a person's data, the same on every device.

mod dataset;
mod delete_dataset;
mod describe_dataset;
mod describe_identity_usage;
mod error;
mod list_datasets;
mod list_records;
mod page;
mod record;
mod update_records;

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "cognito-sync",
    protocol: Protocol::RestJson,
    target: "AWSCognitoSyncService",
    version: "2014-06-30",
    station: Station::IdentityPool,
    operations: &[
        entry::<describe_identity_usage::DescribeIdentityUsage>(),
        entry::<list_datasets::ListDatasets>(),
        entry::<list_records::ListRecords>(),
        entry::<describe_dataset::DescribeDataset>(),
        entry::<update_records::UpdateRecords>(),
        entry::<delete_dataset::DeleteDataset>(),
    ],
};
