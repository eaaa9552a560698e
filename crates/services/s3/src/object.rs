//! Objects and their content.

mod copy_object;
mod delete_object;
mod delete_objects;
mod get_object;
mod head_object;
mod list_objects;
mod list_objects_v2;
mod listing;
mod put_object;

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Entry, Row, entry};
use cognitab_macros::Shape;
use cognitab_wire::http::Request;
use cognitab_wire::shape::{Blob, Timestamp};
use cognitab_wire::time;

use crate::bucket::BucketName;
use crate::error::Error;

/// Operations on objects, in the order in which their patterns are tried.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<list_objects_v2::ListObjectsV2>(),
    entry::<list_objects::ListObjects>(),
    entry::<delete_objects::DeleteObjects>(),
    entry::<copy_object::CopyObject>(),
    entry::<put_object::PutObject>(),
    entry::<get_object::GetObject>(),
    entry::<head_object::HeadObject>(),
    entry::<delete_object::DeleteObject>(),
];

/// Most bytes of a key.
const MAX_KEY_BYTES: usize = 1024;
/// Most bytes of user-defined metadata, names and values together.
const MAX_METADATA_BYTES: usize = 2048;
/// System-defined metadata that S3 stores and returns unchanged.
const STORED_HEADERS: [&str; 5] =
    ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];

/// The key of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Shape)]
#[shape(length = 1..)]
pub(crate) struct ObjectKey(String);

impl ObjectKey {
    /// Checks that it is not too long to be stored.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.len() > MAX_KEY_BYTES { Err(Error::KeyTooLong(self.len())) } else { Ok(()) }
    }
}

/// An object without its content.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Object {
    pub(crate) bucket: BucketName,
    pub(crate) key: ObjectKey,
    /// Bytes of its content.
    pub(crate) size: i64,
    /// MD5 of its content in hexadecimal digits and double quotes.
    pub(crate) etag: String,
    /// Base64 of the CRC32 with which it was uploaded.
    pub(crate) crc32: Option<String>,
    pub(crate) content_type: String,
    /// User-defined metadata, by names without `x-amz-meta-`.
    pub(crate) metadata: BTreeMap<String, String>,
    /// Those of [`STORED_HEADERS`] with which it was uploaded.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) modified: Timestamp,
}

/// The content of an object. It is a row of its own, so that listings do not read it.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Content {
    bucket: BucketName,
    key: ObjectKey,
    bytes: Blob,
}

impl Row for Object {
    const TABLE: &'static str = "s3.object";
    fn key(&self) -> String {
        Object::address(&self.bucket, &self.key)
    }
}

impl Row for Content {
    const TABLE: &'static str = "s3.content";
    fn key(&self) -> String {
        Object::address(&self.bucket, &self.key)
    }
}

impl Object {
    /// The row key of an object, or with an empty key the prefix of a bucket's objects. The name of
    /// a bucket contains no slash.
    pub(crate) fn address(bucket: &BucketName, key: &str) -> String {
        format!("{bucket}/{key}")
    }

    /// The same object with the metadata in the headers of a request.
    pub(crate) fn with_headers(mut self, request: &Request) -> Result<Object, Error> {
        self.content_type =
            request.header("content-type").unwrap_or("binary/octet-stream").to_owned();
        self.metadata.clear();
        self.headers.clear();
        for (name, value) in &request.headers {
            let name = name.to_ascii_lowercase();
            if let Some(user_defined) = name.strip_prefix("x-amz-meta-") {
                self.metadata.insert(user_defined.to_owned(), value.clone());
            } else if name == "content-encoding" {
                // `aws-chunked` encodes the upload, not the object.
                let codings = value.split(',').map(str::trim);
                let codings: Vec<&str> =
                    codings.filter(|c| !c.is_empty() && *c != "aws-chunked").collect();
                if !codings.is_empty() {
                    self.headers.insert(name, codings.join(","));
                }
            } else if STORED_HEADERS.contains(&name.as_str()) {
                self.headers.insert(name, value.clone());
            }
        }
        let size = self.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
        if size > MAX_METADATA_BYTES { Err(Error::MetadataTooLarge(size)) } else { Ok(self) }
    }

    /// Stores it with its content.
    pub(crate) fn put(&self, cx: &mut Cx<'_>, content: Vec<u8>) {
        let (bucket, key) = (self.bucket.clone(), self.key.clone());
        cx.world.put(&Content { bucket, key, bytes: Blob(content) });
        cx.world.put(self);
    }

    /// Its content.
    pub(crate) fn content(&self, cx: &Cx<'_>) -> Vec<u8> {
        let content: Option<Content> = cx.world.get(&Row::key(self));
        content.map(|c| c.bytes.0).unwrap_or_default()
    }

    /// Deletes it with its content, if it exists.
    pub(crate) fn delete(cx: &mut Cx<'_>, bucket: &BucketName, key: &ObjectKey) {
        let address = Object::address(bucket, key);
        cx.world.remove::<Content>(&address);
        cx.world.remove::<Object>(&address);
    }

    /// Checks the conditional headers of a request that reads it.
    pub(crate) fn check_preconditions(&self, request: &Request) -> Result<(), Error> {
        let matches = |list: &str| {
            list.split(',')
                .map(str::trim)
                .any(|etag| etag == "*" || etag.trim_matches('"') == self.etag.trim_matches('"'))
        };
        let date = |name: &str| request.header(name).and_then(time::parse_http);
        // Dates in headers are whole seconds.
        let modified = self.modified.0 - self.modified.0.rem_euclid(1000);
        if let Some(list) = request.header("if-match") {
            if !matches(list) {
                return Err(Error::PreconditionFailed("If-Match"));
            }
        } else if date("if-unmodified-since").is_some_and(|since| modified > since) {
            return Err(Error::PreconditionFailed("If-Unmodified-Since"));
        }
        let unchanged = match request.header("if-none-match") {
            Some(list) => matches(list),
            None => date("if-modified-since").is_some_and(|since| modified <= since),
        };
        if unchanged { Err(Error::NotModified) } else { Ok(()) }
    }
}

