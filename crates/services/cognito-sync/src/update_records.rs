//! `UpdateRecords`: all the changes of a device, or none of them.

use std::collections::BTreeSet;

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::dataset::{self, Dataset, check_identity, writer};
use crate::error::Error;
use crate::record::{Record, RecordDescription};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

const MOST_DATASETS: usize = 20;
const MOST_RECORDS: i64 = 1024;
const MOST_CHARACTERS: i64 = 1024 * 1024;

/// `UpdateRecordsRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateRecordsRequest {
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_id: String,
    #[shape(uri, length = 1..=128, pattern = r"[a-zA-Z0-9_.:-]+")]
    pub(crate) dataset_name: String,
    #[shape(length = 1..=256)]
    device_id: Option<String>,
    record_patches: Option<Vec<RecordPatch>>,
    sync_session_token: String,
    #[shape(header = "x-amz-client-context")]
    client_context: Option<String>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct RecordPatch {
    op: Op,
    #[shape(length = 1..=1024)]
    key: String,
    #[shape(length = 0..=1_048_575)]
    value: Option<String>,
    sync_count: i64,
    device_last_modified_date: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum Op {
    #[shape(name = "replace")]
    Replace,
    #[shape(name = "remove")]
    Remove,
}

/// `UpdateRecordsResponse`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct UpdateRecordsResponse {
    records: Vec<RecordDescription>,
}

/// Writes records whose counts are still those that the device last saw. The first write makes the
/// dataset.
#[operation(signed, http = "POST /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", resource = dataset::arn)]
pub(crate) fn update_records(
    cx: &mut Cx<'_>,
    input: UpdateRecordsRequest,
) -> Result<UpdateRecordsResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let mut dataset = Dataset::open(&cx.world, &input.identity_id, &input.dataset_name);
    dataset.check_token(&input.sync_session_token)?;
    let patches = input.record_patches.unwrap_or_default();
    if patches.is_empty() {
        return Ok(UpdateRecordsResponse::default());
    }
    let (now, writer) = (Timestamp(cx.now), writer(cx));
    dataset.sync_count += 1;
    let records = patched(cx, &dataset, patches, &writer)?;
    if !dataset.exists {
        if Dataset::all(&cx.world, &dataset.identity).count() >= MOST_DATASETS {
            return Err(Error::Limit("Dataset").into());
        }
        dataset.exists = true;
        dataset.created = now;
    }
    dataset.modified = now;
    dataset.modified_by = writer;
    for record in &records {
        cx.world.put(record);
    }
    cx.world.put(&dataset);
    within_limits(cx, &dataset)?;
    Ok(UpdateRecordsResponse { records: records.into_iter().map(Record::describe).collect() })
}

/// The records as the patches leave them.
fn patched(
    cx: &Cx<'_>,
    dataset: &Dataset,
    patches: Vec<RecordPatch>,
    writer: &str,
) -> Result<Vec<Record>, Error> {
    let mut seen = BTreeSet::new();
    let patched = patches.into_iter().map(|patch| {
        if !seen.insert(patch.key.clone()) {
            return Err(Error::DuplicateKey(patch.key));
        }
        let here = Record::find(&cx.world, dataset, &patch.key).map_or(0, |r| r.sync_count);
        if patch.sync_count != here {
            return Err(Error::Conflict { key: patch.key, here, sent: patch.sync_count });
        }
        let value = match patch.op {
            Op::Remove => None,
            Op::Replace => Some(patch.value.ok_or_else(|| Error::NoValue(patch.key.clone()))?),
        };
        Ok(Record {
            identity: dataset.identity.clone(),
            dataset: dataset.name.clone(),
            key: patch.key,
            value,
            sync_count: dataset.sync_count,
            modified: Timestamp(cx.now),
            modified_by: writer.to_owned(),
            device_modified: patch.device_last_modified_date,
        })
    });
    patched.collect()
}

/// Refuses a dataset that has grown too large; nothing of the call is kept then.
fn within_limits(cx: &Cx<'_>, dataset: &Dataset) -> Result<(), Error> {
    let (size, count) = dataset.storage(&cx.world);
    if count > MOST_RECORDS {
        return Err(Error::Limit("Record"));
    }
    if size > MOST_CHARACTERS { Err(Error::Limit("Dataset size")) } else { Ok(()) }
}
