//! `ListBuckets`: the buckets of the caller's account.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;
use cognitab_wire::shape::Timestamp;

use super::bucket::Bucket;
use super::canonical;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `ListBucketsRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct ListBucketsRequest {
    #[shape(query = "prefix")]
    prefix: Option<String>,
}

/// `ListBucketsOutput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct ListBucketsOutput {
    owner: Owner,
    #[shape(item = "Bucket")]
    buckets: Vec<Listed>,
}

#[derive(Clone, Debug, Shape)]
pub(super) struct Owner {
    #[shape(name = "ID")]
    id: String,
}

#[derive(Clone, Debug, Shape)]
pub(super) struct Listed {
    name: String,
    creation_date: Timestamp,
    bucket_region: String,
}

fn access(_: &Cx<'_>, _: &Value) -> Vec<Access> {
    vec![Access::new("s3:ListAllMyBuckets", "*")]
}

/// Lists the buckets of the caller's account.
#[operation(signed, http = "GET /", access = access)]
pub(super) fn list_buckets(
    cx: &mut Cx<'_>,
    input: ListBucketsRequest,
) -> Result<ListBucketsOutput, Fault> {
    let prefix = input.prefix.unwrap_or_default();
    let own = cx.world.scan::<Bucket>(&prefix).filter(|b| b.owner == cx.account);
    let buckets =
        own.map(|b| Listed { name: b.name, creation_date: b.created, bucket_region: b.region });
    let buckets = buckets.collect();
    Ok(ListBucketsOutput { owner: Owner { id: canonical::id(&cx.account) }, buckets })
}
