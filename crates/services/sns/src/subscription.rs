//! Subscriptions to topics.

mod attributes;
mod confirm_subscription;
pub(crate) mod endpoint;
mod get_subscription_attributes;
mod list_subscriptions;
mod list_subscriptions_by_topic;
mod set_subscription_attributes;
mod signature;
mod subscribe;
pub(crate) mod token;
mod unsubscribe;

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Entry, Row, World, entry};
use cognitab_macros::Shape;
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::Timestamp;

use crate::arn::{self, SubscriptionArn, TopicArn};
use crate::error::Error;
use crate::topic::{DEFAULT_MESSAGE_SIZE, Topic};

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<confirm_subscription::ConfirmSubscription>(),
    entry::<get_subscription_attributes::GetSubscriptionAttributes>(),
    entry::<list_subscriptions::ListSubscriptions>(),
    entry::<list_subscriptions_by_topic::ListSubscriptionsByTopic>(),
    entry::<set_subscription_attributes::SetSubscriptionAttributes>(),
    entry::<subscribe::Subscribe>(),
    entry::<unsubscribe::Unsubscribe>(),
];

/// How long a subscription can be confirmed, in milliseconds: two days.
pub(crate) const CONFIRMATION_PERIOD: i64 = 2 * 24 * 60 * 60 * 1000;

/// Most subscriptions of a topic whose messages may be larger than usual.
const MAX_LARGE_MESSAGE_SUBSCRIPTIONS: usize = 100;

/// A subscription.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Subscription {
    /// Account of the topic.
    pub(crate) account: String,
    pub(crate) region: String,
    /// Name of the topic.
    pub(crate) topic: String,
    /// A UUID.
    pub(crate) id: String,
    /// Account that subscribed.
    pub(crate) owner: String,
    /// ARN of the user or role session that subscribed.
    pub(crate) principal: String,
    pub(crate) protocol: Protocol,
    /// Email address, phone number, URL or ARN, as in the request.
    pub(crate) endpoint: String,
    /// The attributes that have been set, as AWS names and returns them.
    pub(crate) attributes: BTreeMap<String, String>,
    /// When its confirmation was last requested.
    pub(crate) requested: Timestamp,
    /// `None` while it is pending.
    pub(crate) confirmation: Option<Confirmation>,
}

/// How a subscription was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) struct Confirmation {
    /// Whether the request was signed.
    pub(crate) authenticated: bool,
    /// Whether only an owner's signed request can delete the subscription.
    pub(crate) authenticate_on_unsubscribe: bool,
}

/// A protocol of subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum Protocol {
    #[shape(name = "http")]
    Http,
    #[shape(name = "https")]
    Https,
    #[shape(name = "email")]
    Email,
    #[shape(name = "email-json")]
    EmailJson,
    #[shape(name = "sms")]
    Sms,
    #[shape(name = "sqs")]
    Sqs,
    #[shape(name = "application")]
    Application,
    #[shape(name = "lambda")]
    Lambda,
    #[shape(name = "firehose")]
    Firehose,
}

impl Protocol {
    /// The protocol of this name.
    fn parse(name: &str) -> Option<Protocol> {
        use Protocol::*;
        let all = [Http, Https, Email, EmailJson, Sms, Sqs, Application, Lambda, Firehose];
        all.into_iter().find(|protocol| protocol.as_str() == name)
    }
}

impl Row for Subscription {
    const TABLE: &'static str = "sns.subscription";
    fn key(&self) -> String {
        format!("{}/{}", Topic::address(&self.topic_arn()), self.id)
    }
}

impl Subscription {
    /// The subscription of this ARN, in the region of the request.
    pub(crate) fn open(cx: &Cx<'_>, arn: Option<&SubscriptionArn>) -> Result<Subscription, Error> {
        let arn = arn::subscription(cx, arn)?;
        let (topic, id) = arn.resource_parts();
        let topic = Arn::new(arn.region(), "sns", arn.account(), topic);
        let found: Option<Subscription> = cx.world.get(&format!("{}/{id}", Topic::address(&topic)));
        found.filter(|subscription| subscription.exists(cx.now)).ok_or(Error::NoSubscription)
    }

    /// The subscription of this ARN, which must belong to the caller's account.
    pub(crate) fn own(cx: &Cx<'_>, arn: Option<&SubscriptionArn>) -> Result<Subscription, Error> {
        let subscription = Subscription::open(cx, arn)?;
        let own = subscription.owner == cx.call.account;
        if own { Ok(subscription) } else { Err(Error::ForeignSubscription) }
    }

    /// The subscriptions to a topic.
    pub(crate) fn of_topic<'a>(
        world: &'a World,
        topic: &Topic,
        now: i64,
    ) -> impl Iterator<Item = Subscription> + use<'a> {
        let all = world.scan(&format!("{}/", topic.key()));
        all.filter(move |subscription: &Subscription| subscription.exists(now))
    }

    /// Whether it is confirmed, or can still be.
    pub(crate) fn exists(&self, now: i64) -> bool {
        self.confirmation.is_some() || now < self.requested.0 + CONFIRMATION_PERIOD
    }

    /// The ARN of its topic.
    pub(crate) fn topic_arn(&self) -> Arn<'_> {
        Arn::new(&self.region, "sns", &self.account, &self.topic)
    }

    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        format!("{}:{}", self.topic_arn(), self.id)
    }
}

impl Topic {
    /// Checks that its subscriptions, and one more of this protocol, allow the size of its messages.
    pub(crate) fn check_large_messages(
        &self,
        cx: &Cx<'_>,
        new: Option<Protocol>,
    ) -> Result<(), Error> {
        use Protocol::{Firehose, Lambda, Sqs};
        if self.maximum_message_size() <= DEFAULT_MESSAGE_SIZE {
            return Ok(());
        }
        let all = Subscription::of_topic(&cx.world, self, cx.now).map(|one| one.protocol);
        let all: Vec<Protocol> = all.chain(new).collect();
        let valid = all.iter().all(|protocol| matches!(protocol, Firehose | Lambda | Sqs))
            && all.len() <= MAX_LARGE_MESSAGE_SUBSCRIPTIONS;
        if valid { Ok(()) } else { Err(Error::LargeMessageSubscription) }
    }
}

/// `Subscription`: a subscription in a list.
#[derive(Clone, Debug, Shape)]
#[shape(name = "Subscription")]
pub(crate) struct ListedSubscription {
    /// Its ARN, or `PendingConfirmation`.
    subscription_arn: String,
    owner: String,
    protocol: String,
    endpoint: String,
    topic_arn: TopicArn,
}

impl From<Subscription> for ListedSubscription {
    fn from(subscription: Subscription) -> ListedSubscription {
        let arn = subscription.confirmation.map(|_| subscription.arn());
        ListedSubscription {
            subscription_arn: arn.unwrap_or_else(|| "PendingConfirmation".to_owned()),
            topic_arn: subscription.topic_arn().to_string().into(),
            protocol: subscription.protocol.as_str().to_owned(),
            owner: subscription.owner,
            endpoint: subscription.endpoint,
        }
    }
}
