//! `PublishBatch`.

use std::collections::BTreeSet;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::TopicArn;
use crate::error::Error;
use crate::message::{Message, PublishBatchRequestEntry};
use crate::topic::Topic;

/// Most entries of a batch.
const MAX_ENTRIES: usize = 10;
/// Most characters of an entry's ID.
const MAX_ID: usize = 80;

/// `PublishBatchInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PublishBatchInput {
    topic_arn: Option<TopicArn>,
    publish_batch_request_entries: Vec<PublishBatchRequestEntry>,
}

/// `PublishBatchResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PublishBatchResponse {
    successful: Vec<PublishBatchResultEntry>,
    /// Empty: an invalid message fails the whole batch, as on AWS.
    failed: Vec<BatchResultErrorEntry>,
}

/// `PublishBatchResultEntry`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PublishBatchResultEntry {
    id: String,
    message_id: String,
    sequence_number: Option<String>,
}

/// `BatchResultErrorEntry`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct BatchResultErrorEntry {
    id: String,
    code: String,
    message: Option<String>,
    sender_fault: bool,
}

/// Publishes up to ten messages to a topic.
#[operation(signed, action = "sns:Publish", access = access::topic)]
pub(crate) fn publish_batch(
    cx: &mut Cx<'_>,
    input: PublishBatchInput,
) -> Result<PublishBatchResponse, Stop> {
    let entries = input.publish_batch_request_entries;
    check_size(&entries)?;
    let mut topic = Topic::open(cx, input.topic_arn.as_ref())?;
    check_ids(&entries)?;
    let message = |entry: PublishBatchRequestEntry| {
        Ok::<_, Error>((entry.id.clone(), Message::new(entry, Some(&topic))?))
    };
    let messages = entries.into_iter().map(message).collect::<Result<Vec<_>, Error>>()?;
    let size: usize = messages.iter().map(|(_, message)| message.size).sum();
    if size > topic.maximum_message_size() {
        return Err(Error::LongBatch.into());
    }
    let mut successful = Vec::new();
    for (id, message) in messages {
        let published = message.publish(cx, &mut topic);
        successful.push(PublishBatchResultEntry {
            id,
            message_id: published.message_id,
            sequence_number: published.sequence_number,
        });
    }
    cx.world.put(&topic);
    Ok(PublishBatchResponse { successful, failed: Vec::new() })
}

fn check_size(entries: &[PublishBatchRequestEntry]) -> Result<(), Error> {
    match entries.len() {
        0 => Err(Error::EmptyBatch),
        1..=MAX_ENTRIES => Ok(()),
        _ => Err(Error::LargeBatch),
    }
}

/// Checks that the IDs of a batch are valid and no two are the same.
fn check_ids(entries: &[PublishBatchRequestEntry]) -> Result<(), Error> {
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    if ids.len() < entries.len() {
        return Err(Error::DuplicateEntryIds);
    }
    let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match ids.iter().all(|id| (1..=MAX_ID).contains(&id.len()) && id.chars().all(valid)) {
        true => Ok(()),
        false => Err(Error::InvalidEntryId),
    }
}
