//! DeleteDataset.

use cognitab_macros::operation;

use crate::dataset::{self, Dataset, check_identity, modified_by};
use crate::describe_dataset::{DatasetRequest, DatasetResponse};
use crate::record::Record;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;

/// Deletes a dataset and its records. The sync count rises, by which devices learn of the deletion.
#[operation(signed, http = "DELETE /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", resource = dataset::arn)]
pub(crate) fn delete_dataset(
    cx: &mut Cx<'_>,
    input: DatasetRequest,
) -> Result<DatasetResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let mut dataset = Dataset::find(&cx.world, &input.identity_id, &input.dataset_name)?;
    let description = dataset.describe(&cx.world);
    let records: Vec<String> = Record::all(&cx.world, &dataset).map(|r| r.key()).collect();
    for key in records {
        cx.world.remove::<Record>(&key);
    }
    dataset.exists = false;
    dataset.sync_count += 1;
    dataset.deleted_at = dataset.sync_count;
    dataset.modified = cognitab_wire::shape::Timestamp(cx.now);
    dataset.modified_by = modified_by(cx);
    cx.world.put(&dataset);
    Ok(DatasetResponse { dataset: description })
}
