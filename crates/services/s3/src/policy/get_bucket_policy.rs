//! `GetBucketPolicy`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::error::Error;

/// `GetBucketPolicyRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetBucketPolicyRequest {
    #[shape(uri)]
    bucket: BucketName,
}

/// `GetBucketPolicyOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetBucketPolicyOutput {
    #[shape(header = "content-type")]
    content_type: String,
    #[shape(payload)]
    policy: String,
}

/// Returns the policy of a bucket.
#[operation(signed, http = "GET /{Bucket}?policy", access = access::bucket)]
pub(crate) fn get_bucket_policy(
    cx: &mut Cx<'_>,
    input: GetBucketPolicyRequest,
) -> Result<GetBucketPolicyOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let policy = bucket.policy.ok_or(Error::NoSuchBucketPolicy(bucket.name))?;
    Ok(GetBucketPolicyOutput { content_type: "application/json".to_owned(), policy })
}
