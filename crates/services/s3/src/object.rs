//! An object, its content, and how both are answered.

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

/// An object without its content.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Object {
    /// The bucket it lies in.
    pub(crate) bucket: String,
    /// Its key.
    pub(crate) key: String,
    /// Length of its content.
    pub(crate) size: i64,
    /// MD5 of its content in quotes.
    pub(crate) etag: String,
    /// Base64 of the CRC32 that came with it.
    pub(crate) crc32: Option<String>,
    /// What `Content-Type` said.
    pub(crate) content_type: String,
    /// What the `x-amz-meta-` headers said.
    pub(crate) metadata: BTreeMap<String, String>,
    /// Headers that are kept and answered as they came.
    pub(crate) headers: BTreeMap<String, String>,
    /// When it was written.
    pub(crate) modified: Timestamp,
}

/// An object's content.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Content {
    bucket: String,
    key: String,
    bytes: Blob,
}

/// Headers that describe content and that S3 keeps as they are.
const KEPT: [&str; 5] =
    ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];

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
    /// Where an object of this name is kept; no bucket's name holds a slash.
    pub(crate) fn address(bucket: &str, key: &str) -> String {
        format!("{bucket}/{key}")
    }

    /// Takes description and metadata from the headers of a request.
    pub(crate) fn described(mut self, request: &Request) -> Result<Object, Error> {
        self.content_type =
            request.header("content-type").unwrap_or("binary/octet-stream").to_owned();
        self.metadata.clear();
        self.headers.clear();
        for (name, value) in &request.headers {
            let name = name.to_ascii_lowercase();
            if let Some(own) = name.strip_prefix("x-amz-meta-") {
                self.metadata.insert(own.to_owned(), value.clone());
            } else if name == "content-encoding" {
                let rest = value.split(',').map(str::trim).filter(|e| *e != "aws-chunked");
                let rest: Vec<&str> = rest.filter(|e| !e.is_empty()).collect();
                if !rest.is_empty() {
                    self.headers.insert(name, rest.join(","));
                }
            } else if KEPT.contains(&name.as_str()) {
                self.headers.insert(name, value.clone());
            }
        }
        let size = self.metadata.iter().map(|(n, v)| n.len() + v.len()).sum();
        if size > 2048 { Err(Error::MetadataTooLarge(size)) } else { Ok(self) }
    }

    /// Writes it and its content.
    pub(crate) fn store(&self, cx: &mut Cx<'_>, bytes: Vec<u8>) {
        let (bucket, key) = (self.bucket.clone(), self.key.clone());
        cx.world.put(&Content { bucket, key, bytes: Blob(bytes) });
        cx.world.put(self);
    }

    /// Reads its content.
    pub(crate) fn content(&self, cx: &Cx<'_>) -> Vec<u8> {
        let content: Option<Content> = cx.world.get(&self.key());
        content.map(|c| c.bytes.0).unwrap_or_default()
    }

    /// Removes it and its content.
    pub(crate) fn remove(cx: &mut Cx<'_>, bucket: &str, key: &str) {
        let address = Object::address(bucket, key);
        cx.world.remove::<Content>(&address);
        cx.world.remove::<Object>(&address);
    }

    /// Holds the conditional headers of a reading request against it.
    pub(crate) fn conditions(&self, request: &Request) -> Result<(), Error> {
        let named = |list: &str| {
            list.split(',')
                .map(str::trim)
                .any(|e| e == "*" || e.trim_matches('"') == self.etag.trim_matches('"'))
        };
        let since = |name: &str| request.header(name).and_then(time::parse_http);
        // HTTP counts whole seconds.
        let modified = self.modified.0 - self.modified.0.rem_euclid(1000);
        if let Some(list) = request.header("if-match") {
            if !named(list) {
                return Err(Error::PreconditionFailed("If-Match"));
            }
        } else if since("if-unmodified-since").is_some_and(|t| modified > t) {
            return Err(Error::PreconditionFailed("If-Unmodified-Since"));
        }
        let unchanged = match request.header("if-none-match") {
            Some(list) => named(list),
            None => since("if-modified-since").is_some_and(|t| modified <= t),
        };
        if unchanged { Err(Error::NotModified) } else { Ok(()) }
    }
}

