//! `GetBucketLocation`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::bucket::Bucket;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `GetBucketLocationRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct GetBucketLocationRequest {
    #[shape(uri)]
    bucket: String,
}

/// `GetBucketLocationOutput`. Its one member is also the root of the document, which no shape can
/// say: the document is written here.
#[derive(Clone, Debug, Shape)]
pub(super) struct GetBucketLocationOutput {
    #[shape(payload)]
    location_constraint: String,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::bucket(cx, input, "s3:GetBucketLocation")
}

/// Tells a bucket's region; the oldest has no name here.
#[operation(signed, http = "GET /{Bucket}?location", access = access)]
pub(super) fn get_bucket_location(
    cx: &mut Cx<'_>,
    input: GetBucketLocationRequest,
) -> Result<GetBucketLocationOutput, Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let region = if bucket.region == "us-east-1" { "" } else { &bucket.region };
    Ok(GetBucketLocationOutput {
        location_constraint: format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"{}\">{region}</LocationConstraint>",
            super::SERVICE.target
        ),
    })
}
