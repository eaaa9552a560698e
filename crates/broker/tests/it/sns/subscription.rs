//! Subscriptions: their confirmation, attributes and deletion.

use serde_json::{Value as Json, json};

use super::{NEWS, admin, attribute, call, inbox, ok_or_error, user, with_topic};
use crate::common::{ARCHIVE, Host, STUDIO, between, error_summary, get};

const EMAIL: &str = "ana@photos.example";

/// Subscribes an endpoint to the topic; returns the `SubscriptionArn` of the response.
fn subscribe(host: &mut Host, protocol: &str, endpoint: &str, more: Json) -> String {
    let mut input = json!({"TopicArn": NEWS, "Protocol": protocol, "Endpoint": endpoint});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let text = admin(host, "Subscribe", input);
    between(&text, "<SubscriptionArn>", "</SubscriptionArn>").unwrap().to_owned()
}

/// Confirms a subscription with the newest token, without a signature; returns the subscription's ARN.
fn confirm(host: &mut Host) -> String {
    let input = json!({"TopicArn": NEWS, "Token": host.code()});
    let response = host.operation(None, "sns.ConfirmSubscription", &input);
    let text = response.text().into_owned();
    assert_eq!(response.status, 200, "{text}");
    between(&text, "<SubscriptionArn>", "</SubscriptionArn>").unwrap().to_owned()
}

fn attributes(host: &mut Host, arn: &str) -> String {
    admin(host, "GetSubscriptionAttributes", json!({"SubscriptionArn": arn}))
}

#[test]
fn a_token_confirms_the_subscription_of_an_email_address() {
    let mut host = with_topic();
    assert_eq!(subscribe(&mut host, "email", EMAIL, json!({})), "pending confirmation");
    let mail = &inbox(&mut host)[0];
    assert_eq!(mail["to"], EMAIL);
    assert_eq!(mail["subject"], "AWS Notification - Subscription Confirmation");
    let listed = admin(&mut host, "ListSubscriptionsByTopic", json!({"TopicArn": NEWS}));
    assert!(listed.contains("<SubscriptionArn>PendingConfirmation</SubscriptionArn>"), "{listed}");

    // Subscribing again sends another token; the pending subscription is the same.
    let more = json!({"ReturnSubscriptionArn": true});
    let pending = subscribe(&mut host, "email", EMAIL, more);
    let text = attributes(&mut host, &pending);
    assert_eq!(attribute(&text, "PendingConfirmation").as_deref(), Some("true"));
    assert_eq!(confirm(&mut host), pending);
    let text = attributes(&mut host, &pending);
    for (name, value) in [
        ("ConfirmationWasAuthenticated", "false"),
        ("Endpoint", EMAIL),
        ("Owner", "111122223333"),
        ("PendingConfirmation", "false"),
        ("Protocol", "email"),
        ("RawMessageDelivery", "false"),
        ("SubscriptionArn", pending.as_str()),
        ("SubscriptionPrincipal", "arn:aws:iam::111122223333:user/administrator"),
        ("TopicArn", NEWS),
    ] {
        assert_eq!(attribute(&text, name).as_deref(), Some(value), "{name}");
    }
    let listed = admin(&mut host, "ListSubscriptions", json!({}));
    assert!(listed.contains(&format!(
        "<member><SubscriptionArn>{pending}</SubscriptionArn><Owner>111122223333</Owner><Protocol>email</Protocol><Endpoint>{EMAIL}</Endpoint><TopicArn>{NEWS}</TopicArn></member>"
    )), "{listed}");
    let text = admin(&mut host, "GetTopicAttributes", json!({"TopicArn": NEWS}));
    assert_eq!(attribute(&text, "SubscriptionsConfirmed").as_deref(), Some("1"));
}

