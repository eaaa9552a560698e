//! `HeadBucket`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::{Bucket, BucketName};

/// `HeadBucketRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct HeadBucketRequest {
    #[shape(uri)]
    bucket: BucketName,
}

/// `HeadBucketOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct HeadBucketOutput {
    #[shape(header = "x-amz-bucket-region")]
    bucket_region: String,
}

/// Determines whether a bucket exists and the caller may list it.
#[operation(signed, http = "HEAD /{Bucket}", action = "s3:ListBucket", access = access::bucket)]
pub(crate) fn head_bucket(
    cx: &mut Cx<'_>,
    input: HeadBucketRequest,
) -> Result<HeadBucketOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    Ok(HeadBucketOutput { bucket_region: bucket.region })
}
