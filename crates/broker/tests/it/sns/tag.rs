//! Tags of topics.

use serde_json::json;

use super::{NEWS, admin, ok_or_error, with_topic};

#[test]
fn tags_are_added_replaced_and_removed() {
    let mut host = with_topic();
    let tag = |key: &str, value: &str| json!({"ResourceArn": NEWS, "Tags": [{"Key": key, "Value": value}]});
    let text = admin(&mut host, "TagResource", tag("k1", "v1"));
    assert!(text.contains("<TagResourceResult></TagResourceResult>"), "{text}");
    admin(&mut host, "TagResource", tag("k2", "v2"));
    admin(&mut host, "TagResource", tag("k1", ""));
    let topic = json!({"ResourceArn": NEWS});
    let both = "<Tags><member><Key>k1</Key><Value></Value></member><member><Key>k2</Key><Value>v2</Value></member></Tags>";
    let text = admin(&mut host, "ListTagsForResource", topic.clone());
    assert!(text.contains(both), "{text}");
    let keys = json!({"ResourceArn": NEWS, "TagKeys": ["k1", "k3"]});
    let text = admin(&mut host, "UntagResource", keys);
    assert!(text.contains("<UntagResourceResult></UntagResourceResult>"), "{text}");
    let one = "<Tags><member><Key>k2</Key><Value>v2</Value></member></Tags>";
    let text = admin(&mut host, "ListTagsForResource", topic);
    assert!(text.contains(one), "{text}");
    assert_eq!(
        ok_or_error(&mut host, "TagResource", tag("aws:x", "1")),
        "400 InvalidParameter: Invalid parameter: Tags Reason: aws: prefixed tag key names are not allowed for external use."
    );
    for (arn, expected) in [
        ("arn:aws:sns:us-east-1:111122223333:old", "404 ResourceNotFound: Resource does not exist"),
        (
            "old",
            "400 InvalidParameter: Invalid parameter: ResourceArn Reason: An ARN must have at least 6 elements, not 1",
        ),
    ] {
        let input = json!({"ResourceArn": arn});
        assert_eq!(ok_or_error(&mut host, "ListTagsForResource", input), expected);
    }
}
