//! `DeleteObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::object::{Object, ObjectKey};

/// `DeleteObjectRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteObjectRequest {
    #[shape(uri)]
    bucket: BucketName,
    #[shape(uri)]
    key: ObjectKey,
}

/// Deletes an object. Succeeds if there is none.
#[operation(signed, http = "DELETE /{Bucket}/{Key+}", status = 204, access = access::object)]
pub(crate) fn delete_object(cx: &mut Cx<'_>, input: DeleteObjectRequest) -> Result<(), Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    Object::delete(cx, &bucket.name, &input.key);
    Ok(())
}
