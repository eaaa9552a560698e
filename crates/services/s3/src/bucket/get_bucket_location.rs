//! `GetBucketLocation`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::Bucket;

/// `GetBucketLocationRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetBucketLocationRequest {
    #[shape(uri)]
    bucket: String,
}

/// `GetBucketLocationOutput`. Its one member is also the root of the document, which no shape can
/// say: the document is written here.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetBucketLocationOutput {
    #[shape(payload)]
    location_constraint: String,
}

/// Tells a bucket's region; the oldest has no name here.
#[operation(signed, http = "GET /{Bucket}?location", access = access::bucket)]
pub(crate) fn get_bucket_location(
    cx: &mut Cx<'_>,
    input: GetBucketLocationRequest,
) -> Result<GetBucketLocationOutput, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let region = if bucket.region == "us-east-1" { "" } else { &bucket.region };
    Ok(GetBucketLocationOutput {
        location_constraint: format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"{}\">{region}</LocationConstraint>",
            crate::SERVICE.target
        ),
    })
}