#[test]
fn links_in_emails_confirm_and_unsubscribe() {
    let mut host = with_topic();
    subscribe(&mut host, "email", EMAIL, json!({}));
    let body = inbox(&mut host)[0]["body"].as_str().unwrap().to_owned();
    let link = between(&body, "Confirm subscription: ", "\n").unwrap();
    assert!(link.starts_with("https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription"));
    assert_eq!(host.send(get(link)).status, 200);
    admin(&mut host, "Publish", json!({"TopicArn": NEWS, "Message": "x"}));
    let body = inbox(&mut host)[0]["body"].as_str().unwrap().to_owned();
    let link = between(&body, "to unsubscribe:\n", "\n").unwrap();
    assert_eq!(host.send(get(link)).status, 200);
    let text = admin(&mut host, "GetTopicAttributes", json!({"TopicArn": NEWS}));
    assert_eq!(attribute(&text, "SubscriptionsConfirmed").as_deref(), Some("0"));
    assert_eq!(attribute(&text, "SubscriptionsDeleted").as_deref(), Some("1"));

    // The unauthenticated request deleted the subscription: a token restores it.
    let mail = &inbox(&mut host)[0];
    assert_eq!(mail["subject"], "AWS Notification - Unsubscribe Confirmation");
    confirm(&mut host);
    let text = admin(&mut host, "GetTopicAttributes", json!({"TopicArn": NEWS}));
    assert_eq!(attribute(&text, "SubscriptionsConfirmed").as_deref(), Some("1"));
}

#[test]
fn a_token_expires_after_two_days() {
    let mut host = with_topic();
    subscribe(&mut host, "email", EMAIL, json!({}));
    let token = host.code();
    host.wait(2 * 24 * 60 * 60);
    let invalid = "400 InvalidParameter: Invalid parameter: Token";
    let unknown = "0".repeat(288);
    for (topic, token, expected) in [
        (NEWS, token.as_str(), invalid),
        (NEWS, unknown.as_str(), invalid),
        (NEWS, "x", "400 InvalidParameter: Invalid token"),
        ("news", token.as_str(), "400 InvalidParameter: Invalid parameter: Topic"),
    ] {
        let input = json!({"TopicArn": topic, "Token": token});
        let response = host.operation(None, "sns.ConfirmSubscription", &input);
        assert_eq!(error_summary(&response), expected, "{token}");
    }
    let listed = admin(&mut host, "ListSubscriptions", json!({}));
    assert!(listed.contains("<Subscriptions></Subscriptions>"), "{listed}");
}

/// The error messages are recorded from SNS where a recording exists.
#[test]
fn an_endpoint_must_match_its_protocol() {
    let mut host = with_topic();
    let fifo = json!({"Name": "news.fifo", "Attributes": {"FifoTopic": "true"}});
    admin(&mut host, "CreateTopic", fifo);
    for (protocol, endpoint, expected) in [
        ("test-protocol", "x", "Amazon SNS does not support this protocol string: test-protocol"),
        ("email", "ana", "Email address"),
        ("http", "https://photos.example", "Endpoint must match the specified protocol"),
        ("sqs", "https://sqs.us-east-1.amazonaws.com/111122223333/q", "SQS endpoint ARN"),
        (
            "sqs",
            "arn:aws:sqs:us-east-1:111122223333:q.fifo",
            "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
        ),
        ("lambda", "arn:aws:sqs:us-east-1:111122223333:q", "Lambda endpoint ARN"),
        ("application", "x", "ApplicationEndpoint ARN"),
    ] {
        let input = json!({"TopicArn": NEWS, "Protocol": protocol, "Endpoint": endpoint});
        let expected = format!("400 InvalidParameter: Invalid parameter: {expected}");
        assert_eq!(ok_or_error(&mut host, "Subscribe", input), expected);
    }
    let sms = json!({"TopicArn": NEWS, "Protocol": "sms", "Endpoint": "NAA+15551234567"});
    assert_eq!(
        ok_or_error(&mut host, "Subscribe", sms),
        "400 InvalidParameter: Invalid SMS endpoint: NAA+15551234567"
    );
    let email = json!({"TopicArn": format!("{NEWS}.fifo"), "Protocol": "email", "Endpoint": EMAIL});
    assert_eq!(
        ok_or_error(&mut host, "Subscribe", email),
        "400 InvalidParameter: Invalid parameter: Invalid protocol type: email"
    );
}

#[test]
fn an_endpoint_in_the_same_account_needs_no_confirmation() {
    let mut host = with_topic();
    let role = json!({"Attributes": {
        "SubscriptionRoleArn": "arn:aws:iam::111122223333:role/firehose"}});
    for (protocol, endpoint, more, confirmed) in [
        ("sms", "+15551234567", json!({}), true),
        ("sqs", "arn:aws:sqs:us-east-1:111122223333:q", json!({}), true),
        ("sqs", "arn:aws:sqs:us-east-1:444455556666:q", json!({}), false),
        ("lambda", "arn:aws:lambda:us-east-1:111122223333:function:f", json!({}), true),
        ("firehose", "arn:aws:firehose:us-east-1:111122223333:deliverystream/d", role, true),
        ("https", "https://photos.example/news", json!({}), false),
    ] {
        let arn = subscribe(&mut host, protocol, endpoint, more);
        assert_eq!(arn.starts_with(NEWS), confirmed, "{protocol} {endpoint}: {arn}");
    }
    // Messages to these endpoints are not delivered, and neither are tokens.
    assert!(inbox(&mut host).is_empty());
}

