//! `DeleteObjects`: up to a thousand keys at once, each with its own permission.

use cognitab_kernel::{Cx, Stop, authorize};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Blob;
use cognitab_wire::{Shape as _, xml};

use crate::access::on_key;
use crate::bucket::Bucket;
use crate::error::Error;
use crate::object::Object;
use crate::sent::receive;

/// `DeleteObjectsRequest`. The body stays bytes until its digest has been checked.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteObjectsRequest {
    #[shape(uri)]
    bucket: String,
    #[shape(payload)]
    delete: Blob,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct Delete {
    #[shape(flattened, name = "Object")]
    objects: Option<Vec<ObjectIdentifier>>,
    #[shape(optional)]
    quiet: bool,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ObjectIdentifier {
    key: String,
}

/// `DeleteObjectsOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct DeleteObjectsOutput {
    #[shape(flattened)]
    deleted: Vec<ObjectIdentifier>,
    #[shape(flattened, name = "Error")]
    errors: Vec<Refused>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct Refused {
    key: String,
    code: String,
    message: String,
}

/// Nothing for the request as a whole: every key is asked for on its own.
/// Removes the keys that the caller may remove and returns an error for each of the others. Every
/// key is authorized on its own.
#[operation(signed, unrestricted, http = "POST /{Bucket}?delete")]
pub(crate) fn delete_objects(
    cx: &mut Cx<'_>,
    input: DeleteObjectsRequest,
) -> Result<DeleteObjectsOutput, Stop> {
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
                refused.get_or_insert_with(|| cx.call.why.clone());
                let code = fault.code.into_owned();
                output.errors.push(Refused { key, code, message: fault.message });
            }
        }
    }
    if let Some(why) = refused {
        cx.call.why = why;
    }
    Ok(output)
}
