//! `DeleteBucketPolicy`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::Bucket;

/// `DeleteBucketPolicyRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteBucketPolicyRequest {
    #[shape(uri)]
    bucket: String,
}

/// Takes the policy off a bucket, whether or not there is one.
#[operation(signed, http = "DELETE /{Bucket}?policy", status = 204, access = access::bucket)]
pub(crate) fn delete_bucket_policy(
    cx: &mut Cx<'_>,
    input: DeleteBucketPolicyRequest,
) -> Result<(), Stop> {
    let mut bucket = Bucket::open(cx, &input.bucket)?;
    bucket.policy = None;
    cx.world.put(&bucket);
    Ok(())
}
