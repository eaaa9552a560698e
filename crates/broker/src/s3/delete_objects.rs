//! `DeleteObjects`: up to a thousand keys at once, each with its own permission.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Blob;
use cognitab_wire::{Shape as _, Value, xml};

use super::access::on_key;
use super::bucket::Bucket;
use super::error::Error;
use super::object::Object;
use super::sent::receive;
use crate::authorize;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `DeleteObjectsRequest`. The body stays bytes until its digest has been checked.
#[derive(Clone, Debug, Shape)]
pub(super) struct DeleteObjectsRequest {
    #[shape(uri)]
    bucket: String,
    #[shape(payload)]
    delete: Blob,
}

#[derive(Clone, Debug, Shape)]
pub(super) struct Delete {
    #[shape(flattened, name = "Object")]
    objects: Option<Vec<ObjectIdentifier>>,
    #[shape(optional)]
    quiet: bool,
}

#[derive(Clone, Debug, Shape)]
pub(super) struct ObjectIdentifier {
    key: String,
}

/// `DeleteObjectsOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(super) struct DeleteObjectsOutput {
    #[shape(flattened)]
    deleted: Vec<ObjectIdentifier>,
    #[shape(flattened, name = "Error")]
    errors: Vec<Refused>,
}

#[derive(Clone, Debug, Shape)]
pub(super) struct Refused {
    key: String,
    code: String,
    message: String,
}

/// Nothing for the request as a whole: every key is asked for on its own.
fn access(_: &Cx<'_>, _: &Value) -> Vec<Access> {
    Vec::new()
}

/// Removes the keys that the caller may remove and tells about the others.
#[operation(signed, http = "POST /{Bucket}?delete", access = access)]
pub(super) fn delete_objects(
    cx: &mut Cx<'_>,
    input: DeleteObjectsRequest,
) -> Result<DeleteObjectsOutput, Fault> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let sent = receive(cx, input.delete.0)?;
    if !sent.proven {
        return Err(Error::MissingDigest.into());
    }
    let delete = xml::decode(&sent.bytes, Delete::SCHEMA).and_then(Delete::read);
    let delete = delete.map_err(|_| Error::MalformedXml)?;
    let keys = delete.objects.unwrap_or_default();
    if keys.is_empty() || keys.len() > 1000 {
        return Err(Error::MalformedXml.into());
    }
    let mut output = DeleteObjectsOutput::default();
    let mut refused = None;
    for ObjectIdentifier { key } in keys {
        let access = on_key(cx, &bucket, &key, "s3:DeleteObject");
        match authorize::check(cx, &access) {
            Ok(()) => {
                Object::remove(cx, &bucket.name, &key);
                if !delete.quiet {
                    output.deleted.push(ObjectIdentifier { key });
                }
            }
            Err(fault) => {
                // Of many decisions the event keeps the first that says no.
                refused.get_or_insert_with(|| cx.why.clone());
                let code = fault.code.into_owned();
                output.errors.push(Refused { key, code, message: fault.message });
            }
        }
    }
    if let Some(why) = refused {
        cx.why = why;
    }
    Ok(output)
}
