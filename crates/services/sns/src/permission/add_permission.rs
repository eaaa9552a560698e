//! `AddPermission`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::arn::{Arn, Partition};
use serde_json::{Value as Json, json};

use crate::access;
use crate::arn::TopicArn;
use crate::error::Error;
use crate::permission::is_labeled;
use crate::topic::{Topic, policy};

/// `AddPermissionInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AddPermissionInput {
    topic_arn: Option<TopicArn>,
    /// The `Sid` of the new statement.
    label: String,
    #[shape(name = "AWSAccountId")]
    aws_account_id: Vec<String>,
    /// Actions without the prefix `SNS:`.
    action_name: Vec<String>,
}

/// Adds a statement to the policy of a topic that allows accounts some actions.
#[operation(signed, access = access::topic)]
pub(crate) fn add_permission(cx: &mut Cx<'_>, input: AddPermissionInput) -> Result<(), Stop> {
    let mut topic = Topic::open(cx, input.topic_arn.as_ref())?;
    let partition = Partition::of_region(&topic.region);
    let principal = |id: &String| match id.as_str() {
        "*" => id.clone(),
        id => Arn::root(partition, id).to_string(),
    };
    let statement = json!({
        "Sid": input.label,
        "Effect": "Allow",
        "Principal": {"AWS": one_or_many(input.aws_account_id.iter().map(principal))},
        "Action": one_or_many(input.action_name.iter().map(|name| format!("SNS:{name}"))),
        "Resource": topic.arn().to_string(),
    });
    let mut exists = false;
    topic.edit_policy(|statements| {
        exists = statements.iter().any(|statement| is_labeled(statement, &input.label));
        statements.push(statement);
    });
    if exists {
        return Err(Error::StatementExists.into());
    }
    policy::check(&cx.world, &topic.attribute("Policy")).map_err(Error::Attribute)?;
    cx.world.put(&topic);
    Ok(())
}

/// A list of one value is written as the value.
fn one_or_many(values: impl Iterator<Item = String>) -> Json {
    let mut values: Vec<String> = values.collect();
    match (values.len(), values.pop()) {
        (1, Some(value)) => value.into(),
        (_, last) => values.into_iter().chain(last).collect(),
    }
}
