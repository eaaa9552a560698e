//! Topics.

mod attributes;
mod create_topic;
mod delete_topic;
mod get_topic_attributes;
mod list_topics;
pub(crate) mod policy;
mod set_topic_attributes;

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Entry, Row, World, authorize, entry};
use cognitab_macros::Shape;
use cognitab_trace::control::Resource;
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::Timestamp;

use crate::arn::{self, TopicArn};
use crate::error::Error;
use crate::tag::Tag;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    // Each has a line of its own, in alphabetical order.
    entry::<create_topic::CreateTopic>(),
    entry::<delete_topic::DeleteTopic>(),
    entry::<get_topic_attributes::GetTopicAttributes>(),
    entry::<list_topics::ListTopics>(),
    entry::<set_topic_attributes::SetTopicAttributes>(),
];

/// Most bytes of a message with its attributes, unless `MaximumMessageSize` says otherwise.
pub(crate) const DEFAULT_MESSAGE_SIZE: usize = 262_144;

/// A topic.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Topic {
    pub(crate) account: String,
    pub(crate) region: String,
    /// Its name, which ends in `.fifo` if it is a FIFO topic.
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    /// The attributes that have been set, as AWS names and returns them.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) tags: Vec<Tag>,
    /// How many of its subscriptions have been deleted.
    #[shape(optional)]
    pub(crate) deleted_subscriptions: i64,
    /// How many messages have got a sequence number; 0 unless it is a FIFO topic.
    #[shape(optional)]
    pub(crate) sequence: i64,
}

impl Row for Topic {
    const TABLE: &'static str = "sns.topic";
    fn key(&self) -> String {
        Topic::address(&self.arn())
    }
}

impl Topic {
    /// The key of the topic of this ARN.
    pub(crate) fn address(arn: &Arn<'_>) -> String {
        format!("{}/{}/{}", arn.account(), arn.region(), arn.resource())
    }

    /// The topic of this ARN, in the region of the request.
    pub(crate) fn open(cx: &Cx<'_>, arn: Option<&TopicArn>) -> Result<Topic, Error> {
        Topic::find(cx, "TopicArn", arn.map(|arn| arn.as_str()))
    }

    /// The topic whose ARN is in this member of the input, in the region of the request.
    pub(crate) fn find(
        cx: &Cx<'_>,
        member: &'static str,
        arn: Option<&str>,
    ) -> Result<Topic, Error> {
        let arn = arn::topic(cx, member, arn)?;
        cx.world.get(&Topic::address(&arn)).ok_or(Error::NoTopic)
    }

    /// Its ARN, in the partition of its region.
    pub(crate) fn arn(&self) -> Arn<'_> {
        Arn::new(&self.region, "sns", &self.account, &self.name)
    }

    /// Whether it is a FIFO topic.
    pub(crate) fn is_fifo(&self) -> bool {
        self.attributes.contains_key("FifoTopic")
    }

    /// Most bytes of a message with its attributes.
    pub(crate) fn maximum_message_size(&self) -> usize {
        self.attribute("MaximumMessageSize").parse().unwrap_or(DEFAULT_MESSAGE_SIZE)
    }

    /// The value of an attribute, or its default.
    pub(crate) fn attribute(&self, name: &str) -> String {
        match self.attributes.get(name) {
            Some(value) => value.clone(),
            None if name == "Policy" => policy::default(&self.arn()),
            None => attributes::default(name).to_owned(),
        }
    }

    fn resource(&self) -> Resource {
        let arn = self.arn().to_string();
        let policy = Some(authorize::policy(arn.clone(), &self.attribute("Policy")));
        Resource { arn, account: self.account.clone(), policy, must_allow: false }
    }
}

/// See [`cognitab_kernel::Service::resource`].
pub(crate) fn resource(world: &World, _: &str, arn: &Arn<'_>) -> Option<Resource> {
    world.get(&Topic::address(arn)).map(|topic: Topic| topic.resource())
}

/// See [`cognitab_kernel::Service::resources`].
pub(crate) fn resources(world: &World) -> Vec<Resource> {
    world.scan("").map(|topic: Topic| topic.resource()).collect()
}