/// The error messages are recorded from SNS.
#[test]
fn subscription_attributes_can_be_set() {
    let mut host = with_topic();
    let queue = "arn:aws:sqs:us-east-1:111122223333:q";
    let filter = r#"{"team":["red"]}"#;
    let more = json!({"Attributes": {"RawMessageDelivery": "TRUE", "FilterPolicy": filter}});
    let arn = subscribe(&mut host, "sqs", queue, more.clone());
    assert_eq!(subscribe(&mut host, "sqs", queue, more), arn);
    let different = json!({"TopicArn": NEWS, "Protocol": "sqs", "Endpoint": queue,
        "Attributes": {"RawMessageDelivery": "false"}});
    assert_eq!(
        ok_or_error(&mut host, "Subscribe", different),
        "400 InvalidParameter: Invalid parameter: Attributes Reason: Subscription already exists with different attributes"
    );
    let invalid = json!({"TopicArn": NEWS, "Protocol": "sqs", "Endpoint": queue,
        "Attributes": {"RawMessageDelivery": "wrongvalue"}});
    assert_eq!(
        ok_or_error(&mut host, "Subscribe", invalid),
        "400 InvalidParameter: Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false."
    );
    let text = attributes(&mut host, &arn);
    for (name, value) in [
        ("FilterPolicy", filter),
        ("FilterPolicyScope", "MessageAttributes"),
        ("RawMessageDelivery", "true"),
    ] {
        assert_eq!(attribute(&text, name).as_deref(), Some(value), "{name}");
    }
    let set = |host: &mut Host, name: &str, value: &str| {
        let input = json!({"SubscriptionArn": arn, "AttributeName": name, "AttributeValue": value});
        ok_or_error(host, "SetSubscriptionAttributes", input)
    };
    let nested = r#"{"a":{"b":["x"]}}"#;
    for (name, value, expected) in [
        ("FakeAttribute", "x", "AttributeName"),
        (
            "RawMessageDelivery",
            "test-ValUe",
            "RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.",
        ),
        (
            "RedrivePolicy",
            r#"{"deadLetterTargetArn":"fake"}"#,
            "RedrivePolicy: deadLetterTargetArn is an invalid arn",
        ),
        (
            "FilterPolicy",
            "{invalid}",
            "FilterPolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]",
        ),
        (
            "FilterPolicy",
            nested,
            "Filter policy scope MessageAttributes does not support nested filter policy",
        ),
        (
            "FilterPolicyScope",
            "x",
            "FilterPolicyScope: Invalid value [x]. Please use either MessageBody or MessageAttributes",
        ),
    ] {
        let expected = format!("400 InvalidParameter: Invalid parameter: {expected}");
        assert_eq!(set(&mut host, name, value), expected);
    }
    assert_eq!(set(&mut host, "FilterPolicyScope", "MessageBody"), "ok");
    assert_eq!(set(&mut host, "FilterPolicy", nested), "ok");
    assert_eq!(set(&mut host, "FilterPolicy", "{}"), "ok");
    let text = attributes(&mut host, &arn);
    assert_eq!(attribute(&text, "FilterPolicy"), None);
    assert_eq!(attribute(&text, "FilterPolicyScope"), None);
    let raw = json!({"TopicArn": NEWS, "Protocol": "email", "Endpoint": EMAIL,
        "Attributes": {"RawMessageDelivery": "true"}});
    assert_eq!(
        ok_or_error(&mut host, "Subscribe", raw),
        "400 InvalidParameter: Invalid parameter: Attributes Reason: Delivery protocol [email] does not support raw message delivery."
    );
    let missing =
        json!({"SubscriptionArn": format!("{NEWS}:00000000-0000-4000-8000-000000000000")});
    assert_eq!(
        ok_or_error(&mut host, "GetSubscriptionAttributes", missing),
        "404 NotFound: Subscription does not exist"
    );
}

