//! Messages: what SNS checks in them, and their publication to a topic.

pub(crate) mod attribute;
mod deduplication;
mod publish;
mod publish_batch;

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Entry, entry};
use cognitab_macros::Shape;
use serde_json::{Map, Value as Json};

use crate::delivery;
use crate::error::Error;
use crate::message::attribute::MessageAttributeMap;
use crate::subscription::{Protocol, Subscription};
use crate::topic::{DEFAULT_MESSAGE_SIZE, Topic};

pub(crate) use deduplication::Deduplication;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] =
    &[entry::<publish::Publish>(), entry::<publish_batch::PublishBatch>()];

/// A subject has fewer characters.
const SUBJECT_LENGTH: usize = 100;

/// `PublishBatchRequestEntry`; also what `Publish` has in common with it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PublishBatchRequestEntry {
    id: String,
    message: String,
    subject: Option<String>,
    message_structure: Option<String>,
    message_attributes: Option<MessageAttributeMap>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

/// A valid message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// The text for protocols that have none of their own in `by_protocol`.
    default: String,
    by_protocol: BTreeMap<String, String>,
    pub(crate) subject: Option<String>,
    pub(crate) attributes: MessageAttributeMap,
    /// Bytes of the text as it was sent and of the attributes.
    size: usize,
    deduplication_id: Option<String>,
    group_id: Option<String>,
}

/// A published message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Published {
    /// A UUID.
    pub(crate) message_id: String,
    /// 20 digits; only for FIFO topics.
    pub(crate) sequence_number: Option<String>,
}

impl Message {
    /// Checks a message to a topic, or to a phone number if there is none.
    pub(crate) fn new(
        entry: PublishBatchRequestEntry,
        topic: Option<&Topic>,
    ) -> Result<Message, Error> {
        if entry.subject.as_ref().is_some_and(|subject| !is_subject(subject)) {
            return Err(Error::InvalidParameter("Subject"));
        }
        if entry.message.is_empty() {
            return Err(Error::EmptyMessage);
        }
        let attributes = entry.message_attributes.unwrap_or_default();
        attributes.check()?;
        let size = entry.message.len() + attributes.size();
        if size > topic.map_or(DEFAULT_MESSAGE_SIZE, Topic::maximum_message_size) {
            return Err(Error::LongMessage);
        }
        let by_protocol = by_protocol(entry.message_structure, &entry.message)?;
        let mut message = Message {
            default: by_protocol.get("default").cloned().unwrap_or(entry.message),
            by_protocol,
            subject: entry.subject,
            attributes,
            size,
            deduplication_id: entry.message_deduplication_id,
            group_id: entry.message_group_id,
        };
        message.check_ids(topic)?;
        Ok(message)
    }

    /// Checks the message group ID and the deduplication ID, which is by default the hash of the
    /// text if the topic has content-based deduplication.
    fn check_ids(&mut self, topic: Option<&Topic>) -> Result<(), Error> {
        let invalid = |id: &Option<String>| id.as_ref().is_some_and(|id| !is_id(id));
        if invalid(&self.group_id) {
            return Err(Error::InvalidParameter("MessageGroupId"));
        }
        if invalid(&self.deduplication_id) {
            return Err(Error::InvalidParameter("MessageDeduplicationId"));
        }
        match topic.filter(|topic| topic.is_fifo()) {
            None if self.deduplication_id.is_some() => Err(Error::UnexpectedDeduplicationId),
            None => Ok(()),
            Some(_) if self.group_id.is_none() => Err(Error::NoMessageGroupId),
            Some(_) if self.deduplication_id.is_some() => Ok(()),
            Some(topic) if topic.attribute("ContentBasedDeduplication") == "true" => {
                self.deduplication_id = Some(deduplication::hash(&self.default));
                Ok(())
            }
            Some(_) => Err(Error::NoDeduplication),
        }
    }

    /// Its text for a protocol.
    pub(crate) fn text(&self, protocol: Protocol) -> &str {
        self.by_protocol.get(protocol.as_str()).unwrap_or(&self.default)
    }

    /// Publishes it to a topic, which the caller stores.
    fn publish(&self, cx: &mut Cx<'_>, topic: &mut Topic) -> Published {
        if let Some(earlier) = deduplication::find(cx, topic, self) {
            return earlier;
        }
        let message_id = cx.random.uuid();
        let sequence_number = topic.is_fifo().then(|| {
            topic.sequence += 1;
            format!("1{:019}", topic.sequence)
        });
        let published = Published { message_id, sequence_number };
        deduplication::store(cx, topic, self, &published);
        let all: Vec<Subscription> = Subscription::of_topic(&cx.world, topic, cx.now).collect();
        for subscription in all.iter().filter(|one| one.receives(self)) {
            delivery::notification(cx, topic, subscription, self, &published.message_id);
        }
        published
    }
}

impl Subscription {
    /// Whether it is confirmed and its filter policy, if it has one, matches a message.
    fn receives(&self, message: &Message) -> bool {
        use crate::filter::{Scope, body_fields};
        let fields = || match self.filter_policy_scope() {
            Scope::MessageAttributes => Some(message.attributes.fields()),
            Scope::MessageBody => body_fields(message.text(self.protocol)),
        };
        self.confirmation.is_some()
            && match self.filter_policy() {
                Ok(None) => true,
                Ok(Some(policy)) => fields().is_some_and(|fields| policy.matches(&fields)),
                Err(_) => false,
            }
    }
}

/// Whether this is a valid subject: not empty, short enough, without control characters.
fn is_subject(text: &str) -> bool {
    (1..SUBJECT_LENGTH).contains(&text.chars().count()) && !text.contains(char::is_control)
}

/// Whether this is a valid message group ID or deduplication ID.
fn is_id(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The texts by protocol of a message whose structure is `json`, with the one named `default`.
fn by_protocol(structure: Option<String>, text: &str) -> Result<BTreeMap<String, String>, Error> {
    match structure.as_deref() {
        None => return Ok(BTreeMap::new()),
        Some("json") => {}
        Some(other) => return Err(Error::MessageStructure(other.to_owned())),
    }
    let members: Map<String, Json> =
        serde_json::from_str(text).map_err(|_| Error::MalformedMessage)?;
    // SNS ignores members that are not strings.
    let texts = members.into_iter().filter_map(|(name, value)| match value {
        Json::String(text) => Some((name, text)),
        _ => None,
    });
    let texts: BTreeMap<String, String> = texts.collect();
    if texts.contains_key("default") { Ok(texts) } else { Err(Error::NoDefaultMessage) }
}
