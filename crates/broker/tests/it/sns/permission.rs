//! Statements of topic policies.

use serde_json::{Value as Json, json};

use super::{NEWS, admin, attribute, call, ok_or_error, with_topic};
use crate::common::{ARCHIVE, Host};
use cognitab_wire::http::Request;

fn statements(host: &mut Host) -> Vec<Json> {
    let text = admin(host, "GetTopicAttributes", json!({"TopicArn": NEWS}));
    let policy: Json = serde_json::from_str(&attribute(&text, "Policy").unwrap()).unwrap();
    policy["Statement"].as_array().unwrap().clone()
}

#[test]
fn add_permission_allows_another_account() {
    let mut host = with_topic();
    let add = |label: &str, account: &str, actions: &[&str]| json!({"TopicArn": NEWS, "Label": label, "AWSAccountId": [account], "ActionName": actions});
    let shared = add("archive", "444455556666", &["GetTopicAttributes", "Subscribe"]);
    let get = json!({"TopicArn": NEWS});
    assert_eq!(call(&mut host, ARCHIVE, "GetTopicAttributes", get.clone()).status, 403);
    admin(&mut host, "AddPermission", shared.clone());
    assert_eq!(call(&mut host, ARCHIVE, "GetTopicAttributes", get.clone()).status, 200);
    assert_eq!(
        statements(&mut host)[1],
        json!({
            "Sid": "archive",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["SNS:GetTopicAttributes", "SNS:Subscribe"],
            "Resource": NEWS,
        })
    );
    for (input, expected) in [
        (shared, "Statement already exists"),
        (
            add("other", "444455556666", &["Unsubscribe"]),
            "Policy statement action out of service scope!",
        ),
        (add("other", "999999999999", &["Publish"]), "Policy Error: PrincipalNotFound"),
        (add("other", "444455556666", &[]), "Policy Error: null"),
    ] {
        let expected = format!("400 InvalidParameter: Invalid parameter: {expected}");
        assert_eq!(ok_or_error(&mut host, "AddPermission", input), expected);
    }
    let remove = json!({"TopicArn": NEWS, "Label": "archive"});
    admin(&mut host, "RemovePermission", remove.clone());
    assert_eq!(statements(&mut host).len(), 1);
    assert_eq!(call(&mut host, ARCHIVE, "GetTopicAttributes", get).status, 403);
    admin(&mut host, "RemovePermission", remove);
}

#[test]
fn who_could_evaluates_topic_policies() {
    let mut host = with_topic();
    let question = json!({"action": "SNS:Publish", "resource": NEWS});
    let could = |host: &mut Host| -> Vec<String> {
        let request = Request {
            method: "POST".into(),
            url: "https://cognitab.invalid/_cognitab/policy/who-could".into(),
            headers: Vec::new(),
            body: question.to_string().into_bytes(),
        };
        let answer: Json = serde_json::from_slice(&host.send(request).body).unwrap();
        let accounts = answer["could"].as_array().unwrap().iter();
        accounts.map(|one| one["account"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(could(&mut host), ["111122223333"]);
    let share = json!({"TopicArn": NEWS, "Label": "archive", "AWSAccountId": ["444455556666"], "ActionName": ["Publish"]});
    admin(&mut host, "AddPermission", share);
    assert_eq!(could(&mut host), ["111122223333", "444455556666"]);
}
