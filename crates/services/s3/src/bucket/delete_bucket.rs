//! `DeleteBucket`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::error::Error;
use crate::object::Object;

/// `DeleteBucketRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteBucketRequest {
    #[shape(uri)]
    bucket: BucketName,
}

/// Deletes an empty bucket.
#[operation(signed, http = "DELETE /{Bucket}", status = 204, access = access::bucket)]
pub(crate) fn delete_bucket(cx: &mut Cx<'_>, input: DeleteBucketRequest) -> Result<(), Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let objects = Object::address(&bucket.name, "");
    if cx.world.scan::<Object>(&objects).next().is_some() {
        return Err(Error::BucketNotEmpty(bucket.name).into());
    }
    cx.world.remove::<Bucket>(&bucket.name);
    Ok(())
}
