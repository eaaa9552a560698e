//! The attributes of a subscription that can be set.

use cognitab_kernel::{Cx, Row};
use cognitab_wire::arn::Arn;

use crate::attribute::{self, Invalid, Stored};
use crate::delivery_policy;
use crate::error::Error;
use crate::filter::{FilterPolicy, Scope};
use crate::subscription::{Protocol, Subscription};
use crate::topic::Topic;

/// Most filter policies of a topic.
const MAX_FILTER_POLICIES: usize = 200;

impl Subscription {
    /// Sets attributes, or resets them.
    pub(crate) fn set<'a>(
        &mut self,
        topic: &Topic,
        attributes: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) -> Result<(), Invalid> {
        for (name, value) in attributes {
            match stored(self, topic, name, value)? {
                Some(value) => self.attributes.insert(name.clone(), value),
                None => self.attributes.remove(name),
            };
        }
        // Which policies are valid depends on the scope, which may have been set after the policy.
        self.filter_policy().map(drop)
    }

    /// Its filter policy, if it has one.
    pub(crate) fn filter_policy(&self) -> Result<Option<FilterPolicy>, Invalid> {
        let policy = self.attributes.get("FilterPolicy");
        policy.map(|text| FilterPolicy::parse(text, self.filter_policy_scope())).transpose()
    }

    /// What its filter policy applies to.
    pub(crate) fn filter_policy_scope(&self) -> Scope {
        match self.attributes.get("FilterPolicyScope").map(String::as_str) {
            Some("MessageBody") => Scope::MessageBody,
            _ => Scope::MessageAttributes,
        }
    }

    /// Fails if it has a filter policy and its topic has as many without it as a topic may have.
    pub(crate) fn check_filter_policies(&self, cx: &Cx<'_>, topic: &Topic) -> Result<(), Error> {
        let filters = |one: &Subscription| one.attributes.contains_key("FilterPolicy");
        let others = Subscription::of_topic(&cx.world, topic, cx.now)
            .filter(|other| filters(other) && other.key() != self.key());
        match filters(self) && others.count() >= MAX_FILTER_POLICIES {
            true => Err(Error::TooManyFilterPolicies),
            false => Ok(()),
        }
    }
}

fn stored(subscription: &Subscription, topic: &Topic, name: &str, value: &str) -> Stored {
    match name {
        "DeliveryPolicy" => delivery_policy::subscription(value),
        "FilterPolicy" => {
            let policy = attribute::json(name, value)?;
            let policy =
                policy.filter(|policy| policy.as_object().is_none_or(|all| !all.is_empty()));
            Ok(policy.map(|_| value.to_owned()))
        }
        "FilterPolicyScope" => {
            let values = [Scope::MessageAttributes.as_str(), Scope::MessageBody.as_str()];
            let advice = "Please use either MessageBody or MessageAttributes";
            attribute::one_of(name, value, &values, advice)
        }
        "RawMessageDelivery" => raw_message_delivery(name, value, subscription.protocol),
        "RedrivePolicy" => redrive_policy(name, value, subscription, topic),
        "ReplayPolicy" if topic.is_fifo() => {
            attribute::json(name, value).map(|policy| policy.map(|_| value.to_owned()))
        }
        "SubscriptionRoleArn" if subscription.protocol == Protocol::Firehose => {
            attribute::role(name, value)
        }
        _ => Err(Invalid::Unknown(name.to_owned())),
    }
}

fn raw_message_delivery(name: &str, value: &str, protocol: Protocol) -> Stored {
    use Protocol::{Firehose, Http, Https, Sqs};
    match (attribute::boolean(name, value)?, protocol) {
        (false, _) => Ok(None),
        (true, Firehose | Http | Https | Sqs) => Ok(Some("true".to_owned())),
        (true, protocol) => Err(Invalid::Value(format!(
            "Delivery protocol [{}] does not support raw message delivery.",
            protocol.as_str()
        ))),
    }
}

/// `{"deadLetterTargetArn": "…"}`.
fn redrive_policy(name: &str, value: &str, subscription: &Subscription, topic: &Topic) -> Stored {
    let Some(policy) = attribute::json(name, value)? else { return Ok(None) };
    let queue = policy.get("deadLetterTargetArn").and_then(|arn| arn.as_str()).unwrap_or_default();
    let queue = Arn::parse(queue).filter(|arn| arn.service() == "sqs");
    let queue =
        queue.ok_or_else(|| Invalid::value(name, "deadLetterTargetArn is an invalid arn"))?;
    let is_fifo = |name: &str| name.ends_with(".fifo");
    if topic.is_fifo() && is_fifo(&subscription.endpoint) && !is_fifo(queue.resource()) {
        let rule = "must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.";
        return Err(Invalid::value(name, rule));
    }
    Ok(Some(value.to_owned()))
}
