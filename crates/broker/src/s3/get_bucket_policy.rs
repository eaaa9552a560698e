//! `GetBucketPolicy`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::bucket::Bucket;
use super::error::Error;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `GetBucketPolicyRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct GetBucketPolicyRequest {
    #[shape(uri)]
    bucket: String,
}

/// `GetBucketPolicyOutput`.
#[derive(Clone, Debug, Shape)]
pub(super) struct GetBucketPolicyOutput {
    #[shape(header = "content-type")]
    content_type: String,
    #[shape(payload)]
    policy: String,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::bucket(cx, input, "s3:GetBucketPolicy")
}

/// Answers the policy as it was put.
#[operation(signed, http = "GET /{Bucket}?policy", access = access)]
pub(super) fn get_bucket_policy(
    cx: &mut Cx<'_>,
    input: GetBucketPolicyRequest,
) -> Result<GetBucketPolicyOutput, Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let policy = bucket.policy.ok_or(Error::NoSuchBucketPolicy(bucket.name))?;
    Ok(GetBucketPolicyOutput { content_type: "application/json".to_owned(), policy })
}
