"""Topics, subscriptions and delivery of messages, and the explanation of a denied request."""

import json

import pytest
from test_chain import refused

EMAIL = "cleo@studio.example"


def newest(at):
    """The newest message in the simulated inbox."""
    return at.control("inbox")["messages"][0]


def test_a_confirmed_subscription_receives_messages(run):
    at = run()
    sns = at.client("sns")
    topic = sns.create_topic(Name="news", Tags=[{"Key": "team", "Value": "photos"}])["TopicArn"]
    assert topic == "arn:aws:sns:us-east-1:111122223333:news"
    assert sns.create_topic(Name="news")["TopicArn"] == topic
    assert sns.list_topics()["Topics"] == [{"TopicArn": topic}]
    sns.untag_resource(ResourceArn=topic, TagKeys=["team"])
    assert sns.list_tags_for_resource(ResourceArn=topic)["Tags"] == []

    policy = json.dumps({"team": ["photos"], "size": [{"numeric": [">", 2]}]})
    pending = sns.subscribe(
        TopicArn=topic, Protocol="email", Endpoint=EMAIL, Attributes={"FilterPolicy": policy}
    )
    assert pending["SubscriptionArn"] == "pending confirmation"
    message = refused("InvalidParameter", sns.confirm_subscription, TopicArn=topic, Token="x")
    assert message == "Invalid token"
    token = newest(at)["code"]
    arn = sns.confirm_subscription(TopicArn=topic, Token=token)["SubscriptionArn"]
    attributes = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert attributes["PendingConfirmation"] == "false"
    assert attributes["FilterPolicy"] == policy
    listed = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [one["SubscriptionArn"] for one in listed] == [arn]

    def publish(size):
        return sns.publish(
            TopicArn=topic,
            Subject="News",
            Message="Hello",
            MessageAttributes={
                "team": {"DataType": "String", "StringValue": "photos"},
                "size": {"DataType": "Number", "StringValue": size},
                "icon": {"DataType": "Binary", "BinaryValue": b"\x02\x03"},
            },
        )["MessageId"]

    assert publish("2")
    assert newest(at)["subject"] == "AWS Notification - Subscription Confirmation"
    assert publish("3")
    assert (newest(at)["to"], newest(at)["subject"]) == (EMAIL, "News")
    assert newest(at)["body"].startswith("Hello\n")
    entries = [{"Id": "one", "Message": "1"}, {"Id": "two", "Message": "2"}]
    batch = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
    assert [one["Id"] for one in batch["Successful"]] == ["one", "two"]
    sns.unsubscribe(SubscriptionArn=arn)
    assert sns.list_subscriptions()["Subscriptions"] == []
    sns.publish(PhoneNumber="+15551234567", Message="Hi")
    assert (newest(at)["medium"], newest(at)["body"]) == ("SMS", "Hi")


def test_a_denied_request_has_an_explanation_header(run):
    at = run()
    topic = at.client("sns").create_topic(Name="news")["TopicArn"]
    iam = at.client("iam")
    iam.create_user(UserName="reader")
    allow = {"Effect": "Allow", "Action": "sns:GetTopicAttributes", "Resource": topic}
    iam.put_user_policy(
        UserName="reader",
        PolicyName="read",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allow]}),
    )
    key = iam.create_access_key(UserName="reader")["AccessKey"]
    reader = at.client("sns", (key["AccessKeyId"], key["SecretAccessKey"]))
    assert reader.get_topic_attributes(TopicArn=topic)["Attributes"]["TopicArn"] == topic
    with pytest.raises(reader.exceptions.AuthorizationErrorException) as caught:
        reader.publish(TopicArn=topic, Message="x")
    response = caught.value.response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert response["Error"]["Message"] == (
        "User: arn:aws:iam::111122223333:user/reader is not authorized to perform: SNS:Publish"
        f" on resource: {topic} because no identity-based policy allows the SNS:Publish action"
    )
    ladder = json.loads(response["ResponseMetadata"]["HTTPHeaders"]["x-cognitab-why"])
    assert [rung["kind"] for rung in ladder if rung["state"] == "refused"] == ["identity-policy"]
