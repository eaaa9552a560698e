//! `ListObjects`, of which `ListObjectsV2` is the newer version.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::object::listing::{
    CommonPrefix, ListingPage, ListingQuery, Object, check_encoding_type, count, encode,
    parse_max_keys,
};

/// `ListObjectsRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListObjectsRequest {
    #[shape(uri)]
    bucket: BucketName,
    #[shape(query = "prefix")]
    prefix: Option<String>,
    #[shape(query = "delimiter")]
    delimiter: Option<String>,
    #[shape(query = "max-keys")]
    max_keys: Option<String>,
    #[shape(query = "marker")]
    marker: Option<String>,
    #[shape(query = "encoding-type")]
    encoding_type: Option<String>,
}

/// `ListObjectsOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListObjectsOutput {
    name: BucketName,
    prefix: String,
    marker: String,
    next_marker: Option<String>,
    delimiter: Option<String>,
    max_keys: i64,
    encoding_type: Option<String>,
    is_truncated: bool,
    #[shape(flattened)]
    contents: Vec<Object>,
    #[shape(flattened)]
    common_prefixes: Vec<CommonPrefix>,
}

/// Lists the keys of a bucket that follow the marker.
#[operation(signed, http = "GET /{Bucket}", action = "s3:ListBucket", access = access::listing)]
pub(crate) fn list_objects(
    cx: &mut Cx<'_>,
    input: ListObjectsRequest,
) -> Result<ListObjectsOutput, Stop> {
    let bucket = Bucket::find(cx, &input.bucket)?;
    let encoding_type = input.encoding_type.as_deref();
    check_encoding_type(encoding_type)?;
    let max_keys = parse_max_keys(input.max_keys.as_deref())?;
    let (prefix, marker) = (input.prefix.unwrap_or_default(), input.marker.unwrap_or_default());
    let delimiter = input.delimiter.as_deref().unwrap_or_default();
    let query = ListingQuery { prefix: &prefix, delimiter, start_after: &marker, max_keys };
    let page = ListingPage::read(&cx.world, &bucket.name, query).encoded(encoding_type);
    // Without a delimiter the last key is the next marker.
    let next_marker = page.next.as_ref().filter(|_| !delimiter.is_empty());
    Ok(ListObjectsOutput {
        name: bucket.name,
        prefix: encode(&prefix, encoding_type),
        marker: encode(&marker, encoding_type),
        is_truncated: page.next.is_some(),
        next_marker: next_marker.map(|next| encode(next, encoding_type)),
        max_keys: count(max_keys),
        contents: page.contents,
        common_prefixes: page.common_prefixes,
        delimiter: input.delimiter.map(|d| encode(&d, encoding_type)),
        encoding_type: input.encoding_type,
    })
}
