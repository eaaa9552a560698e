//! Publishing of messages, and their delivery.

use serde_json::{Value as Json, json};

use super::{NEWS, admin, call, inbox, ok_or_error, user, with_topic};
use crate::common::{ARCHIVE, Host, STUDIO, between, error_summary};

const FIFO: &str = "arn:aws:sns:us-east-1:111122223333:news.fifo";

fn subscribe(host: &mut Host, protocol: &str, endpoint: &str, attributes: Json) {
    let input = json!({"TopicArn": NEWS, "Protocol": protocol, "Endpoint": endpoint,
        "Attributes": attributes});
    admin(host, "Subscribe", input);
    if protocol.starts_with("email") {
        let input = json!({"TopicArn": NEWS, "Token": host.code()});
        admin(host, "ConfirmSubscription", input);
    }
}

fn publish(host: &mut Host, message: &str, more: Json) -> String {
    let mut input = json!({"TopicArn": NEWS, "Message": message});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    admin(host, "Publish", input)
}

/// Recipient and first line of the newest messages.
fn newest(host: &mut Host, count: usize) -> Vec<(String, String)> {
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let line = |mail: &Json| text(&mail["body"]).lines().next().unwrap_or_default().to_owned();
    let all = inbox(host);
    all.iter().take(count).map(|mail| (text(&mail["to"]), line(mail))).collect()
}

#[test]
fn a_message_reaches_email_and_sms() {
    let mut host = with_topic();
    let name = json!({
        "TopicArn": NEWS, "AttributeName": "DisplayName", "AttributeValue": "Photo Studio"});
    admin(&mut host, "SetTopicAttributes", name);
    subscribe(&mut host, "email", "ana@photos.example", json!({}));
    subscribe(&mut host, "email-json", "robot@photos.example", json!({}));
    subscribe(&mut host, "sms", "+1555-123.4567", json!({}));
    subscribe(&mut host, "sqs", "arn:aws:sqs:us-east-1:111122223333:q", json!({}));
    let pending = json!({
        "TopicArn": NEWS, "Protocol": "email", "Endpoint": "ben@photos.example"});
    admin(&mut host, "Subscribe", pending);
    let before = inbox(&mut host).len();
    let message = json!({"default": "Hello", "sms": "Hi", "other": 5}).to_string();
    let more = json!({"Subject": "News", "MessageStructure": "json", "MessageAttributes": {
        "team": {"DataType": "String", "StringValue": "red"}}});
    let text = publish(&mut host, &message, more);
    let id = between(&text, "<MessageId>", "</MessageId>").unwrap();
    let mut all = inbox(&mut host);
    all.truncate(all.len() - before);
    all.sort_by_key(|mail| mail["to"].as_str().unwrap().to_owned());
    let [sms, email, document] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((&sms["to"], &sms["body"]), (&json!("+15551234567"), &json!("Photo Stud> Hi")));
    assert_eq!((&email["to"], &email["subject"]), (&json!("ana@photos.example"), &json!("News")));
    let body = email["body"].as_str().unwrap();
    assert!(body.starts_with("Hello\n\n--\nIf you wish to stop receiving"), "{body}");
    let body = document["body"].as_str().unwrap();
    assert!(body.starts_with("{\n  \"Type\" : \"Notification\",\n"), "{body}");
    let body: Json = serde_json::from_str(body).unwrap();
    for (name, value) in [
        ("MessageId", json!(id)),
        ("TopicArn", json!(NEWS)),
        ("Subject", json!("News")),
        ("Message", json!("Hello")),
        ("Timestamp", json!("2026-11-23T07:36:08.000Z")),
        ("MessageAttributes", json!({"team": {"Type": "String", "Value": "red"}})),
    ] {
        assert_eq!(body[name], value, "{name}");
    }
}

