//! `ListObjects`, the older listing.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access::listing;
use crate::bucket::Bucket;
use crate::object::list_objects_v2::count;
use crate::object::listing::{Asked, CommonPrefix, Listed, Page, check_encoding, encoded, most};

/// `ListObjectsRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListObjectsRequest {
    #[shape(uri)]
    bucket: String,
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
    name: String,
    prefix: String,
    marker: String,
    next_marker: Option<String>,
    delimiter: Option<String>,
    max_keys: i64,
    encoding_type: Option<String>,
    is_truncated: bool,
    #[shape(flattened)]
    contents: Vec<Listed>,
    #[shape(flattened)]
    common_prefixes: Vec<CommonPrefix>,
}

/// Lists the keys of a bucket behind a marker.
#[operation(signed, http = "GET /{Bucket}", action = "s3:ListBucket", access = listing)]
pub(crate) fn list_objects(
    cx: &mut Cx<'_>,
    input: ListObjectsRequest,
) -> Result<ListObjectsOutput, Stop> {
    let bucket = Bucket::open(cx, &input.bucket)?;
    let encoding = input.encoding_type.as_deref();
    check_encoding(encoding)?;
    let most = most(input.max_keys.as_deref())?;
    let (prefix, marker) = (input.prefix.unwrap_or_default(), input.marker.unwrap_or_default());
    let delimiter = input.delimiter.as_deref().unwrap_or_default();
    let asked = Asked { prefix: &prefix, delimiter, after: &marker, most };
    let page = Page::read(&cx.world, &bucket.name, asked).encoded(encoding);
    Ok(ListObjectsOutput {
        name: bucket.name,
        prefix: encoded(&prefix, encoding),
        marker: encoded(&marker, encoding),
        is_truncated: page.next.is_some(),
        // Without a delimiter clients go on from the last key.
        next_marker: page.next.filter(|_| !delimiter.is_empty()).map(|n| encoded(&n, encoding)),
        max_keys: count(most),
        contents: page.contents,
        common_prefixes: page.prefixes,
        delimiter: input.delimiter.map(|d| encoded(&d, encoding)),
        encoding_type: input.encoding_type,
    })
}
