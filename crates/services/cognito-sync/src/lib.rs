//! Amazon Cognito Sync: datasets of an identity, synchronized across its devices.
//!
//! Functions of the identity pool crate say which identities exist.

mod dataset;
mod delete_dataset;
mod describe_dataset;
mod describe_identity_usage;
mod error;
mod list_datasets;
mod list_records;
mod page;
mod record;
mod shapes;
mod update_records;

use cognitab_kernel::{Protocol, Service, entry};
use cognitab_trace::event::Station;

/// The service and its operations.
pub static SERVICE: Service = Service {
    target: "AWSCognitoSyncService",
    version: "2014-06-30",
    operations: &[&[
        entry::<describe_identity_usage::DescribeIdentityUsage>(),
        entry::<list_datasets::ListDatasets>(),
        entry::<list_records::ListRecords>(),
        entry::<describe_dataset::DescribeDataset>(),
        entry::<update_records::UpdateRecords>(),
        entry::<delete_dataset::DeleteDataset>(),
    ]],
    ..Service::new("cognito-sync", Protocol::RestJson, Station::IdentityPool)
};