/// Name of an object in a request.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ObjectRequest {
    /// The bucket.
    #[shape(uri)]
    pub(crate) bucket: String,
    /// The key.
    #[shape(uri)]
    pub(crate) key: String,
    /// The part that is asked for.
    #[shape(header = "range")]
    pub(crate) range: Option<String>,
    /// `ENABLED` asks for the checksum.
    #[shape(header = "x-amz-checksum-mode")]
    pub(crate) checksum_mode: Option<String>,
    /// What `Content-Type` shall say.
    #[shape(query = "response-content-type")]
    pub(crate) response_content_type: Option<String>,
    /// What `Content-Disposition` shall say.
    #[shape(query = "response-content-disposition")]
    pub(crate) response_content_disposition: Option<String>,
}

/// An object as `GetObject` and `HeadObject` answer it.
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

/// An object as the answer to a request; with its content, or only with its length.
pub(crate) fn answer(
    cx: &Cx<'_>,
    object: &Object,
    input: &ObjectRequest,
    whole: bool,
) -> Result<ObjectOutput, Error> {
    object.conditions(cx.request())?;
    let size = usize::try_from(object.size).unwrap_or_default();
    let asked = input.range.as_deref();
    let range = asked.map(|r| range(r, size)).transpose()?.flatten();
    let (from, to) = range.unwrap_or((0, size));
    let mut headers = object.headers.clone();
    if let Some(disposition) = &input.response_content_disposition {
        headers.insert("content-disposition".to_owned(), disposition.clone());
    }
    let crc32 = object
        .crc32
        .clone()
        .filter(|_| range.is_none() && input.checksum_mode.as_deref() == Some("ENABLED"));
    let body = whole.then(|| object.content(cx).get(from..to).unwrap_or_default().to_vec());
    Ok(ObjectOutput {
        body: body.map(Blob),
        content_type: input
            .response_content_type
            .clone()
            .unwrap_or_else(|| object.content_type.clone()),
        content_length: (!whole).then(|| i64::try_from(to - from).unwrap_or_default()),
        content_range: range.map(|(from, to)| format!("bytes {from}-{}/{size}", to - 1)),
        etag: object.etag.clone(),
        last_modified: object.modified,
        accept_ranges: "bytes".to_owned(),
        checksum_type: crc32.as_ref().map(|_| "FULL_OBJECT".to_owned()),
        crc32,
        metadata: Some(object.metadata.clone()),
        headers: Some(headers),
    })
}

/// First byte and the one behind the last; nothing where the header asks for no single range and
/// is passed over.
fn range(asked: &str, size: usize) -> Result<Option<(usize, usize)>, Error> {
    let outside = || Error::InvalidRange { asked: asked.to_owned(), size };
    let parts = asked.trim().strip_prefix("bytes=").and_then(|r| r.split_once('-'));
    let Some((from, to)) = parts else { return Ok(None) };
    let (from, to) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if to < from => return Ok(None),
        (Ok(from), Ok(to)) => (from, size.min(to.saturating_add(1))),
        (Ok(from), Err(_)) if to.is_empty() => (from, size),
        (Err(_), Ok(0)) if from.is_empty() => return Err(outside()),
        (Err(_), Ok(last)) if from.is_empty() => (size.saturating_sub(last), size),
        _ => return Ok(None),
    };
    if from >= size { Err(outside()) } else { Ok(Some((from, to))) }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges() {
        assert_eq!(range("bytes=0-3", 10), Ok(Some((0, 4))));
        assert_eq!(range("bytes=4-", 10), Ok(Some((4, 10))));
        assert_eq!(range("bytes=-3", 10), Ok(Some((7, 10))));
        assert_eq!(range("bytes=2-99", 10), Ok(Some((2, 10))));
        assert_eq!(range("bytes=3-2", 10), Ok(None));
        assert_eq!(range("bytes=0-1,3-4", 10), Ok(None));
        assert_eq!(range("lines=1-2", 10), Ok(None));
        assert!(range("bytes=10-", 10).is_err());
        assert!(range("bytes=0-", 0).is_err());
        assert!(range("bytes=-0", 10).is_err());
    }
}
