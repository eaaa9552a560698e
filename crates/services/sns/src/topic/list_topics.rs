//! `ListTopics`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::TopicArn;
use crate::pagination::{NextToken, page};
use crate::topic::Topic;

/// `ListTopicsInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListTopicsInput {
    next_token: Option<NextToken>,
}

/// `ListTopicsResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListTopicsResponse {
    topics: Vec<ListedTopic>,
    next_token: Option<NextToken>,
}

/// A topic in a list.
#[derive(Clone, Debug, Shape)]
#[shape(name = "Topic")]
pub(crate) struct ListedTopic {
    topic_arn: TopicArn,
}

/// Lists the topics of the caller's account in the region of the request.
#[operation(signed, access = access::account)]
pub(crate) fn list_topics(
    cx: &mut Cx<'_>,
    input: ListTopicsInput,
) -> Result<ListTopicsResponse, Stop> {
    let own = format!("{}/{}/", cx.call.account, cx.call.region);
    let (page, next_token) = page(cx, cx.world.scan(&own), input.next_token.as_ref())?;
    let listed = |topic: &Topic| ListedTopic { topic_arn: topic.arn().to_string().into() };
    Ok(ListTopicsResponse { topics: page.iter().map(listed).collect(), next_token })
}