/// The input of `GetObject` and `HeadObject`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ObjectRequest {
    #[shape(uri)]
    pub(crate) bucket: BucketName,
    #[shape(uri)]
    pub(crate) key: ObjectKey,
    #[shape(header = "range")]
    pub(crate) range: Option<String>,
    /// `ENABLED` to return the checksum.
    #[shape(header = "x-amz-checksum-mode")]
    pub(crate) checksum_mode: Option<String>,
    /// The `Content-Type` of the response, in place of the object's.
    #[shape(query = "response-content-type")]
    pub(crate) response_content_type: Option<String>,
    /// The `Content-Disposition` of the response, in place of the object's.
    #[shape(query = "response-content-disposition")]
    pub(crate) response_content_disposition: Option<String>,
}

/// The output of `GetObject` and `HeadObject`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct ObjectOutput {
    #[shape(payload)]
    body: Option<Blob>,
    #[shape(header = "content-type")]
    content_type: String,
    #[shape(header = "content-length")]
    content_length: Option<i64>,
    #[shape(header = "content-range")]
    content_range: Option<String>,
    #[shape(header = "etag", name = "ETag")]
    etag: String,
    #[shape(header = "last-modified")]
    last_modified: Timestamp,
    #[shape(header = "accept-ranges")]
    accept_ranges: String,
    #[shape(header = "x-amz-checksum-crc32", name = "ChecksumCRC32")]
    crc32: Option<String>,
    #[shape(header = "x-amz-checksum-type")]
    checksum_type: Option<String>,
    #[shape(headers = "x-amz-meta-")]
    metadata: Option<BTreeMap<String, String>>,
    #[shape(headers = "")]
    headers: Option<BTreeMap<String, String>>,
}

/// The output for an object: with its body, or with the length of the body alone.
pub(crate) fn output(
    cx: &Cx<'_>,
    object: &Object,
    input: &ObjectRequest,
    with_body: bool,
) -> Result<ObjectOutput, Error> {
    object.check_preconditions(cx.request())?;
    let size = usize::try_from(object.size).unwrap_or_default();
    let range = input.range.as_deref().map(|text| parse_range(text, size)).transpose()?.flatten();
    let (start, end) = range.unwrap_or((0, size));
    let mut headers = object.headers.clone();
    if let Some(disposition) = &input.response_content_disposition {
        headers.insert("content-disposition".to_owned(), disposition.clone());
    }
    // The checksum is that of the whole object.
    let checksum = range.is_none() && input.checksum_mode.as_deref() == Some("ENABLED");
    let crc32 = object.crc32.clone().filter(|_| checksum);
    let body = with_body.then(|| object.content(cx).get(start..end).unwrap_or_default().to_vec());
    Ok(ObjectOutput {
        body: body.map(Blob),
        content_type: input
            .response_content_type
            .clone()
            .unwrap_or_else(|| object.content_type.clone()),
        content_length: (!with_body).then(|| i64::try_from(end - start).unwrap_or_default()),
        content_range: range.map(|(start, end)| format!("bytes {start}-{}/{size}", end - 1)),
        etag: object.etag.clone(),
        last_modified: object.modified,
        accept_ranges: "bytes".to_owned(),
        checksum_type: crc32.as_ref().map(|_| "FULL_OBJECT".to_owned()),
        crc32,
        metadata: Some(object.metadata.clone()),
        headers: Some(headers),
    })
}

/// Start and end of the range in a header `Range`; the end is exclusive. `None` if the header is
/// not a single range of bytes: S3 then ignores it.
fn parse_range(text: &str, size: usize) -> Result<Option<(usize, usize)>, Error> {
    let not_satisfiable = || Error::InvalidRange { range: text.to_owned(), size };
    let bounds = text.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let Some((first, last)) = bounds else { return Ok(None) };
    let (start, end) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if last < first => return Ok(None),
        (Ok(first), Ok(last)) => (first, size.min(last.saturating_add(1))),
        (Ok(first), Err(_)) if last.is_empty() => (first, size),
        (Err(_), Ok(0)) if first.is_empty() => return Err(not_satisfiable()),
        (Err(_), Ok(suffix)) if first.is_empty() => (size.saturating_sub(suffix), size),
        _ => return Ok(None),
    };
    if start >= size { Err(not_satisfiable()) } else { Ok(Some((start, end))) }
}

#[cfg(test)]
mod tests {
    use super::parse_range;

    #[test]
    fn ranges_are_read_or_ignored_or_refused() {
        assert_eq!(parse_range("bytes=0-3", 10), Ok(Some((0, 4))));
        assert_eq!(parse_range("bytes=4-", 10), Ok(Some((4, 10))));
        assert_eq!(parse_range("bytes=-3", 10), Ok(Some((7, 10))));
        assert_eq!(parse_range("bytes=2-99", 10), Ok(Some((2, 10))));
        assert_eq!(parse_range("bytes=3-2", 10), Ok(None));
        assert_eq!(parse_range("bytes=0-1,3-4", 10), Ok(None));
        assert_eq!(parse_range("lines=1-2", 10), Ok(None));
        assert!(parse_range("bytes=10-", 10).is_err());
        assert!(parse_range("bytes=0-", 0).is_err());
        assert!(parse_range("bytes=-0", 10).is_err());
    }
}
