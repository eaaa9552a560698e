//! Deduplication of messages to FIFO topics: within five minutes, a message with the same
//! deduplication ID is accepted and not delivered.

use cognitab_kernel::{Cx, Row};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use cognitab_wire::sigv4;

use crate::message::{Message, Published};
use crate::topic::Topic;

/// How long a deduplication ID is remembered, in milliseconds: five minutes.
const INTERVAL: i64 = 5 * 60 * 1000;

/// A message that was published with a deduplication ID.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Deduplication {
    /// Key of the topic.
    topic: String,
    /// Hash of the ID, and of the message group if that is the scope.
    id: String,
    published: Timestamp,
    message_id: String,
    sequence_number: Option<String>,
}

impl Row for Deduplication {
    const TABLE: &'static str = "sns.deduplication";
    fn key(&self) -> String {
        format!("{}/{}", self.topic, self.id)
    }
}

/// The deduplication ID of a text, if it is made of the text: its SHA-256 hash in hexadecimal.
pub(super) fn hash(text: &str) -> String {
    sigv4::sha256_hex(text.as_bytes())
}

/// The message that was published earlier with the same deduplication ID.
pub(super) fn find(cx: &Cx<'_>, topic: &Topic, message: &Message) -> Option<Published> {
    let earlier: Deduplication =
        cx.world.get(&format!("{}/{}", topic.key(), id(topic, message)?))?;
    (cx.now < earlier.published.0 + INTERVAL).then_some(Published {
        message_id: earlier.message_id,
        sequence_number: earlier.sequence_number,
    })
}

/// Remembers a message. Forgets those whose interval has passed.
pub(super) fn store(cx: &mut Cx<'_>, topic: &Topic, message: &Message, published: &Published) {
    let Some(id) = id(topic, message) else { return };
    let all: Vec<Deduplication> = cx.world.scan(&format!("{}/", topic.key())).collect();
    for expired in all.iter().filter(|one| one.published.0 + INTERVAL <= cx.now) {
        cx.world.remove::<Deduplication>(&expired.key());
    }
    cx.world.put(&Deduplication {
        topic: topic.key(),
        id,
        published: Timestamp(cx.now),
        message_id: published.message_id.clone(),
        sequence_number: published.sequence_number.clone(),
    });
}

/// What identifies a message within its topic; `None` for standard topics.
fn id(topic: &Topic, message: &Message) -> Option<String> {
    let id = message.deduplication_id.as_ref().filter(|_| topic.is_fifo())?;
    let by_group = topic.attribute("FifoThroughputScope") == "MessageGroup";
    let group = message.group_id.as_deref().filter(|_| by_group).unwrap_or_default();
    // Neither has a space in it.
    Some(hash(&format!("{group} {id}")))
}
