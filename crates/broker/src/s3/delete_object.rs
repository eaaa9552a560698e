//! `DeleteObject`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::bucket::Bucket;
use super::object::Object;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `DeleteObjectRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct DeleteObjectRequest {
    #[shape(uri)]
    bucket: String,
    #[shape(uri)]
    key: String,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::object(cx, input, "s3:DeleteObject")
}

/// Removes an object; that there is none is no failure.
#[operation(signed, http = "DELETE /{Bucket}/{Key+}", status = 204, access = access)]
pub(super) fn delete_object(cx: &mut Cx<'_>, input: DeleteObjectRequest) -> Result<(), Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    Object::remove(cx, &bucket.name, &input.key);
    Ok(())
}
