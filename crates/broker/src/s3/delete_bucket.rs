//! `DeleteBucket`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::bucket::Bucket;
use super::error::Error;
use super::object::Object;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `DeleteBucketRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DeleteBucketRequest {
    #[shape(uri)]
    bucket: String,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::bucket(cx, input, "s3:DeleteBucket")
}

/// Removes a bucket that holds nothing.
#[operation(signed, http = "DELETE /{Bucket}", status = 204, access = access)]
pub(super) fn delete_bucket(cx: &mut Cx<'_>, input: DeleteBucketRequest) -> Result<(), Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let address = Object::address(&bucket.name, "");
    if cx.world.scan::<Object>(&address).next().is_some() {
        return Err(Error::BucketNotEmpty(bucket.name).into());
    }
    cx.world.remove::<Bucket>(&bucket.name);
    Ok(())
}
