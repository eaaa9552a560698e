//! `HeadBucket`: is there such a bucket, and may the caller list it?

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::bucket::Bucket;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `HeadBucketRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct HeadBucketRequest {
    #[shape(uri)]
    bucket: String,
}

/// `HeadBucketOutput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct HeadBucketOutput {
    #[shape(header = "x-amz-bucket-region")]
    bucket_region: String,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::bucket(cx, input, "s3:ListBucket")
}

/// Tells where a bucket lies.
#[operation(signed, http = "HEAD /{Bucket}", access = access)]
pub(super) fn head_bucket(
    cx: &mut Cx<'_>,
    input: HeadBucketRequest,
) -> Result<HeadBucketOutput, Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    Ok(HeadBucketOutput { bucket_region: bucket.region })
}