#[test]
fn only_the_owner_deletes_an_authenticated_subscription() {
    let mut host = with_topic();
    subscribe(&mut host, "email", EMAIL, json!({}));
    let input = json!({
        "TopicArn": NEWS, "Token": host.code(), "AuthenticateOnUnsubscribe": "true"});
    let unsigned = host.operation(None, "sns.ConfirmSubscription", &input);
    assert_eq!(unsigned.status, 403, "{}", unsigned.text());
    let text = admin(&mut host, "ConfirmSubscription", input);
    let arn = between(&text, "<SubscriptionArn>", "</SubscriptionArn>").unwrap();
    let text = attributes(&mut host, arn);
    assert_eq!(attribute(&text, "ConfirmationWasAuthenticated").as_deref(), Some("true"));
    let input = json!({"SubscriptionArn": arn});
    let not_authorized = "403 AuthorizationError: Not authorized to access this subscription";
    let unsigned = host.operation(None, "sns.Unsubscribe", &input);
    assert_eq!(error_summary(&unsigned), not_authorized);
    let response = call(&mut host, ARCHIVE, "Unsubscribe", input.clone());
    assert_eq!(error_summary(&response), not_authorized);
    let response = call(&mut host, ARCHIVE, "GetSubscriptionAttributes", input.clone());
    assert_eq!(error_summary(&response), not_authorized);
    admin(&mut host, "Unsubscribe", input.clone());
    assert_eq!(inbox(&mut host).len(), 1, "no token is sent");
    admin(&mut host, "Unsubscribe", input);
}

#[test]
fn a_policy_can_limit_protocol_and_endpoint() {
    let mut host = with_topic();
    let key = user(
        &mut host,
        "dana",
        json!([{"Effect": "Allow", "Action": "sns:Subscribe", "Resource": NEWS, "Condition": {
            "StringEquals": {"sns:Protocol": "email"},
            "StringLike": {"sns:Endpoint": "*@photos.example"}}}]),
    );
    for (protocol, endpoint, status) in
        [("email", EMAIL, 200), ("email", "ana@elsewhere.example", 403), ("email-json", EMAIL, 403)]
    {
        let input = json!({"TopicArn": NEWS, "Protocol": protocol, "Endpoint": endpoint});
        let response = call(&mut host, (&key.0, &key.1), "Subscribe", input);
        assert_eq!(response.status, status, "{protocol} {endpoint}: {}", response.text());
    }
}

#[test]
fn deleting_a_topic_deletes_its_subscriptions() {
    let mut host = with_topic();
    subscribe(&mut host, "sms", "+15551234567", json!({}));
    subscribe(&mut host, "email", EMAIL, json!({}));
    let input = json!({"TopicArn": NEWS, "Token": host.code()});
    admin(&mut host, "DeleteTopic", json!({"TopicArn": NEWS}));
    admin(&mut host, "CreateTopic", json!({"Name": "news"}));
    let listed = admin(&mut host, "ListSubscriptions", json!({}));
    assert!(listed.contains("<Subscriptions></Subscriptions>"), "{listed}");
    let response = call(&mut host, STUDIO, "ConfirmSubscription", input);
    assert_eq!(error_summary(&response), "400 InvalidParameter: Invalid parameter: Token");
}

#[test]
fn the_subscription_of_a_queue_is_deleted_by_its_owner_alone() {
    let mut host = with_topic();
    let queue = "arn:aws:sqs:us-east-1:111122223333:q";
    let arn = subscribe(&mut host, "sqs", queue, json!({}));
    let input = json!({"SubscriptionArn": arn});
    let anonymous = host.operation(None, "sns.Unsubscribe", &input);
    assert_eq!(anonymous.status, 403, "{}", anonymous.text());
    assert_eq!(call(&mut host, ARCHIVE, "Unsubscribe", input.clone()).status, 403);
    admin(&mut host, "Unsubscribe", input);
}

#[test]
fn a_filter_policy_has_at_most_256_kilobytes() {
    let mut host = with_topic();
    let arn = subscribe(&mut host, "sms", "+15550002222", json!({}));
    let policy = json!({"a": ["y".repeat(262_144)]}).to_string();
    let input =
        json!({"SubscriptionArn": arn, "AttributeName": "FilterPolicy", "AttributeValue": policy});
    let refused = ok_or_error(&mut host, "SetSubscriptionAttributes", input);
    assert!(refused.starts_with("400 InvalidParameter"), "{refused}");
}
