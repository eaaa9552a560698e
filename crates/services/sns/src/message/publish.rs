//! `Publish`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::arn::TopicArn;
use crate::error::Error;
use crate::message::attribute::MessageAttributeMap;
use crate::message::{Message, PublishBatchRequestEntry, Published};
use crate::subscription::{Protocol, endpoint};
use crate::topic::Topic;
use crate::{access, delivery};

/// Most characters of an SMS message.
const MAX_SMS: usize = 1600;

/// A phone number in E.164 format.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(sensitive)]
pub(crate) struct PhoneNumber(String);

/// `PublishInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PublishInput {
    topic_arn: Option<TopicArn>,
    /// A topic, too; platform endpoints do not exist here.
    target_arn: Option<String>,
    phone_number: Option<PhoneNumber>,
    message: String,
    subject: Option<String>,
    message_structure: Option<String>,
    message_attributes: Option<MessageAttributeMap>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

/// `PublishResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PublishResponse {
    message_id: String,
    sequence_number: Option<String>,
}

/// Publishes a message to a topic, or sends it to a phone number.
#[operation(signed, access = access::publish)]
pub(crate) fn publish(cx: &mut Cx<'_>, input: PublishInput) -> Result<PublishResponse, Stop> {
    let entry = PublishBatchRequestEntry {
        id: String::new(),
        message: input.message,
        subject: input.subject,
        message_structure: input.message_structure,
        message_attributes: input.message_attributes,
        message_deduplication_id: input.message_deduplication_id,
        message_group_id: input.message_group_id,
    };
    let topic = input.topic_arn.as_ref().map(|arn| ("TopicArn", arn.as_str()));
    let target = input.target_arn.as_deref().map(|arn| ("TargetArn", arn));
    let Published { message_id, sequence_number } = match (topic, target, input.phone_number) {
        (Some((member, arn)), None, None) | (None, Some((member, arn)), None) => {
            to_topic(cx, member, arn, entry)?
        }
        (None, None, Some(number)) => to_phone_number(cx, number, entry)?,
        (None, None, None) => return Err(Error::MissingParameter("TopicArn or TargetArn").into()),
        _ => return Err(Error::TwoTargets.into()),
    };
    Ok(PublishResponse { message_id, sequence_number })
}

fn to_topic(
    cx: &mut Cx<'_>,
    member: &'static str,
    arn: &str,
    entry: PublishBatchRequestEntry,
) -> Result<Published, Error> {
    if member == "TargetArn" && arn.contains(":endpoint/") {
        return Err(Error::NoTargetEndpoint);
    }
    let mut topic = Topic::find(cx, member, Some(arn))?;
    let published = Message::new(entry, Some(&topic))?.publish(cx, &mut topic);
    cx.world.put(&topic);
    Ok(published)
}

fn to_phone_number(
    cx: &mut Cx<'_>,
    number: PhoneNumber,
    entry: PublishBatchRequestEntry,
) -> Result<Published, Error> {
    if !endpoint::is_e164(&number) {
        return Err(Error::PhoneNumber(number.into_inner()));
    }
    let message = Message::new(entry, None)?;
    let text = message.text(Protocol::Sms);
    if text.chars().count() > MAX_SMS {
        return Err(Error::LongSms);
    }
    let published = Published { message_id: cx.random.uuid(), sequence_number: None };
    delivery::sms(cx, number.into_inner(), text.to_owned());
    Ok(published)
}
