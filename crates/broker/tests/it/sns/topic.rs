//! Topics and their attributes.

use serde_json::{Value as Json, json};

use super::{NEWS, admin, call, outcome, user};
use crate::common::{Host, refusal};

#[test]
fn a_topic_is_created_once() {
    let mut host = Host::empty();
    let created = admin(&mut host, "CreateTopic", json!({"Name": "news"}));
    let expected = format!(
        "<CreateTopicResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><CreateTopicResult><TopicArn>{NEWS}</TopicArn></CreateTopicResult><ResponseMetadata><RequestId>"
    );
    assert!(created.starts_with(&expected), "{created}");
    let tags = |team| json!([{"Key": "team", "Value": team}]);
    let all = json!({"Name": "red", "Tags": tags("red"), "Attributes": {"DisplayName": "Red"}});
    for (input, expected) in [
        (all, "ok"),
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
        assert_eq!(outcome(&mut host, "CreateTopic", input.clone()), expected, "{input}");
    }
}

#[test]
fn a_topic_belongs_to_the_partition_of_its_region() {
    let mut host = Host { region: "cn-north-1", ..Host::empty() };
    let created = admin(&mut host, "CreateTopic", json!({"Name": "news"}));
    let arn = "<TopicArn>arn:aws-cn:sns:cn-north-1:111122223333:news</TopicArn>";
    assert!(created.contains(arn), "{created}");
}

/// Messages recorded from SNS.
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
    let many: Vec<Json> = (0..51).map(|n| json!({"Key": n.to_string(), "Value": ""})).collect();
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
            tags(many.into()),
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
        assert_eq!(outcome(&mut host, "CreateTopic", input.clone()), expected, "{input}");
    }
}

/// Messages recorded from SNS: its own error code, and its own way to write an action.
#[test]
fn tagging_is_a_permission_of_its_own() {
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
        refusal(&response),
        "403 AuthorizationError: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: SNS:TagResource on resource: arn:aws:sns:us-east-1:111122223333:blue because no identity-based policy allows the SNS:TagResource action"
    );
    assert_eq!(call(&mut host, eve, "CreateTopic", json!({"Name": "blue"})).status, 200);
}

#[test]
fn a_deleted_topic_leaves_nothing_behind() {
    let mut host = Host::empty();
    let named = |name: &str| json!({"Name": "news", "Attributes": {"DisplayName": name}});
    admin(&mut host, "CreateTopic", named("Old"));
    admin(&mut host, "DeleteTopic", json!({"TopicArn": NEWS}));
    // An existing topic would be refused for its other name.
    admin(&mut host, "CreateTopic", named("New"));
    for arn in [NEWS, NEWS, "arn:aws:sns:us-east-1:111122223333:never-created"] {
        assert_eq!(outcome(&mut host, "DeleteTopic", json!({"TopicArn": arn})), "ok");
    }
    let foreign = json!({"TopicArn": "arn:aws:sns:eu-west-1:111122223333:news"});
    assert_eq!(
        outcome(&mut host, "DeleteTopic", foreign),
        "400 InvalidParameter: Invalid parameter: TopicArn"
    );
}
