//! `RemovePermission`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::TopicArn;
use crate::permission::is_labeled;
use crate::topic::Topic;

/// `RemovePermissionInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct RemovePermissionInput {
    topic_arn: Option<TopicArn>,
    /// The `Sid` of the statement.
    label: String,
}

/// Removes a statement from the policy of a topic. Succeeds if there is no such statement.
#[operation(signed, access = access::topic)]
pub(crate) fn remove_permission(cx: &mut Cx<'_>, input: RemovePermissionInput) -> Result<(), Stop> {
    let mut topic = Topic::open(cx, input.topic_arn.as_ref())?;
    topic.edit_policy(|statements| statements.retain(|one| !is_labeled(one, &input.label)));
    cx.world.put(&topic);
    Ok(())
}