/// The error messages are recorded from SNS where a recording exists.
#[test]
fn an_invalid_message_is_refused() {
    let mut host = with_topic();
    let attribute = |name: &str, value: Json| json!({"MessageAttributes": {name: value}});
    let text = |data_type: &str| json!({"DataType": data_type, "StringValue": "x"});
    let long = "a".repeat(262_145);
    let name = "a".repeat(257);
    for (message, more, expected) in [
        ("x", json!({"Subject": ""}), "InvalidParameter: Invalid parameter: Subject"),
        ("x", json!({"Subject": "a".repeat(100)}), "InvalidParameter: Invalid parameter: Subject"),
        ("x", json!({"Subject": "a\nb"}), "InvalidParameter: Invalid parameter: Subject"),
        ("", json!({}), "InvalidParameter: Invalid parameter: Empty message"),
        (long.as_str(), json!({}), "InvalidParameter: Invalid parameter: Message too long"),
        (
            &long[..262_140],
            attribute("abc", text("String")),
            "InvalidParameter: Invalid parameter: Message too long",
        ),
        (
            r#"{"sms":"x"}"#,
            json!({"MessageStructure": "json"}),
            "InvalidParameter: Invalid parameter: Message Structure - No default entry in JSON message body",
        ),
        (
            r#"{"default":1}"#,
            json!({"MessageStructure": "json"}),
            "InvalidParameter: Invalid parameter: Message Structure - No default entry in JSON message body",
        ),
        (
            "x",
            json!({"MessageStructure": "json"}),
            "InvalidParameter: Invalid parameter: Message Structure - JSON message body failed to parse",
        ),
        (
            "x",
            json!({"MessageDeduplicationId": "1"}),
            "InvalidParameter: Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
        ),
        (
            "x",
            json!({"PhoneNumber": "+15551234567"}),
            "InvalidParameter: Invalid parameter: TopicArn or TargetArn Reason: only one of TopicArn, TargetArn and PhoneNumber may have a value",
        ),
        (
            "x",
            attribute("attr1", json!({"DataType": "String"})),
            "ParameterValueInvalid: The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
        ),
        (
            "x",
            attribute("attr1", json!({"StringValue": "x"})),
            "ValidationError: 1 validation error detected: Value null at 'messageAttributes.attr1.member.dataType' failed to satisfy constraint: Member must not be null",
        ),
        (
            "x",
            attribute("attr1", json!({"DataType": "String", "BinaryValue": "AgME"})),
            "ParameterValueInvalid: The message attribute 'attr1' with type 'String' must use field 'String'.",
        ),
        (
            "x",
            attribute("attr1", text("Binary")),
            "ParameterValueInvalid: The message attribute 'attr1' with type 'Binary' must use field 'Binary'.",
        ),
        (
            "x",
            attribute("attr1", text("Stringprefixed")),
            "ParameterValueInvalid: The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
        ),
        (
            "x",
            attribute("attr1", text("Number")),
            "ParameterValueInvalid: Could not cast message attribute 'attr1' value to number.",
        ),
        (
            "x",
            attribute(&name, text("String")),
            "ParameterValueInvalid: Length of message attribute name must be less than 256 bytes.",
        ),
        (
            "x",
            attribute("a^b", text("String")),
            "ParameterValueInvalid: Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
        ),
        (
            "x",
            attribute(".a", text("String")),
            "ParameterValueInvalid: Invalid message attribute name starting with character '.' was found.",
        ),
        (
            "x",
            attribute("a.", text("String")),
            "ParameterValueInvalid: Invalid message attribute name ending with character '.' was found.",
        ),
        (
            "x",
            attribute("a..b", text("String")),
            "ParameterValueInvalid: Message attribute name can not have successive '.' character.",
        ),
    ] {
        let mut input = json!({"TopicArn": NEWS, "Message": message});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(ok_or_error(&mut host, "Publish", input), format!("400 {expected}"), "{more}");
    }
    for (input, expected) in [
        (
            json!({"Message": "x"}),
            "400 InvalidParameter: Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter",
        ),
        (
            json!({"Message": "x", "TargetArn": "arn:aws:sns:us-east-1:111122223333:endpoint/APNS/app/1"}),
            "400 InvalidParameter: Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified",
        ),
        (
            json!({"Message": "x", "TopicArn": format!("{NEWS}-old")}),
            "404 NotFound: Topic does not exist",
        ),
        (json!({"Message": "x", "TargetArn": NEWS}), "ok"),
    ] {
        assert_eq!(ok_or_error(&mut host, "Publish", input), expected);
    }
}

