//! `ListObjectsV2`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::error::Error;
use crate::object::listing::{
    CommonPrefix, ListingPage, ListingQuery, Object, check_encoding_type, count, encode,
    parse_max_keys,
};

/// `ListObjectsV2Request`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListObjectsV2Request {
    #[shape(uri)]
    bucket: BucketName,
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
    name: BucketName,
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
    contents: Vec<Object>,
    #[shape(flattened)]
    common_prefixes: Vec<CommonPrefix>,
}

/// Lists the keys of a bucket, page by page.
#[operation(signed, name = "ListObjectsV2", http = "GET /{Bucket}?list-type=2", action = "s3:ListBucket", access = access::listing)]
pub(crate) fn list_objects_v2(
    cx: &mut Cx<'_>,
    input: ListObjectsV2Request,
) -> Result<ListObjectsV2Output, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let encoding_type = input.encoding_type.as_deref();
    check_encoding_type(encoding_type)?;
    let max_keys = parse_max_keys(input.max_keys.as_deref())?;
    let continued = input.continuation_token.as_deref().map(decode_token).transpose()?;
    let prefix = input.prefix.unwrap_or_default();
    let query = ListingQuery {
        prefix: &prefix,
        delimiter: input.delimiter.as_deref().unwrap_or_default(),
        start_after: continued.as_deref().or(input.start_after.as_deref()).unwrap_or_default(),
        max_keys,
    };
    let page = ListingPage::read(&cx.world, &bucket.name, query).encoded(encoding_type);
    Ok(ListObjectsV2Output {
        name: bucket.name,
        prefix: encode(&prefix, encoding_type),
        delimiter: input.delimiter.map(|d| encode(&d, encoding_type)),
        start_after: input.start_after.map(|s| encode(&s, encoding_type)),
        continuation_token: input.continuation_token,
        key_count: count(page.len()),
        max_keys: count(max_keys),
        encoding_type: input.encoding_type,
        is_truncated: page.next.is_some(),
        next_continuation_token: page.next.map(|key| STANDARD.encode(key)),
        contents: page.contents,
        common_prefixes: page.common_prefixes,
    })
}

/// The last key of the page that returned this continuation token.
fn decode_token(token: &str) -> Result<String, Error> {
    let key = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    key.ok_or_else(|| Error::InvalidArgument {
        name: "continuation-token",
        value: token.to_owned(),
        message: "The continuation token provided is incorrect",
    })
}
