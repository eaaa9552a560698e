//! Records of a dataset. A deleted record remains without a value, so that other devices learn of its
//! deletion.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::dataset::Dataset;
use cognitab_kernel::Row;
use cognitab_kernel::World;

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Record {
    pub(crate) identity: String,
    pub(crate) dataset: String,
    pub(crate) key: String,
    pub(crate) value: Option<String>,
    pub(crate) sync_count: i64,
    pub(crate) modified: Timestamp,
    pub(crate) modified_by: String,
    pub(crate) device_modified: Option<Timestamp>,
}

impl Row for Record {
    const TABLE: &'static str = "cognito-sync.record";
    fn key(&self) -> String {
        address(&self.identity, &self.dataset, &self.key)
    }
}

fn address(identity: &str, dataset: &str, key: &str) -> String {
    format!("{identity}/{dataset}/{key}")
}

/// A record as AWS returns it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct RecordDescription {
    key: String,
    value: Option<String>,
    sync_count: i64,
    last_modified_date: Timestamp,
    last_modified_by: String,
    device_last_modified_date: Option<Timestamp>,
}

impl Record {
    /// The record of this key.
    pub(crate) fn find(world: &World, dataset: &Dataset, key: &str) -> Option<Record> {
        world.get(&address(&dataset.identity, &dataset.name, key))
    }

    /// The records of a dataset, with the deleted ones.
    pub(crate) fn all(world: &World, dataset: &Dataset) -> impl Iterator<Item = Record> {
        world.scan::<Record>(&address(&dataset.identity, &dataset.name, ""))
    }

    /// The number of characters of key and value.
    pub(crate) fn size(&self) -> usize {
        self.key.chars().count() + self.value.iter().map(|v| v.chars().count()).sum::<usize>()
    }

    pub(crate) fn describe(self) -> RecordDescription {
        RecordDescription {
            key: self.key,
            value: self.value,
            sync_count: self.sync_count,
            last_modified_date: self.modified,
            last_modified_by: self.modified_by,
            device_last_modified_date: self.device_modified,
        }
    }
}
