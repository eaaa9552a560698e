//! DescribeDataset.

use cognitab_macros::{Shape, operation};

use crate::dataset::{self, Dataset, DatasetDescription, check_identity};
use crate::shapes::{DatasetName, IdentityId, IdentityPoolId};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DatasetRequest {
    #[shape(uri)]
    pub(crate) identity_pool_id: IdentityPoolId,
    #[shape(uri)]
    pub(crate) identity_id: IdentityId,
    #[shape(uri)]
    pub(crate) dataset_name: DatasetName,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DatasetResponse {
    pub(crate) dataset: DatasetDescription,
}

#[operation(signed, http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", resource = dataset::arn)]
pub(crate) fn describe_dataset(
    cx: &mut Cx<'_>,
    input: DatasetRequest,
) -> Result<DatasetResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let dataset = Dataset::find(&cx.world, &input.identity_id, &input.dataset_name)?;
    Ok(DatasetResponse { dataset: dataset.describe(&cx.world) })
}
