//! `ListBuckets`: the buckets of the caller's account.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::bucket::Bucket;
use crate::canonical;

/// `ListBucketsRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListBucketsRequest {
    #[shape(query = "prefix")]
    prefix: Option<String>,
}

/// `ListBucketsOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListBucketsOutput {
    owner: Owner,
    #[shape(item = "Bucket")]
    buckets: Vec<Listed>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct Owner {
    #[shape(name = "ID")]
    id: String,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct Listed {
    name: String,
    creation_date: Timestamp,
    bucket_region: String,
}

/// Lists the buckets of the caller's account.
#[operation(signed, http = "GET /", action = "s3:ListAllMyBuckets")]
pub(crate) fn list_buckets(
    cx: &mut Cx<'_>,
    input: ListBucketsRequest,
) -> Result<ListBucketsOutput, Stop> {
    let prefix = input.prefix.unwrap_or_default();
    let own = cx.world.scan::<Bucket>(&prefix).filter(|b| b.owner == cx.call.account);
    let buckets =
        own.map(|b| Listed { name: b.name, creation_date: b.created, bucket_region: b.region });
    let buckets = buckets.collect();
    Ok(ListBucketsOutput { owner: Owner { id: canonical::id(&cx.call.account) }, buckets })
}
