//! `DeleteBucketPolicy`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::{Bucket, BucketName};

/// `DeleteBucketPolicyRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteBucketPolicyRequest {
    #[shape(uri)]
    bucket: BucketName,
}

/// Deletes the policy of a bucket. Succeeds if there is none.
#[operation(signed, http = "DELETE /{Bucket}?policy", status = 204, access = access::bucket)]
pub(crate) fn delete_bucket_policy(
    cx: &mut Cx<'_>,
    input: DeleteBucketPolicyRequest,
) -> Result<(), Stop> {
    let mut bucket = Bucket::find(cx, &input.bucket)?;
    bucket.policy = None;
    cx.world.put(&bucket);
    Ok(())
}
