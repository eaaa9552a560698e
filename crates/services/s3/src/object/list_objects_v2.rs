//! `ListObjectsV2`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access::listing;
use crate::bucket::Bucket;
use crate::error::Error;
use crate::object::listing::{Asked, CommonPrefix, Listed, Page, check_encoding, encoded, most};

/// `ListObjectsV2Request`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListObjectsV2Request {
    #[shape(uri)]
    bucket: String,
    #[shape(query = "prefix")]
    prefix: Option<String>,
    #[shape(query = "delimiter")]
    delimiter: Option<String>,
    #[shape(query = "max-keys")]
    max_keys: Option<String>,
    #[shape(query = "continuation-token")]
    continuation_token: Option<String>,
    #[shape(query = "start-after")]
    start_after: Option<String>,
    #[shape(query = "encoding-type")]
    encoding_type: Option<String>,
}

/// `ListObjectsV2Output`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListObjectsV2Output {
    name: String,
    prefix: String,
    delimiter: Option<String>,
    start_after: Option<String>,
    continuation_token: Option<String>,
    next_continuation_token: Option<String>,
    key_count: i64,
    max_keys: i64,
    encoding_type: Option<String>,
    is_truncated: bool,
    #[shape(flattened)]
    contents: Vec<Listed>,
    #[shape(flattened)]
    common_prefixes: Vec<CommonPrefix>,
}

/// Lists the keys of a bucket, page by page.
#[operation(signed, name = "ListObjectsV2", http = "GET /{Bucket}?list-type=2", action = "s3:ListBucket", access = listing)]
pub(crate) fn list_objects_v2(
    cx: &mut Cx<'_>,
    input: ListObjectsV2Request,
) -> Result<ListObjectsV2Output, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let encoding = input.encoding_type.as_deref();
    check_encoding(encoding)?;
    let most = most(input.max_keys.as_deref())?;
    let resumed = input.continuation_token.as_deref().map(resume).transpose()?;
    let prefix = input.prefix.unwrap_or_default();
    let page = Page::read(
        &cx.world,
        &bucket.name,
        Asked {
            prefix: &prefix,
            delimiter: input.delimiter.as_deref().unwrap_or_default(),
            after: resumed.as_deref().or(input.start_after.as_deref()).unwrap_or_default(),
            most,
        },
    )
    .encoded(encoding);
    Ok(ListObjectsV2Output {
        name: bucket.name,
        prefix: encoded(&prefix, encoding),
        delimiter: input.delimiter.map(|d| encoded(&d, encoding)),
        start_after: input.start_after.map(|s| encoded(&s, encoding)),
        continuation_token: input.continuation_token,
        key_count: count(page.len()),
        max_keys: count(most),
        encoding_type: input.encoding_type,
        is_truncated: page.next.is_some(),
        next_continuation_token: page.next.map(|key| STANDARD.encode(key)),
        contents: page.contents,
        common_prefixes: page.prefixes,
    })
}

/// A number as the wire wants it.
pub(crate) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The key at which the page of this token ended.
fn resume(token: &str) -> Result<String, Error> {
    let key = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    key.ok_or_else(|| Error::InvalidArgument {
        name: "continuation-token",
        value: token.to_owned(),
        message: "The continuation token provided is incorrect",
    })
}
