//! `GetObject`.

use cognitab_macros::operation;
use cognitab_wire::Value;

use super::bucket::Bucket;
use super::object::{ObjectOutput, ObjectRequest, answer};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::access::object(cx, input, "s3:GetObject")
}

/// Reads an object, or the part of it that `Range` names.
#[operation(signed, http = "GET /{Bucket}/{Key+}", access = access)]
pub(super) fn get_object(cx: &mut Cx<'_>, input: ObjectRequest) -> Result<ObjectOutput, Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let object = super::access::find(cx, &bucket, &input.key)?;
    Ok(answer(cx, &object, &input, true)?)
}
