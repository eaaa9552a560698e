//! Topics and their attributes.

use serde_json::{Value as Json, json};

use super::{NEWS, admin, attribute, call, ok_or_error, user, with_topic};
use crate::common::{ARCHIVE, Host, between, error_summary};

#[test]
fn creating_a_topic_again_returns_the_same_topic() {
    let mut host = Host::empty();
    let created = admin(&mut host, "CreateTopic", json!({"Name": "news"}));
    let expected = format!(
        "<CreateTopicResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><CreateTopicResult><TopicArn>{NEWS}</TopicArn></CreateTopicResult><ResponseMetadata><RequestId>"
    );
    assert!(created.starts_with(&expected), "{created}");
    let tags = |team| json!([{"Key": "team", "Value": team}]);
    let with_all =
        json!({"Name": "red", "Tags": tags("red"), "Attributes": {"DisplayName": "Red"}});
    for (input, expected) in [
        (with_all, "ok"),
        (json!({"Name": "red"}), "ok"),
        (json!({"Name": "red", "Tags": tags("red")}), "ok"),
        (json!({"Name": "red", "Attributes": {"DisplayName": "Red"}}), "ok"),
        (
            json!({"Name": "red", "Tags": tags("blue")}),
            "400 InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags",
        ),
        (
            json!({"Name": "red", "Attributes": {"DisplayName": "Blue"}}),
            "400 InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes",
        ),
    ] {
        assert_eq!(ok_or_error(&mut host, "CreateTopic", input.clone()), expected, "{input}");
    }
}

#[test]
fn a_topic_arn_has_the_partition_of_its_region() {
    let mut host = Host { region: "cn-north-1", ..Host::empty() };
    let created = admin(&mut host, "CreateTopic", json!({"Name": "news"}));
    let arn = "<TopicArn>arn:aws-cn:sns:cn-north-1:111122223333:news</TopicArn>";
    assert!(created.contains(arn), "{created}");
}

