//! `CopyObject`: a `PutObject` whose content is another object.

use cognitab_kernel::{Access, Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;
use cognitab_wire::http::decode;
use cognitab_wire::shape::Timestamp;

use crate::access::{find, object, on_key};
use crate::bucket::Bucket;
use crate::error::Error;
use crate::object::Object;
use crate::object::put_object::check_key;

/// `CopyObjectRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CopyObjectRequest {
    #[shape(uri)]
    bucket: String,
    #[shape(uri)]
    key: String,
    #[shape(header = "x-amz-copy-source")]
    copy_source: String,
    #[shape(header = "x-amz-metadata-directive")]
    metadata_directive: Option<String>,
}

/// `CopyObjectOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CopyObjectOutput {
    last_modified: Timestamp,
    #[shape(name = "ETag")]
    etag: String,
}

/// Bucket and key of the source.
fn source(text: &str) -> Result<(String, String), Error> {
    let path = text.split_once("?versionId=").map_or(text, |(path, _)| path);
    let path = decode(path);
    let parts = path.trim_start_matches('/').split_once('/').filter(|(_, key)| !key.is_empty());
    parts.map(|(bucket, key)| (bucket.to_owned(), key.to_owned())).ok_or_else(|| {
        Error::InvalidArgument {
            name: "x-amz-copy-source",
            value: text.to_owned(),
            message: "Invalid copy source object key",
        }
    })
}

fn access(cx: &Cx<'_>, input: &Value, _: &str) -> Vec<Access> {
    let Ok((name, key)) = source(input.text("CopySource")) else { return Vec::new() };
    let mut needed = object(cx, input, "s3:PutObject");
    let from: Option<Bucket> = cx.world.get(&name);
    if let Some(from) = from {
        needed.insert(0, on_key(cx, &from, &key, "s3:GetObject"));
    }
    needed
}

/// Copies an object with its metadata, or with that of the request.
#[operation(signed, http = "PUT /{Bucket}/{Key+}#x-amz-copy-source", access = access)]
pub(crate) fn copy_object(
    cx: &mut Cx<'_>,
    input: CopyObjectRequest,
) -> Result<CopyObjectOutput, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    check_key(&input.key)?;
    let (from, key) = source(&input.copy_source)?;
    let from: Bucket = cx.world.get(&from).ok_or(Error::NoSuchBucket(from))?;
    let replaced = match input.metadata_directive.as_deref() {
        None | Some("COPY") => false,
        Some("REPLACE") => true,
        Some(other) => {
            return Err(Error::InvalidArgument {
                name: "x-amz-metadata-directive",
                value: other.to_owned(),
                message: "Unknown metadata directive.",
            }
            .into());
        }
    };
    if !replaced && from.name == bucket.name && key == input.key {
        return Err(Error::CopyToItself.into());
    }
    let original = find(cx, &from, &key)?;
    let bytes = original.content(cx);
    let mut copy =
        Object { bucket: bucket.name, key: input.key, modified: Timestamp(cx.now), ..original };
    if replaced {
        copy = copy.described(cx.request())?;
    }
    copy.store(cx, bytes);
    Ok(CopyObjectOutput { last_modified: copy.modified, etag: copy.etag })
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn a_source_is_a_bucket_and_a_key() {
        let found = Ok(("b".to_owned(), "a b/c".to_owned()));
        assert_eq!(source("/b/a%20b/c"), found);
        assert_eq!(source("b/a%20b%2Fc?versionId=null"), found);
        assert!(source("b").is_err());
        assert!(source("b/").is_err());
    }
}
