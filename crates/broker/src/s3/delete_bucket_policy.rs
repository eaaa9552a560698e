//! `DeleteBucketPolicy`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::bucket::Bucket;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `DeleteBucketPolicyRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DeleteBucketPolicyRequest {
    #[shape(uri)]
    bucket: String,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::bucket(cx, input, "s3:DeleteBucketPolicy")
}

/// Takes the policy off a bucket, whether or not there is one.
#[operation(signed, http = "DELETE /{Bucket}?policy", status = 204, access = access)]
pub(super) fn delete_bucket_policy(
    cx: &mut Cx<'_>,
    input: DeleteBucketPolicyRequest,
) -> Result<(), Fault> {
    let mut bucket = Bucket::open(cx, &input.bucket)?;
    bucket.policy = None;
    cx.world.put(&bucket);
    Ok(())
}
