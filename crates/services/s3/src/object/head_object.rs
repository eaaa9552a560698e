//! `HeadObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::operation;

use crate::access;
use crate::bucket::Bucket;
use crate::object::{ObjectOutput, ObjectRequest, answer};

/// Tells everything about an object but its content.
#[operation(signed, http = "HEAD /{Bucket}/{Key+}", action = "s3:GetObject", access = access::object)]
pub(crate) fn head_object(cx: &mut Cx<'_>, input: ObjectRequest) -> Result<ObjectOutput, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let object = access::find(cx, &bucket, &input.key)?;
    Ok(answer(cx, &object, &input, false)?)
}
