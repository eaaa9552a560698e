//! `PutObject`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::{Blob, Timestamp};

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::error::Error;
use crate::object::{Object, ObjectKey};
use crate::payload::{Payload, etag};

/// `PutObjectRequest`. The headers that describe the object are read by [`Object::with_headers`].
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutObjectRequest {
    #[shape(uri)]
    bucket: BucketName,
    #[shape(uri)]
    key: ObjectKey,
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

/// Adds an object to a bucket, or replaces the one of the same key.
#[operation(signed, http = "PUT /{Bucket}/{Key+}", access = access::object)]
pub(crate) fn put_object(
    cx: &mut Cx<'_>,
    input: PutObjectRequest,
) -> Result<PutObjectOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    input.key.check()?;
    let address = Object::address(&bucket.name, &input.key);
    if input.if_none_match.is_some() && cx.world.has::<Object>(&address) {
        return Err(Error::PreconditionFailed("If-None-Match").into());
    }
    let payload = Payload::receive(cx, input.body.0)?;
    let object = Object {
        bucket: bucket.name,
        key: input.key,
        size: i64::try_from(payload.content.len()).unwrap_or(i64::MAX),
        etag: etag(&payload.content),
        crc32: payload.crc32,
        modified: Timestamp(cx.now),
        ..Object::default()
    }
    .with_headers(cx.request())?;
    object.put(cx, payload.content);
    Ok(PutObjectOutput {
        etag: object.etag,
        checksum_type: object.crc32.as_ref().map(|_| "FULL_OBJECT".to_owned()),
        crc32: object.crc32,
    })
}
