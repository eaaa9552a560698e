//! ListRecords: the records that changed since a sync count.

use crate::shapes::{DatasetName, IdentityId, IdentityPoolId};
use cognitab_macros::{Shape, operation};

use crate::dataset::{self, Dataset, check_identity};
use crate::page::page;
use crate::record::{Record, RecordDescription};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRecordsRequest {
    #[shape(uri)]
    pub(crate) identity_pool_id: IdentityPoolId,
    #[shape(uri)]
    pub(crate) identity_id: IdentityId,
    #[shape(uri)]
    pub(crate) dataset_name: DatasetName,
    #[shape(query = "lastSyncCount")]
    last_sync_count: Option<i64>,
    #[shape(query = "nextToken")]
    next_token: Option<String>,
    #[shape(query = "maxResults")]
    max_results: Option<i64>,
    #[shape(query = "syncSessionToken")]
    sync_session_token: Option<String>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListRecordsResponse {
    records: Vec<RecordDescription>,
    next_token: Option<String>,
    count: i64,
    dataset_sync_count: i64,
    last_modified_by: Option<String>,
    merged_dataset_names: Vec<String>,
    dataset_exists: bool,
    dataset_deleted_after_requested_sync_count: bool,
    sync_session_token: String,
}

#[operation(signed, http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}/records", resource = dataset::arn)]
pub(crate) fn list_records(
    cx: &mut Cx<'_>,
    input: ListRecordsRequest,
) -> Result<ListRecordsResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let dataset = Dataset::load(&cx.world, &input.identity_id, &input.dataset_name);
    if let Some(token) = &input.sync_session_token {
        dataset.check_token(token)?;
    }
    let since = input.last_sync_count.unwrap_or_default();
    let changed = Record::all(&cx.world, &dataset).filter(|r| r.sync_count > since);
    let mut changed: Vec<Record> = changed.collect();
    changed.sort_by_key(|r| r.sync_count);
    let (changed, count, next_token) =
        page(changed, input.max_results, input.next_token.as_deref())?;
    // Datasets of an identity that was merged into this one have its old ID in their names.
    let merged = format!("{}.{}:", dataset.name, cx.call.region);
    let merged =
        Dataset::all(&cx.world, &input.identity_id).filter(|d| d.name.starts_with(&merged));
    Ok(ListRecordsResponse {
        merged_dataset_names: merged.map(|d| d.name).collect(),
        records: changed.into_iter().map(Record::describe).collect(),
        next_token,
        count,
        dataset_sync_count: if dataset.exists { dataset.sync_count } else { 0 },
        last_modified_by: Some(dataset.modified_by.clone()).filter(|by| !by.is_empty()),
        dataset_exists: dataset.exists,
        dataset_deleted_after_requested_sync_count: since > 0 && dataset.deleted_at > since,
        sync_session_token: dataset.session_token(),
    })
}
