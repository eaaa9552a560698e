//! DescribeIdentityUsage.

use crate::shapes::{IdentityId, IdentityPoolId};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::dataset::{self, Dataset, check_identity};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeIdentityUsageRequest {
    #[shape(uri)]
    identity_pool_id: IdentityPoolId,
    #[shape(uri)]
    identity_id: IdentityId,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeIdentityUsageResponse {
    identity_usage: IdentityUsage,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct IdentityUsage {
    identity_id: IdentityId,
    identity_pool_id: IdentityPoolId,
    last_modified_date: Option<Timestamp>,
    dataset_count: i64,
    data_storage: i64,
}

#[operation(
    signed,
    http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}",
    resource = dataset::identity_arn
)]
pub(crate) fn describe_identity_usage(
    cx: &mut Cx<'_>,
    input: DescribeIdentityUsageRequest,
) -> Result<DescribeIdentityUsageResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let (mut last, mut datasets, mut storage) = (None, 0, 0);
    for dataset in Dataset::all(&cx.world, &input.identity_id) {
        last = last.max(Some(dataset.modified));
        datasets += 1;
        storage += dataset.storage(&cx.world).0;
    }
    Ok(DescribeIdentityUsageResponse {
        identity_usage: IdentityUsage {
            identity_id: input.identity_id,
            identity_pool_id: input.identity_pool_id,
            last_modified_date: last,
            dataset_count: datasets,
            data_storage: storage,
        },
    })
}
