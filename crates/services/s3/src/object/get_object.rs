//! `GetObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::operation;

use crate::access;
use crate::bucket::Bucket;
use crate::object::{ObjectOutput, ObjectRequest, output};

/// Returns an object, or the range of it that `Range` names.
#[operation(signed, http = "GET /{Bucket}/{Key+}", access = access::object)]
pub(crate) fn get_object(cx: &mut Cx<'_>, input: ObjectRequest) -> Result<ObjectOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let object = access::find_object(cx, &bucket, &input.key)?;
    Ok(output(cx, &object, &input, true)?)
}
