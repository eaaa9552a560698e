//! `DeleteBucketPolicy`.

use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::Bucket;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

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
