//! `GetObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::operation;

use crate::access;
use crate::bucket::Bucket;
use crate::object::{ObjectOutput, ObjectRequest, answer};

/// Reads an object, or the part of it that `Range` names.
#[operation(signed, http = "GET /{Bucket}/{Key+}", access = access::object)]
pub(crate) fn get_object(cx: &mut Cx<'_>, input: ObjectRequest) -> Result<ObjectOutput, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let object = access::find(cx, &bucket, &input.key)?;
    Ok(answer(cx, &object, &input, true)?)
}
