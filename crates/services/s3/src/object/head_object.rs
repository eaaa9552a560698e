//! `HeadObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::operation;

use crate::access;
use crate::bucket::Bucket;
use crate::object::{ObjectOutput, ObjectRequest, output};

/// Returns the metadata of an object.
#[operation(signed, http = "HEAD /{Bucket}/{Key+}", action = "s3:GetObject", access = access::object)]
pub(crate) fn head_object(cx: &mut Cx<'_>, input: ObjectRequest) -> Result<ObjectOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let object = access::find_object(cx, &bucket, &input.key)?;
    Ok(output(cx, &object, &input, false)?)
}
