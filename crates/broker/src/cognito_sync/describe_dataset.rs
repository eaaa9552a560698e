//! `DescribeDataset`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::dataset::{Dataset, DatasetDescription, check_identity};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `DescribeDatasetRequest` and `DeleteDatasetRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DatasetRequest {
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(super) identity_pool_id: String,
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(super) identity_id: String,
    #[shape(uri, length = 1..=128, pattern = r"[a-zA-Z0-9_.:-]+")]
    pub(super) dataset_name: String,
}

/// `DescribeDatasetResponse` and `DeleteDatasetResponse`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DatasetResponse {
    pub(super) dataset: DatasetDescription,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::dataset::access(cx, input, "DescribeDataset")
}

/// Describes a dataset.
#[operation(signed, http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", access = access)]
pub(super) fn describe_dataset(
    cx: &mut Cx<'_>,
    input: DatasetRequest,
) -> Result<DatasetResponse, Fault> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let dataset = Dataset::find(&cx.world, &input.identity_id, &input.dataset_name)?;
    Ok(DatasetResponse { dataset: dataset.describe(&cx.world) })
}
