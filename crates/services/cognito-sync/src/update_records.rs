//! UpdateRecords: applies all patches or none.

use crate::shapes::{DatasetName, DeviceId, IdentityId, IdentityPoolId, RecordKey, RecordValue};
use std::collections::BTreeSet;

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::dataset::{self, Dataset, check_identity, modified_by};
use crate::error::Error;
use crate::record::{Record, RecordDescription};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

const MAX_DATASETS: usize = 20;
const MAX_RECORDS: i64 = 1024;
const MAX_CHARACTERS: i64 = 1024 * 1024;

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateRecordsRequest {
    #[shape(uri)]
    pub(crate) identity_pool_id: IdentityPoolId,
    #[shape(uri)]
    pub(crate) identity_id: IdentityId,
    #[shape(uri)]
    pub(crate) dataset_name: DatasetName,
    device_id: Option<DeviceId>,
    record_patches: Option<Vec<RecordPatch>>,
    sync_session_token: String,
    #[shape(header = "x-amz-client-context")]
    client_context: Option<String>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct RecordPatch {
    op: Operation,
    key: RecordKey,
    value: Option<RecordValue>,
    sync_count: i64,
    device_last_modified_date: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum Operation {
    #[shape(name = "replace")]
    Replace,
    #[shape(name = "remove")]
    Remove,
}

#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct UpdateRecordsResponse {
    records: Vec<RecordDescription>,
}

/// Writes records whose sync counts the device knows. The first write creates the dataset.
#[operation(signed, http = "POST /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", resource = dataset::arn)]
pub(crate) fn update_records(
    cx: &mut Cx<'_>,
    input: UpdateRecordsRequest,
) -> Result<UpdateRecordsResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let mut dataset = Dataset::load(&cx.world, &input.identity_id, &input.dataset_name);
    dataset.check_token(&input.sync_session_token)?;
    let patches = input.record_patches.unwrap_or_default();
    if patches.is_empty() {
        return Ok(UpdateRecordsResponse::default());
    }
    let (now, modified_by) = (Timestamp(cx.now), modified_by(cx));
    dataset.sync_count += 1;
    let records = apply(cx, &dataset, patches, &modified_by)?;
    if !dataset.exists {
        if Dataset::all(&cx.world, &dataset.identity).count() >= MAX_DATASETS {
            return Err(Error::LimitExceeded("Dataset").into());
        }
        dataset.exists = true;
        dataset.created = now;
    }
    dataset.modified = now;
    dataset.modified_by = modified_by;
    for record in &records {
        cx.world.put(record);
    }
    cx.world.put(&dataset);
    check_limits(cx, &dataset)?;
    Ok(UpdateRecordsResponse { records: records.into_iter().map(Record::describe).collect() })
}

/// The records with the patches applied.
fn apply(
    cx: &Cx<'_>,
    dataset: &Dataset,
    patches: Vec<RecordPatch>,
    modified_by: &str,
) -> Result<Vec<Record>, Error> {
    let mut seen = BTreeSet::new();
    let records = patches.into_iter().map(|patch| {
        if !seen.insert(patch.key.clone()) {
            return Err(Error::DuplicateKey(patch.key.into_inner()));
        }
        let current = Record::find(&cx.world, dataset, &patch.key).map_or(0, |r| r.sync_count);
        if patch.sync_count != current {
            return Err(Error::Conflict {
                key: patch.key.into_inner(),
                current,
                sent: patch.sync_count,
            });
        }
        let value = match patch.op {
            Operation::Remove => None,
            Operation::Replace => Some(
                patch
                    .value
                    .map(RecordValue::into_inner)
                    .ok_or_else(|| Error::MissingValue(patch.key.to_string()))?,
            ),
        };
        Ok(Record {
            identity: dataset.identity.clone(),
            dataset: dataset.name.clone(),
            key: patch.key.into_inner(),
            value,
            sync_count: dataset.sync_count,
            modified: Timestamp(cx.now),
            modified_by: modified_by.to_owned(),
            device_modified: patch.device_last_modified_date,
        })
    });
    records.collect()
}

/// Checks the size of a dataset.
fn check_limits(cx: &Cx<'_>, dataset: &Dataset) -> Result<(), Error> {
    let (size, count) = dataset.storage(&cx.world);
    if count > MAX_RECORDS {
        return Err(Error::LimitExceeded("Record"));
    }
    if size > MAX_CHARACTERS { Err(Error::LimitExceeded("Dataset size")) } else { Ok(()) }
}
