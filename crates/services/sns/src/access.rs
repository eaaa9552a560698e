//! The IAM permissions that SNS's operations need.
//!
//! An ARN that is not one of a topic of this region needs none: the operation refuses it.

use cognitab_kernel::{Access, Cx};
use cognitab_wire::Value;
use cognitab_wire::arn::Arn;

use crate::arn;
use crate::topic::Topic;

/// Creating a topic, and tagging it if the request has tags.
pub(crate) fn new_topic(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let mut all = topic(cx, input, action);
    if !input.get("Tags").items().is_empty() {
        all.extend(topic(cx, input, "sns:TagResource"));
    }
    all
}

/// An action on the topic that a request names, with the condition keys of the tags in the request.
pub(crate) fn topic(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let arn =
        ["TopicArn", "TargetArn", "ResourceArn"].iter().find_map(|name| input.get(name).str());
    let arn = arn.map_or_else(|| own(cx, input.text("Name")), str::to_owned);
    let access = on_topic(cx, &arn, action).map(|access| with_request_tags(access, input));
    access.into_iter().collect()
}

/// Subscribing to the topic that a request names.
pub(crate) fn subscribe(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let mut all = topic(cx, input, action);
    for access in &mut all {
        for (name, member) in [("sns:Endpoint", "Endpoint"), ("sns:Protocol", "Protocol")] {
            let value = input.get(member).str();
            access.context.extend(value.map(|value| (name.to_owned(), vec![value.to_owned()])));
        }
    }
    all
}

/// Publishing to the topic or to the phone number that a request names.
pub(crate) fn publish(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    match input.get("PhoneNumber").str() {
        Some(number) => vec![on(action, number)],
        None => topic(cx, input, action),
    }
}

/// An action on the subscription that a request names.
pub(crate) fn subscription(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    on_subscription(cx, input.text("SubscriptionArn"), action)
}

/// An action on the subscription of this ARN. The resource is its topic; the topic policy is left
/// out: the operation checks whose subscription it is.
pub(crate) fn on_subscription(cx: &Cx<'_>, arn: &str, action: &str) -> Vec<Access> {
    let arn = arn.into();
    let Ok(arn) = arn::subscription(cx, Some(&arn)) else { return Vec::new() };
    let (topic, _) = arn.resource_parts();
    vec![on(action, Arn::new(&cx.call.region, "sns", arn.account(), topic))]
}

/// An action on everything in the account: SNS has no smaller resource for it.
pub(crate) fn account(cx: &Cx<'_>, _input: &Value, action: &str) -> Vec<Access> {
    vec![on(action, own(cx, "*"))]
}

/// An action on the topic of this ARN, with the topic's policy and tags.
pub(crate) fn on_topic(cx: &Cx<'_>, arn: &str, action: &str) -> Option<Access> {
    let parsed = arn::topic(cx, "TopicArn", Some(arn)).ok()?;
    let topic: Option<Topic> = cx.world.get(&Topic::address(&parsed));
    let mut access = on(action, arn);
    access.owner = Some(parsed.account().to_owned());
    access.policy = topic.as_ref().map(|topic| topic.attribute("Policy"));
    for tag in topic.iter().flat_map(|topic| &topic.tags) {
        access = access.key(&format!("aws:ResourceTag/{}", tag.key), [tag.value.to_string()]);
    }
    Some(access)
}

/// An action on a resource. SNS's messages write its prefix in capitals.
fn on(action: &str, resource: impl Into<String>) -> Access {
    Access::new(action.replacen("sns:", "SNS:", 1), resource)
}

/// The ARN of a topic, existing or not, in the caller's account and the region of the request.
fn own(cx: &Cx<'_>, name: &str) -> String {
    Arn::new(&cx.call.region, "sns", &cx.call.account, name).to_string()
}

/// The same with the condition keys of the tags and tag keys in a request.
fn with_request_tags(mut access: Access, input: &Value) -> Access {
    let tags = input.get("Tags").items();
    for tag in tags {
        let key = format!("aws:RequestTag/{}", tag.text("Key"));
        access = access.key(&key, [tag.text("Value").to_owned()]);
    }
    let keys = input.get("TagKeys").items().iter().filter_map(Value::str);
    let keys: Vec<String> =
        tags.iter().map(|tag| tag.text("Key")).chain(keys).map(str::to_owned).collect();
    if keys.is_empty() { access } else { access.key("aws:TagKeys", keys) }
}
