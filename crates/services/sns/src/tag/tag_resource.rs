//! `TagResource`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::AmazonResourceName;
use crate::tag::{self, Tag};

/// `TagResourceRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct TagResourceRequest {
    resource_arn: AmazonResourceName,
    tags: Vec<Tag>,
}

/// `TagResourceResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct TagResourceResponse {}

/// Adds tags to a topic, or replaces those of the same key.
#[operation(signed, access = access::topic)]
pub(crate) fn tag_resource(
    cx: &mut Cx<'_>,
    input: TagResourceRequest,
) -> Result<TagResourceResponse, Stop> {
    let mut topic = tag::resource(cx, &input.resource_arn)?;
    tag::add(&mut topic.tags, input.tags)?;
    cx.world.put(&topic);
    Ok(TagResourceResponse {})
}
