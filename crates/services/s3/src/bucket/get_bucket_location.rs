//! `GetBucketLocation`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::SERVICE;
use crate::access;
use crate::bucket::{Bucket, BucketName};

/// `GetBucketLocationRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetBucketLocationRequest {
    #[shape(uri)]
    bucket: BucketName,
}

/// `GetBucketLocationOutput`. Its one member is the root of the document, which a shape cannot
/// declare: the document is written here.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetBucketLocationOutput {
    #[shape(payload)]
    location_constraint: String,
}

/// Returns the region of a bucket; for us-east-1 it is empty.
#[operation(signed, http = "GET /{Bucket}?location", access = access::bucket)]
pub(crate) fn get_bucket_location(
    cx: &mut Cx<'_>,
    input: GetBucketLocationRequest,
) -> Result<GetBucketLocationOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let region = if bucket.region == "us-east-1" { "" } else { &bucket.region };
    Ok(GetBucketLocationOutput {
        location_constraint: format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"{}\">{region}</LocationConstraint>",
            SERVICE.target
        ),
    })
}
