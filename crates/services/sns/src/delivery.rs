//! Delivery to the simulated inbox. There is no receiver for other protocols than email and SMS.

use cognitab_kernel::Cx;
use cognitab_kernel::inbox::{self, Mail, Medium};
use cognitab_wire::arn::Partition;
use cognitab_wire::http::encode_except;
use cognitab_wire::time;
use serde_json::Value as Json;

use crate::message::Message;
use crate::subscription::{Protocol, Subscription, endpoint};
use crate::topic::Topic;

/// Characters of a topic's display name that an SMS message begins with.
const SENDER_LENGTH: usize = 10;

const CONFIRMATION_FOOTER: &str = "Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS subscription confirmation requests please send an email to sns-opt-out";

const NOTIFICATION_FOOTER: &str = "Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support";

/// Delivers a message to a subscription of a topic.
pub(crate) fn notification(
    cx: &mut Cx<'_>,
    topic: &Topic,
    subscription: &Subscription,
    message: &Message,
    message_id: &str,
) {
    let text = message.text(subscription.protocol);
    let body = match subscription.protocol {
        Protocol::Sms => {
            let name: String = topic.attribute("DisplayName").chars().take(SENDER_LENGTH).collect();
            let sender = if name.is_empty() { String::new() } else { format!("{name}> ") };
            let number = endpoint::phone_number(&subscription.endpoint).unwrap_or_default();
            return sms(cx, number, format!("{sender}{text}"));
        }
        Protocol::Email => format!(
            "{text}\n\n--\nIf you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:\n{}\n\n{NOTIFICATION_FOOTER}",
            unsubscribe_url(subscription)
        ),
        Protocol::EmailJson => {
            let mut members = vec![
                ("Type", "Notification".into()),
                ("MessageId", message_id.into()),
                ("TopicArn", topic.arn().to_string().into()),
            ];
            members.extend(message.subject.as_deref().map(|subject| ("Subject", subject.into())));
            members.extend([
                ("Message", text.into()),
                ("Timestamp", time::iso_millis(cx.now).into()),
                ("UnsubscribeURL", unsubscribe_url(subscription).into()),
            ]);
            if !message.attributes.is_empty() {
                members.push(("MessageAttributes", message.attributes.to_json()));
            }
            object(&members)
        }
        Protocol::Http
        | Protocol::Https
        | Protocol::Sqs
        | Protocol::Application
        | Protocol::Lambda
        | Protocol::Firehose => return,
    };
    let subject = message.subject.clone();
    let subject = subject.unwrap_or_else(|| "AWS Notification Message".to_owned());
    send_email(cx, subscription, subject, body, String::new());
}

/// Sends the token that confirms a pending subscription.
pub(crate) fn confirmation(cx: &mut Cx<'_>, subscription: &Subscription, token: String) {
    let arn = subscription.topic_arn();
    let email = TokenEmail {
        kind: "SubscriptionConfirmation",
        subject: "AWS Notification - Subscription Confirmation",
        text: format!(
            "You have chosen to subscribe to the topic: \n{arn}\n\nTo confirm this subscription, click or visit the link below (If this was in error no action is necessary): \nConfirm subscription: "
        ),
        message: format!(
            "You have chosen to subscribe to the topic {arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message."
        ),
    };
    send_token(cx, subscription, email, token);
}

/// Sends the token that restores a subscription which its owner has not deleted.
pub(crate) fn cancellation(cx: &mut Cx<'_>, subscription: &Subscription, token: String) {
    let email = TokenEmail {
        kind: "UnsubscribeConfirmation",
        subject: "AWS Notification - Unsubscribe Confirmation",
        text: format!(
            "Your subscription to the topic below has been deactivated:\n{}\n\nIf this was in error or you wish to resubscribe, click or visit the link below: \nResubscribe: ",
            subscription.topic_arn()
        ),
        message: format!(
            "You have chosen to deactivate subscription {}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.",
            subscription.arn()
        ),
    };
    send_token(cx, subscription, email, token);
}

/// An email with a token.
struct TokenEmail {
    kind: &'static str,
    subject: &'static str,
    /// Of a text; the link follows.
    text: String,
    /// Of a JSON document.
    message: String,
}

fn send_token(cx: &mut Cx<'_>, subscription: &Subscription, email: TokenEmail, token: String) {
    let TokenEmail { kind, subject, text, message } = email;
    let arn = subscription.topic_arn().to_string();
    let query = format!("ConfirmSubscription&TopicArn={}&Token={token}", encode_except(&arn, ":"));
    let url = action_url(subscription, &query);
    let body = match subscription.protocol {
        Protocol::Email => format!("{text}{url}\n\n{CONFIRMATION_FOOTER}"),
        Protocol::EmailJson => object(&[
            ("Type", kind.into()),
            ("MessageId", cx.random.uuid().into()),
            ("Token", token.as_str().into()),
            ("TopicArn", arn.into()),
            ("Message", message.into()),
            ("SubscribeURL", url.into()),
            ("Timestamp", time::iso_millis(cx.now).into()),
        ]),
        _ => return,
    };
    send_email(cx, subscription, subject.to_owned(), body, token);
}

fn unsubscribe_url(subscription: &Subscription) -> String {
    let arn = subscription.arn();
    action_url(subscription, &format!("Unsubscribe&SubscriptionArn={}", encode_except(&arn, ":")))
}

/// The URL that calls an operation without a signature; `query` is what follows `Action=`.
fn action_url(subscription: &Subscription, query: &str) -> String {
    let region = &subscription.region;
    let suffix = Partition::of_region(region).dns_suffix();
    format!("https://sns.{region}.{suffix}/?Action={query}")
}

/// A JSON object as SNS writes it: each member on a line of its own, with spaces around the colon.
fn object(members: &[(&str, Json)]) -> String {
    let lines = members.iter().map(|(name, value)| format!("  {} : {value}", Json::from(*name)));
    format!("{{\n{}\n}}", lines.collect::<Vec<_>>().join(",\n"))
}

/// Sends an SMS message to a phone number.
pub(crate) fn sms(cx: &mut Cx<'_>, to: String, body: String) {
    send(cx, Medium::Sms, to, String::new(), body, String::new());
}

/// Sends an email to the endpoint of a subscription.
fn send_email(
    cx: &mut Cx<'_>,
    subscription: &Subscription,
    subject: String,
    body: String,
    code: String,
) {
    send(cx, Medium::Email, subscription.endpoint.clone(), subject, body, code);
}

fn send(cx: &mut Cx<'_>, medium: Medium, to: String, subject: String, body: String, code: String) {
    let (pool, username) = (String::new(), String::new());
    let at = cx.now;
    inbox::deliver(cx, Mail { number: 0, at, medium, to, subject, body, code, pool, username });
}