#[test]
fn filter_policies_select_messages() {
    let mut host = with_topic();
    let policy = |policy: Json, scope: &str| json!({"FilterPolicy": policy.to_string(), "FilterPolicyScope": scope});
    let red =
        policy(json!({"team": ["red"], "size": [{"numeric": [">", 2]}]}), "MessageAttributes");
    subscribe(&mut host, "sms", "+15550000001", red);
    let tags = policy(json!({"tags": ["b"]}), "MessageAttributes");
    subscribe(&mut host, "sms", "+15550000002", tags);
    let body = policy(json!({"order": {"state": ["paid"]}}), "MessageBody");
    subscribe(&mut host, "sms", "+15550000003", body);
    for (message, attributes, expected) in [
        ("plain", json!({}), &[][..]),
        (
            "red",
            json!({"team": {"DataType": "String", "StringValue": "red"},
                "size": {"DataType": "Number", "StringValue": "3.5"}}),
            &["+15550000001"],
        ),
        (
            "small",
            json!({"team": {"DataType": "String", "StringValue": "red"},
                "size": {"DataType": "Number", "StringValue": "2"}}),
            &[],
        ),
        (
            "tagged",
            json!({"tags": {"DataType": "String.Array", "StringValue": "[\"a\", \"b\"]"}}),
            &["+15550000002"],
        ),
        (r#"{"order":{"state":"paid"}}"#, json!({}), &["+15550000003"]),
        (r#"{"order":{"state":"new"}}"#, json!({}), &[]),
    ] {
        let before = inbox(&mut host).len();
        publish(&mut host, message, json!({"MessageAttributes": attributes}));
        let count = inbox(&mut host).len() - before;
        let recipients: Vec<String> =
            newest(&mut host, count).into_iter().map(|(recipients, _)| recipients).collect();
        assert_eq!(recipients, expected, "{message}");
    }
}

#[test]
fn publishing_to_a_phone_number_needs_its_own_permission() {
    let mut host = with_topic();
    let input = json!({"PhoneNumber": "+15551234567", "Message": "Your code is 1"});
    admin(&mut host, "Publish", input.clone());
    assert_eq!(newest(&mut host, 1), [("+15551234567".into(), "Your code is 1".into())]);
    let wrong = json!({"PhoneNumber": "abcd", "Message": "x"});
    assert_eq!(
        ok_or_error(&mut host, "Publish", wrong),
        "400 InvalidParameter: Invalid parameter: PhoneNumber Reason: abcd is not valid to publish to"
    );
    let topics =
        json!([{"Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:aws:sns:*:*:*"}]);
    let key = user(&mut host, "dana", topics);
    let dana = (key.0.as_str(), key.1.as_str());
    let response = call(&mut host, dana, "Publish", input);
    assert_eq!(
        error_summary(&response),
        "403 AuthorizationError: User: arn:aws:iam::111122223333:user/dana is not authorized to perform: SNS:Publish on resource: +15551234567 because no identity-based policy allows the SNS:Publish action"
    );
    let event = host.events().pop().unwrap();
    let denied = |rung: &&Json| rung["state"] == "refused" || rung["state"] == "denied";
    let rung = event["ladder"].as_array().unwrap().iter().find(denied).unwrap();
    assert_eq!(rung["kind"], "identity-policy");
    let topic = json!({"TopicArn": NEWS, "Message": "x"});
    assert_eq!(call(&mut host, dana, "Publish", topic).status, 200);
}

#[test]
fn the_topic_policy_allows_another_account_to_publish() {
    let mut host = with_topic();
    let input = json!({"TopicArn": NEWS, "Message": "x"});
    assert_eq!(call(&mut host, ARCHIVE, "Publish", input.clone()).status, 403);
    let add = json!({"TopicArn": NEWS, "Label": "archive", "AWSAccountId": ["444455556666"],
        "ActionName": ["Publish"]});
    admin(&mut host, "AddPermission", add);
    assert_eq!(call(&mut host, ARCHIVE, "Publish", input).status, 200);
    let batch = json!({"TopicArn": NEWS,
        "PublishBatchRequestEntries": [{"Id": "1", "Message": "x"}]});
    assert_eq!(call(&mut host, ARCHIVE, "PublishBatch", batch).status, 200);
}

/// The error messages are recorded from SNS.
#[test]
fn a_fifo_topic_deduplicates_and_numbers_its_messages() {
    let mut host = Host::empty();
    let create = json!({"Name": "news.fifo", "Attributes": {"FifoTopic": "true"}});
    admin(&mut host, "CreateTopic", create);
    let publish = |host: &mut Host, message: &str, group: Json, id: Json| {
        let input = json!({"TopicArn": FIFO, "Message": message, "MessageGroupId": group,
            "MessageDeduplicationId": id});
        let response = call(host, STUDIO, "Publish", input);
        let text = response.text().into_owned();
        match between(&text, "<SequenceNumber>", "</SequenceNumber>") {
            Some(number) => number.to_owned(),
            None => error_summary(&response),
        }
    };
    assert_eq!(
        publish(&mut host, "x", json!(null), json!("1")),
        "400 InvalidParameter: Invalid parameter: The MessageGroupId parameter is required for FIFO topics"
    );
    let no_id = "400 InvalidParameter: Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly";
    assert_eq!(publish(&mut host, "x", json!("g"), json!(null)), no_id);
    let first = publish(&mut host, "x", json!("g"), json!("1"));
    assert_eq!(first, "10000000000000000001");
    assert_eq!(publish(&mut host, "y", json!("h"), json!("1")), first);
    assert_eq!(publish(&mut host, "x", json!("g"), json!("2")), "10000000000000000002");
    host.wait(5 * 60);
    assert_eq!(publish(&mut host, "x", json!("g"), json!("1")), "10000000000000000003");
    for (name, value) in
        [("ContentBasedDeduplication", "true"), ("FifoThroughputScope", "MessageGroup")]
    {
        let input = json!({"TopicArn": FIFO, "AttributeName": name, "AttributeValue": value});
        admin(&mut host, "SetTopicAttributes", input);
    }
    let by_content = publish(&mut host, "z", json!("g"), json!(null));
    assert_eq!(by_content, "10000000000000000004");
    assert_eq!(publish(&mut host, "z", json!("g"), json!(null)), by_content);
    assert_eq!(publish(&mut host, "z", json!("h"), json!(null)), "10000000000000000005");
}

/// The error messages are recorded from SNS.
#[test]
fn an_invalid_batch_publishes_no_message() {
    let mut host = with_topic();
    subscribe(&mut host, "sms", "+15551234567", json!({}));
    let batch = |entries: Json| json!({"TopicArn": NEWS, "PublishBatchRequestEntries": entries});
    let two = json!([{"Id": "1", "Message": "one"}, {"Id": "2", "Message": "two"}]);
    let text = admin(&mut host, "PublishBatch", batch(two));
    assert!(text.contains("<Successful><member><Id>1</Id><MessageId>"), "{text}");
    assert!(text.contains("</Successful><Failed></Failed>"), "{text}");
    let lines: Vec<String> = newest(&mut host, 2).into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, ["two", "one"]);
    let many: Vec<Json> = (0..11).map(|n| json!({"Id": n.to_string(), "Message": "x"})).collect();
    let half = "a".repeat(131_073);
    for (entries, expected) in [
        (json!([]), "EmptyBatchRequest: The batch request doesn't contain any entries."),
        (
            many.into(),
            "TooManyEntriesInBatchRequest: The batch request contains more entries than permissible.",
        ),
        (
            json!([{"Id": "1", "Message": "x"}, {"Id": "1", "Message": "x"}]),
            "BatchEntryIdsNotDistinct: Two or more batch entries in the request have the same Id.",
        ),
        (
            json!([{"Id": "message.id", "Message": "x"}]),
            "InvalidBatchEntryId: The Id of a batch entry in a batch request doesn't abide by the specification.",
        ),
        (
            json!([{"Id": "1", "Message": half}, {"Id": "2", "Message": half}]),
            "BatchRequestTooLong: The length of all the messages put together is more than the limit.",
        ),
        (
            json!([{"Id": "1", "Message": "x"}, {"Id": "2", "Message": "{}", "MessageStructure": "json"}]),
            "InvalidParameter: Invalid parameter: Message Structure - No default entry in JSON message body",
        ),
        (
            json!([{"Id": "1", "Message": "x", "MessageAttributes": {"attr1": {"StringValue": "x"}}}]),
            "ValidationError: 1 validation error detected: Value null at 'publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType' failed to satisfy constraint: Member must not be null",
        ),
    ] {
        let input = batch(entries);
        assert_eq!(ok_or_error(&mut host, "PublishBatch", input), format!("400 {expected}"));
    }
    assert_eq!(inbox(&mut host).len(), 2);
}
