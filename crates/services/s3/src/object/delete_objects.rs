//! `DeleteObjects`.

use cognitab_kernel::{Cx, Stop, authorize};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Blob;
use cognitab_wire::{Shape as _, xml};

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::error::Error;
use crate::object::{Object, ObjectKey};
use crate::payload::Payload;

/// Most keys of a request.
const MAX_KEYS: usize = 1000;

/// `DeleteObjectsRequest`. Its body is decoded after its digest has been checked.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteObjectsRequest {
    #[shape(uri)]
    bucket: BucketName,
    #[shape(payload)]
    delete: Blob,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct Delete {
    #[shape(flattened, name = "Object")]
    objects: Option<Vec<ObjectIdentifier>>,
    /// Whether the output lists errors alone.
    #[shape(optional)]
    quiet: bool,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ObjectIdentifier {
    key: ObjectKey,
}

/// `DeleteObjectsOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct DeleteObjectsOutput {
    #[shape(flattened)]
    deleted: Vec<ObjectIdentifier>,
    #[shape(flattened, name = "Error")]
    errors: Vec<DeleteError>,
}

#[derive(Clone, Debug, Shape)]
#[shape(name = "Error")]
pub(crate) struct DeleteError {
    key: ObjectKey,
    code: String,
    message: String,
}

/// Deletes the keys that the caller may delete and returns an error for each of the others. Every
/// key is authorized on its own.
#[operation(signed, unrestricted, http = "POST /{Bucket}?delete")]
pub(crate) fn delete_objects(
    cx: &mut Cx<'_>,
    input: DeleteObjectsRequest,
) -> Result<DeleteObjectsOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let payload = Payload::receive(cx, input.delete.0)?;
    if !payload.has_digest {
        return Err(Error::MissingContentMd5.into());
    }
    let delete = xml::decode(&payload.content, Delete::SCHEMA).and_then(Delete::read);
    let delete = delete.map_err(|_| Error::MalformedXml)?;
    let objects = delete.objects.unwrap_or_default();
    if objects.is_empty() || objects.len() > MAX_KEYS {
        return Err(Error::MalformedXml.into());
    }
    let mut output = DeleteObjectsOutput::default();
    let mut denial = None;
    for ObjectIdentifier { key } in objects {
        let access = access::object_key(cx, &bucket, &key, "s3:DeleteObject");
        match authorize::check(cx, &access) {
            Ok(()) => {
                Object::delete(cx, &bucket.name, &key);
                if !delete.quiet {
                    output.deleted.push(ObjectIdentifier { key });
                }
            }
            Err(error) => {
                // Of many decisions the event shows the first denial.
                denial.get_or_insert_with(|| cx.call.why.clone());
                let code = error.code.into_owned();
                output.errors.push(DeleteError { key, code, message: error.message });
            }
        }
    }
    if let Some(why) = denial {
        cx.call.why = why;
    }
    Ok(output)
}
