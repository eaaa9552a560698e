//! `DescribeDataset`.

use cognitab_macros::{Shape, operation};

use crate::dataset::{self, Dataset, DatasetDescription, check_identity};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// `DescribeDatasetRequest` and `DeleteDatasetRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DatasetRequest {
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_id: String,
    #[shape(uri, length = 1..=128, pattern = r"[a-zA-Z0-9_.:-]+")]
    pub(crate) dataset_name: String,
}

/// `DescribeDatasetResponse` and `DeleteDatasetResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DatasetResponse {
    pub(crate) dataset: DatasetDescription,
}

/// Describes a dataset.
#[operation(signed, http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", resource = dataset::arn)]
pub(crate) fn describe_dataset(
    cx: &mut Cx<'_>,
    input: DatasetRequest,
) -> Result<DatasetResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let dataset = Dataset::find(&cx.world, &input.identity_id, &input.dataset_name)?;
    Ok(DatasetResponse { dataset: dataset.describe(&cx.world) })
}