/// The error messages are recorded from SNS.
#[test]
fn an_invalid_topic_is_refused() {
    let mut host = Host::empty();
    let long = "a".repeat(129);
    let with = |name: &str, value: &str| json!({"Name": "news", "Attributes": {name: value}});
    let tags = |tags: Json| json!({"Name": "news", "Tags": tags});
    let policy = |principal: &str, action: &str| {
        let statement = json!({
            "Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": NEWS,
        });
        with("Policy", &json!({"Statement": [statement]}).to_string())
    };
    let too_many: Vec<Json> = (0..51).map(|n| json!({"Key": n.to_string(), "Value": ""})).collect();
    let reason = "400 InvalidParameter: Invalid parameter: Attributes Reason:";
    let name = "400 InvalidParameter: Invalid parameter: Topic Name";
    for (input, expected) in [
        (json!({"Name": "a.b"}), name.to_owned()),
        (json!({"Name": "news.fifo"}), name.to_owned()),
        (with("FifoTopic", "true"), name.to_owned()),
        (
            json!({}),
            "400 ValidationError: 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null".to_owned(),
        ),
        (
            tags(json!([{"Key": long, "Value": "x"}])),
            format!("400 ValidationError: 1 validation error detected: Value '{long}' at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128"),
        ),
        (
            tags(json!([{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}])),
            "400 InvalidParameter: Invalid parameter: Duplicated keys are not allowed.".to_owned(),
        ),
        (
            tags(too_many.into()),
            "400 TagLimitExceeded: Could not complete request: tag quota of per resource exceeded".to_owned(),
        ),
        (
            with("ContentBasedDeduplication", "true"),
            format!("{reason} Unknown attribute ContentBasedDeduplication"),
        ),
        (
            with("SQSSuccessFeedbackSampleRate", "500"),
            format!("{reason} SQSSuccessFeedbackSampleRate: 500 value provided is not an integer between 0-100"),
        ),
        (
            with("DeliveryPolicy", r#"{"http":{"defaultHealthyRetryPolicy":{"numRetries":300}}}"#),
            format!("{reason} DeliveryPolicy: http.defaultHealthyRetryPolicy.numRetries must be less than or equal to 100"),
        ),
        (
            with("DeliveryPolicy", r#"{"throttlePolicy":{}}"#),
            format!("{reason} DeliveryPolicy: Unexpected JSON member: throttlePolicy"),
        ),
        (with("Policy", "{}"), format!("{reason} Policy Error: null")),
        (
            policy("arn:aws:iam::111122223333:user/nobody", "SNS:Publish"),
            format!("{reason} Policy Error: PrincipalNotFound"),
        ),
        (
            policy("111122223333", "SNS:*"),
            format!("{reason} Policy statement action out of service scope!"),
        ),
    ] {
        assert_eq!(ok_or_error(&mut host, "CreateTopic", input.clone()), expected, "{input}");
    }
}

/// The attributes and the texts of the documents are recorded from SNS.
#[test]
fn a_new_topic_has_the_default_attributes() {
    let mut host = with_topic();
    let text = admin(&mut host, "GetTopicAttributes", json!({"TopicArn": NEWS}));
    let expected = [
        ("DisplayName", ""),
        (
            "EffectiveDeliveryPolicy",
            r#"{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}"#,
        ),
        ("Owner", "111122223333"),
        (
            "Policy",
            r#"{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"arn:aws:sns:us-east-1:111122223333:news","Condition":{"StringEquals":{"AWS:SourceOwner":"111122223333"}}}]}"#,
        ),
        ("SubscriptionsConfirmed", "0"),
        ("SubscriptionsDeleted", "0"),
        ("SubscriptionsPending", "0"),
        ("TopicArn", NEWS),
    ];
    for (name, value) in expected {
        assert_eq!(attribute(&text, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(text.matches("<entry>").count(), expected.len(), "{text}");
}

#[test]
fn topic_attributes_can_be_set() {
    let mut host = with_topic();
    let set = |host: &mut Host, name: &str, value: &str| {
        let input = json!({"TopicArn": NEWS, "AttributeName": name, "AttributeValue": value});
        ok_or_error(host, "SetTopicAttributes", input)
    };
    let read = |host: &mut Host, name: &str| {
        let text = admin(host, "GetTopicAttributes", json!({"TopicArn": NEWS}));
        attribute(&text, name)
    };
    for (name, value) in [
        ("DisplayName", "The news"),
        ("TracingConfig", "Active"),
        ("SignatureVersion", "2"),
        ("KmsMasterKeyId", "alias/aws/sns"),
        ("MaximumMessageSize", "2048"),
        ("HTTPSuccessFeedbackSampleRate", "5"),
        ("HTTPFailureFeedbackRoleArn", "arn:aws:iam::111122223333:role/feedback"),
    ] {
        assert_eq!(set(&mut host, name, value), "ok", "{name}");
        assert_eq!(read(&mut host, name).as_deref(), Some(value), "{name}");
    }
    let policy = r#"{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}"#;
    assert_eq!(set(&mut host, "DeliveryPolicy", policy), "ok");
    assert_eq!(
        read(&mut host, "DeliveryPolicy").unwrap(),
        r#"{"http":{"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"application/json"}}}"#
    );
    assert!(read(&mut host, "EffectiveDeliveryPolicy").unwrap().contains("application/json"));
    assert_eq!(set(&mut host, "DeliveryPolicy", ""), "ok");
    assert_eq!(read(&mut host, "DeliveryPolicy"), None);
    for (name, value, expected) in [
        ("FifoTopic", "false", "AttributeName"),
        ("Owner", "444455556666", "AttributeName"),
        (
            "TracingConfig",
            "on",
            "TracingConfig: Invalid value [on]. Must be PassThrough or Active.",
        ),
        ("Policy", "", "Policy Error: null"),
        (
            "DeliveryPolicy",
            "{x}",
            "DeliveryPolicy: failed to parse JSON. Unexpected character ('x' (code 120)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]",
        ),
    ] {
        let expected = format!("400 InvalidParameter: Invalid parameter: {expected}");
        assert_eq!(set(&mut host, name, value), expected);
    }
}

#[test]
fn an_arn_of_another_region_or_service_is_refused() {
    let mut host = with_topic();
    let invalid = "400 InvalidParameter: Invalid parameter: TopicArn";
    for (arn, expected) in [
        (json!("news"), format!("{invalid} Reason: An ARN must have at least 6 elements, not 1")),
        (
            json!("arn:aws:sns:us-east-1:111122223333"),
            format!("{invalid} Reason: An ARN must have at least 6 elements, not 5"),
        ),
        (json!(null), format!("{invalid} Reason: no value for required parameter")),
        (json!("arn:aws:sns:eu-west-1:111122223333:news"), invalid.to_owned()),
        (json!("arn:aws-cn:sns:us-east-1:111122223333:news"), invalid.to_owned()),
        (json!("arn:aws:sqs:us-east-1:111122223333:news"), invalid.to_owned()),
        (json!("arn:aws:sns:us-east-1:111122223333:news:1"), invalid.to_owned()),
        (
            json!("arn:aws:sns:us-east-1:111122223333:old"),
            "404 NotFound: Topic does not exist".to_owned(),
        ),
    ] {
        let input = json!({"TopicArn": arn});
        assert_eq!(ok_or_error(&mut host, "GetTopicAttributes", input), expected, "{arn}");
    }
}

/// The messages are recorded from SNS: it has its own error code and writes actions as `SNS:Publish`.
#[test]
fn identity_based_and_topic_policies_are_evaluated() {
    let mut host = Host::empty();
    let tags = json!([{"Key": "team", "Value": "news"}]);
    admin(&mut host, "CreateTopic", json!({"Name": "news", "Tags": tags}));
    let denied = |arn: &str, action: &str| {
        format!(
            "403 AuthorizationError: User: {arn} is not authorized to perform: SNS:{action} on resource: {NEWS} because no"
        )
    };
    let key = user(
        &mut host,
        "dana",
        json!([{"Effect": "Allow", "Action": "sns:GetTopicAttributes", "Resource": NEWS,
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "news"}}}]),
    );
    let dana = (key.0.as_str(), key.1.as_str());
    let get = json!({"TopicArn": NEWS});
    let set = json!({"TopicArn": NEWS, "AttributeName": "DisplayName", "AttributeValue": "x"});
    assert_eq!(call(&mut host, dana, "GetTopicAttributes", get.clone()).status, 200);
    let response = call(&mut host, dana, "SetTopicAttributes", set);
    assert_eq!(
        error_summary(&response),
        denied("arn:aws:iam::111122223333:user/dana", "SetTopicAttributes")
            + " identity-based policy allows the SNS:SetTopicAttributes action"
    );

    // Cross-account access needs the topic policy as well as an identity-based policy.
    let denied_by_topic_policy =
        denied("arn:aws:iam::444455556666:user/administrator", "GetTopicAttributes")
            + " resource-based policy allows the SNS:GetTopicAttributes action";
    let response = call(&mut host, ARCHIVE, "GetTopicAttributes", get.clone());
    assert_eq!(error_summary(&response), denied_by_topic_policy);
    let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
        "Action": "SNS:GetTopicAttributes", "Resource": NEWS}]})
    .to_string();
    let input = json!({"TopicArn": NEWS, "AttributeName": "Policy", "AttributeValue": policy});
    admin(&mut host, "SetTopicAttributes", input);
    assert_eq!(call(&mut host, ARCHIVE, "GetTopicAttributes", get).status, 200);
}

