//! `UntagResource`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::AmazonResourceName;
use crate::tag::{self, TagKey};

/// `UntagResourceRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UntagResourceRequest {
    resource_arn: AmazonResourceName,
    tag_keys: Vec<TagKey>,
}

/// `UntagResourceResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UntagResourceResponse {}

/// Removes tags from a topic. Keys that the topic does not have are ignored.
#[operation(signed, access = access::topic)]
pub(crate) fn untag_resource(
    cx: &mut Cx<'_>,
    input: UntagResourceRequest,
) -> Result<UntagResourceResponse, Stop> {
    let mut topic = tag::resource(cx, &input.resource_arn)?;
    topic.tags.retain(|tag| !input.tag_keys.contains(&tag.key));
    cx.world.put(&topic);
    Ok(UntagResourceResponse {})
}
