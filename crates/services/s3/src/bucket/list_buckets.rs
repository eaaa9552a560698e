//! `ListBuckets`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::bucket::{self, BucketName};
use crate::canonical_user;

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
    buckets: Vec<Bucket>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct Owner {
    #[shape(name = "ID")]
    id: String,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct Bucket {
    name: BucketName,
    creation_date: Timestamp,
    bucket_region: String,
}

/// Lists the buckets of the caller's account.
#[operation(signed, http = "GET /", action = "s3:ListAllMyBuckets")]
pub(crate) fn list_buckets(
    cx: &mut Cx<'_>,
    input: ListBucketsRequest,
) -> Result<ListBucketsOutput, Stop> {
    let account = &cx.call.account;
    let buckets = cx.world.scan::<bucket::Bucket>(input.prefix.as_deref().unwrap_or_default());
    let buckets = buckets.filter(|b| b.owner == *account).map(|b| Bucket {
        name: b.name,
        creation_date: b.created,
        bucket_region: b.region,
    });
    let owner = Owner { id: canonical_user::id(account) };
    Ok(ListBucketsOutput { owner, buckets: buckets.collect() })
}