/// The messages are recorded from SNS: it has its own error code and writes actions as `SNS:Publish`.
#[test]
fn creating_a_topic_with_tags_needs_tag_resource() {
    let mut host = Host::empty();
    let new = |name: &str| json!({"Name": name, "Tags": [{"Key": "team", "Value": name}]});
    let key = user(
        &mut host,
        "eve",
        json!([{"Effect": "Allow", "Action": "sns:CreateTopic", "Resource": "*"},
            {"Effect": "Allow", "Action": "sns:TagResource", "Resource": "*",
             "Condition": {"StringEquals": {"aws:RequestTag/team": "red"}}}]),
    );
    let eve = (key.0.as_str(), key.1.as_str());
    assert_eq!(call(&mut host, eve, "CreateTopic", new("red")).status, 200);
    let response = call(&mut host, eve, "CreateTopic", new("blue"));
    assert_eq!(
        error_summary(&response),
        "403 AuthorizationError: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: SNS:TagResource on resource: arn:aws:sns:us-east-1:111122223333:blue because no identity-based policy allows the SNS:TagResource action"
    );
    assert_eq!(call(&mut host, eve, "CreateTopic", json!({"Name": "blue"})).status, 200);
}

#[test]
fn deleting_a_topic_deletes_its_attributes() {
    let mut host = Host::empty();
    let named = |name: &str| json!({"Name": "news", "Attributes": {"DisplayName": name}});
    admin(&mut host, "CreateTopic", named("Old"));
    admin(&mut host, "DeleteTopic", json!({"TopicArn": NEWS}));
    // If the topic still existed, the other display name would be an error.
    admin(&mut host, "CreateTopic", named("New"));
    for arn in [NEWS, NEWS, "arn:aws:sns:us-east-1:111122223333:never-created"] {
        assert_eq!(ok_or_error(&mut host, "DeleteTopic", json!({"TopicArn": arn})), "ok");
    }
    let foreign = json!({"TopicArn": "arn:aws:sns:eu-west-1:111122223333:news"});
    assert_eq!(
        ok_or_error(&mut host, "DeleteTopic", foreign),
        "400 InvalidParameter: Invalid parameter: TopicArn"
    );
}

#[test]
fn topics_are_listed_in_pages_of_a_hundred() {
    let mut host = Host::empty();
    for number in 0..120 {
        admin(&mut host, "CreateTopic", json!({"Name": format!("topic-{number}")}));
    }
    let first = admin(&mut host, "ListTopics", json!({}));
    assert_eq!(first.matches("<TopicArn>").count(), 100);
    let token = json!({"NextToken": between(&first, "<NextToken>", "</NextToken>").unwrap()});
    let second = admin(&mut host, "ListTopics", token.clone());
    assert_eq!(second.matches("<TopicArn>").count(), 20);
    assert!(!second.contains("<NextToken>"), "{second}");
    let response = call(&mut host, ARCHIVE, "ListTopics", token);
    assert_eq!(error_summary(&response), "400 InvalidParameter: Invalid parameter: NextToken");
    host.region = "eu-west-1";
    assert!(admin(&mut host, "ListTopics", json!({})).contains("<Topics></Topics>"));
    let key =
        user(&mut host, "dana", json!([{"Effect": "Allow", "Action": "sns:*", "Resource": NEWS}]));
    let response = call(&mut host, (&key.0, &key.1), "ListTopics", json!({}));
    assert_eq!(
        error_summary(&response),
        "403 AuthorizationError: User: arn:aws:iam::111122223333:user/dana is not authorized to perform: SNS:ListTopics on resource: arn:aws:sns:eu-west-1:111122223333:* because no identity-based policy allows the SNS:ListTopics action"
    );
}
