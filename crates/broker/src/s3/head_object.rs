//! `HeadObject`.

use cognitab_macros::operation;
use cognitab_wire::Value;

use super::bucket::Bucket;
use super::object::{ObjectOutput, ObjectRequest, answer};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    // Reading about an object is reading it: there is no action of this operation's name.
    super::access::object(cx, input, "s3:GetObject")
}

/// Tells everything about an object but its content.
#[operation(signed, http = "HEAD /{Bucket}/{Key+}", access = access)]
pub(super) fn head_object(cx: &mut Cx<'_>, input: ObjectRequest) -> Result<ObjectOutput, Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let object = super::access::find(cx, &bucket, &input.key)?;
    Ok(answer(cx, &object, &input, false)?)
}
