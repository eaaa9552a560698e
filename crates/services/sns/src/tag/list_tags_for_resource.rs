//! `ListTagsForResource`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::AmazonResourceName;
use crate::tag::{self, Tag};

/// `ListTagsForResourceRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListTagsForResourceRequest {
    resource_arn: AmazonResourceName,
}

/// `ListTagsForResourceResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListTagsForResourceResponse {
    tags: Vec<Tag>,
}

/// Lists the tags of a topic, in the order in which they were added.
#[operation(signed, access = access::topic)]
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx<'_>,
    input: ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, Stop> {
    let topic = tag::resource(cx, &input.resource_arn)?;
    Ok(ListTagsForResourceResponse { tags: topic.tags })
}
