//! `PutObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::{Blob, Timestamp};

use crate::access;
use crate::bucket::Bucket;
use crate::error::Error;
use crate::object::Object;
use crate::sent::{etag, receive};

/// `PutObjectRequest`. What its headers say of the content is read where the object is described.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutObjectRequest {
    #[shape(uri)]
    bucket: String,
    #[shape(uri)]
    key: String,
    #[shape(header = "if-none-match")]
    if_none_match: Option<String>,
    #[shape(payload)]
    body: Blob,
}

/// `PutObjectOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutObjectOutput {
    #[shape(header = "etag", name = "ETag")]
    etag: String,
    #[shape(header = "x-amz-checksum-crc32", name = "ChecksumCRC32")]
    crc32: Option<String>,
    #[shape(header = "x-amz-checksum-type")]
    checksum_type: Option<String>,
}

/// Writes an object, or writes over it.
#[operation(signed, http = "PUT /{Bucket}/{Key+}", access = access::object)]
pub(crate) fn put_object(
    cx: &mut Cx<'_>,
    input: PutObjectRequest,
) -> Result<PutObjectOutput, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    check_key(&input.key)?;
    let address = Object::address(&bucket.name, &input.key);
    if input.if_none_match.is_some() && cx.world.has::<Object>(&address) {
        return Err(Error::PreconditionFailed("If-None-Match").into());
    }
    let sent = receive(cx, input.body.0)?;
    let object = Object {
        bucket: bucket.name,
        key: input.key,
        size: i64::try_from(sent.bytes.len()).unwrap_or(i64::MAX),
        etag: etag(&sent.bytes),
        crc32: sent.crc32,
        modified: Timestamp(cx.now),
        ..Object::default()
    }
    .described(cx.request())?;
    object.store(cx, sent.bytes);
    Ok(PutObjectOutput {
        etag: object.etag,
        checksum_type: object.crc32.as_ref().map(|_| "FULL_OBJECT".to_owned()),
        crc32: object.crc32,
    })
}

/// Refuses a key that is too long.
pub(crate) fn check_key(key: &str) -> Result<(), Error> {
    if key.len() > 1024 { Err(Error::KeyTooLong(key.len())) } else { Ok(()) }
}
