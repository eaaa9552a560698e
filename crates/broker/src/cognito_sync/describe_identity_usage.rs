//! `DescribeIdentityUsage`: how much an identity keeps.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;
use cognitab_wire::shape::Timestamp;

use super::dataset::{Dataset, check_identity, pool_arn};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `DescribeIdentityUsageRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DescribeIdentityUsageRequest {
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    identity_pool_id: String,
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    identity_id: String,
}

/// `DescribeIdentityUsageResponse`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DescribeIdentityUsageResponse {
    identity_usage: IdentityUsage,
}

#[derive(Clone, Debug, Shape)]
pub(super) struct IdentityUsage {
    identity_id: String,
    identity_pool_id: String,
    last_modified_date: Option<Timestamp>,
    dataset_count: i64,
    data_storage: i64,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    let arn = format!("{}/identity/{}", pool_arn(cx, input), input.text("IdentityId"));
    vec![Access::new("cognito-sync:DescribeIdentityUsage", arn)]
}

/// Counts what an identity keeps.
#[operation(
    signed,
    http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}",
    access = access
)]
pub(super) fn describe_identity_usage(
    cx: &mut Cx<'_>,
    input: DescribeIdentityUsageRequest,
) -> Result<DescribeIdentityUsageResponse, Fault> {
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
