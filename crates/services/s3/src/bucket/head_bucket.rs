//! `HeadBucket`: is there such a bucket, and may the caller list it?

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::Bucket;

/// `HeadBucketRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct HeadBucketRequest {
    #[shape(uri)]
    bucket: String,
}

/// `HeadBucketOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct HeadBucketOutput {
    #[shape(header = "x-amz-bucket-region")]
    bucket_region: String,
}

/// Tells where a bucket lies.
#[operation(signed, http = "HEAD /{Bucket}", action = "s3:ListBucket", access = access::bucket)]
pub(crate) fn head_bucket(
    cx: &mut Cx<'_>,
    input: HeadBucketRequest,
) -> Result<HeadBucketOutput, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    Ok(HeadBucketOutput { bucket_region: bucket.region })
}
