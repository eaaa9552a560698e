//! `DeleteObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::Bucket;
use crate::object::Object;

/// `DeleteObjectRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteObjectRequest {
    #[shape(uri)]
    bucket: String,
    #[shape(uri)]
    key: String,
}

/// Removes an object; that there is none is no failure.
#[operation(signed, http = "DELETE /{Bucket}/{Key+}", status = 204, access = access::object)]
pub(crate) fn delete_object(cx: &mut Cx<'_>, input: DeleteObjectRequest) -> Result<(), Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    Object::remove(cx, &bucket.name, &input.key);
    Ok(())
}
