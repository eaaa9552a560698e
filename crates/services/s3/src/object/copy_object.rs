//! `CopyObject`.

use cognitab_kernel::{Access, Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;
use cognitab_wire::http::decode;
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::error::Error;
use crate::object::{Object, ObjectKey};

/// `CopyObjectRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CopyObjectRequest {
    #[shape(uri)]
    bucket: BucketName,
    #[shape(uri)]
    key: ObjectKey,
    #[shape(header = "x-amz-copy-source")]
    copy_source: CopySource,
    #[shape(header = "x-amz-metadata-directive")]
    metadata_directive: Option<String>,
}

/// Bucket and key of the source object, URL-encoded: `/bucket/key?versionId=null`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CopySource(String);

/// `CopyObjectOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CopyObjectOutput {
    last_modified: Timestamp,
    #[shape(name = "ETag")]
    etag: String,
}

impl CopySource {
    fn parse(&self) -> Result<(BucketName, ObjectKey), Error> {
        let path = self.split_once("?versionId=").map_or(self.as_str(), |(path, _)| path);
        let path = decode(path);
        match path.trim_start_matches('/').split_once('/') {
            Some((bucket, key)) if !key.is_empty() => Ok((bucket.into(), key.into())),
            _ => Err(Error::InvalidArgument {
                name: "x-amz-copy-source",
                value: self.to_string(),
                message: "Invalid copy source object key",
            }),
        }
    }
}

fn access(cx: &Cx<'_>, input: &Value, _: &str) -> Vec<Access> {
    let source = CopySource::from(input.text("CopySource"));
    let Ok((bucket, key)) = source.parse() else { return Vec::new() };
    let mut accesses = access::object(cx, input, "s3:PutObject");
    if let Some(bucket) = cx.world.get::<Bucket>(&bucket) {
        accesses.insert(0, access::object_key(cx, &bucket, &key, "s3:GetObject"));
    }
    accesses
}

/// Copies an object with its metadata, or with the metadata of the request.
#[operation(signed, http = "PUT /{Bucket}/{Key+}#x-amz-copy-source", access = access)]
pub(crate) fn copy_object(
    cx: &mut Cx<'_>,
    input: CopyObjectRequest,
) -> Result<CopyObjectOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    input.key.check()?;
    let (source_bucket, source_key) = input.copy_source.parse()?;
    let source_bucket: Bucket =
        cx.world.get(&source_bucket).ok_or(Error::NoSuchBucket(source_bucket))?;
    let replace_metadata = match input.metadata_directive.as_deref() {
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
    if !replace_metadata && source_bucket.name == bucket.name && source_key == input.key {
        return Err(Error::CopyToItself.into());
    }
    let source = access::find_object(cx, &source_bucket, &source_key)?;
    let content = source.content(cx);
    let mut copy =
        Object { bucket: bucket.name, key: input.key, modified: Timestamp(cx.now), ..source };
    if replace_metadata {
        copy = copy.with_headers(cx.request())?;
    }
    copy.put(cx, content);
    Ok(CopyObjectOutput { last_modified: copy.modified, etag: copy.etag })
}

#[cfg(test)]
mod tests {
    use super::CopySource;

    #[test]
    fn a_copy_source_is_a_bucket_and_a_key() {
        let parse = |text: &str| CopySource::from(text).parse();
        let expected = Ok(("b".into(), "a b/c".into()));
        assert_eq!(parse("/b/a%20b/c"), expected);
        assert_eq!(parse("b/a%20b%2Fc?versionId=null"), expected);
        assert!(parse("b").is_err());
        assert!(parse("b/").is_err());
    }
}
