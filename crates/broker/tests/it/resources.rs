//! Identity-based policies that allow a user a part of a bucket or of a table.

use crate::common::{Host, STUDIO, between};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::{Value as Json, json};

fn send(
    host: &mut Host,
    (id, secret): (&str, &str),
    service: &str,
    mut request: Request,
) -> Response {
    let credentials = Credentials {
        access_key_id: id.into(),
        secret_access_key: secret.into(),
        session_token: None,
    };
    sigv4::sign(&mut request, &credentials, "us-east-1", service, host.now);
    host.send(request)
}

fn iam(host: &mut Host, action: &str, input: &[(&str, &str)]) -> String {
    let form = [&[("Action", action), ("Version", "2010-05-08")], input].concat();
    let request = crate::common::post("https://iam.amazonaws.com/", &form);
    let response = send(host, STUDIO, "iam", request);
    assert_eq!(response.status, 200, "{}", response.text());
    response.text().into_owned()
}

/// Creates a user with a policy of these statements, and returns an access key of the user.
fn user(host: &mut Host, statements: Json) -> (String, String) {
    let policy = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    iam(host, "CreateUser", &[("UserName", "dana")]);
    let input = [("UserName", "dana"), ("PolicyName", "own"), ("PolicyDocument", policy.as_str())];
    iam(host, "PutUserPolicy", &input);
    let key = iam(host, "CreateAccessKey", &[("UserName", "dana")]);
    let part =
        |name: &str| between(&key, &format!("<{name}>"), &format!("</{name}>")).unwrap().to_owned();
    (part("AccessKeyId"), part("SecretAccessKey"))
}

fn s3(host: &mut Host, key: (&str, &str), method: &str, path: &str) -> (u16, String) {
    let url = format!("https://studio-photos.s3.us-east-1.amazonaws.com/{path}");
    let request = Request { method: method.into(), url, headers: Vec::new(), body: b"x".to_vec() };
    let response = send(host, key, "s3", request);
    let text = response.text().replace("&quot;", "\"");
    let message = between(&text, "<Message>", "</Message>").unwrap_or_default().to_owned();
    (response.status, message)
}

#[test]
fn a_policy_can_allow_a_prefix_of_a_bucket() {
    let mut host = Host::empty();
    assert_eq!(s3(&mut host, STUDIO, "PUT", "").0, 400, "`x` is not a bucket configuration");
    let url = "https://s3.us-east-1.amazonaws.com/studio-photos".to_owned();
    let create_bucket =
        Request { method: "PUT".into(), url, headers: Vec::new(), body: Vec::new() };
    assert_eq!(send(&mut host, STUDIO, "s3", create_bucket).status, 200);
    let (id, secret) = user(
        &mut host,
        json!([
            {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "arn:aws:s3:::studio-photos/dana/*"},
            {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::studio-photos",
             "Condition": {"StringEquals": {"s3:prefix": ["", "dana/"]}}}
        ]),
    );
    let key = (id.as_str(), secret.as_str());
    assert_eq!(s3(&mut host, key, "PUT", "dana/a").0, 200);
    assert_eq!(s3(&mut host, key, "GET", "dana/a").0, 200);
    assert_eq!(s3(&mut host, key, "GET", "?list-type=2").0, 200);
    assert_eq!(s3(&mut host, key, "GET", "?list-type=2&prefix=dana%2F").0, 200);
    assert_eq!(s3(&mut host, key, "GET", "?list-type=2&prefix=ben%2F").0, 403);
    // `s3:ListBucket` is allowed for some prefixes only, and GetObject has no prefix.
    let user = "User: arn:aws:iam::111122223333:user/dana is not authorized to perform:";
    assert_eq!(
        s3(&mut host, key, "GET", "dana/none"),
        (
            403,
            format!(
                "{user} s3:ListBucket on resource: \"arn:aws:s3:::studio-photos\" because no identity-based policy allows the s3:ListBucket action"
            )
        )
    );
    assert_eq!(
        s3(&mut host, key, "PUT", "ben/a"),
        (
            403,
            format!(
                "{user} s3:PutObject on resource: \"arn:aws:s3:::studio-photos/ben/a\" because no identity-based policy allows the s3:PutObject action"
            )
        )
    );
    let event = host.events().pop().unwrap();
    assert_eq!(event["refusal"]["code"], "AccessDenied");
}

#[test]
fn a_policy_can_allow_items_by_leading_key() {
    let mut host = Host::empty();
    host.admin(
        "dynamodb.CreateTable",
        json!({"TableName": "notes", "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "owner", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}]}),
    );
    let (id, secret) = user(
        &mut host,
        json!([{"Effect": "Allow",
            "Action": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:BatchWriteItem"],
            "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/notes",
            "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["dana"]}}}]),
    );
    let key = Some((id.as_str(), secret.as_str()));
    let item = |owner: &str| json!({"TableName": "notes", "Item": {"owner": {"S": owner}}});
    assert_eq!(host.json(key, "dynamodb.PutItem", &item("dana")), Ok(json!({})));
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/notes";
    let access_denied = |action: &str| {
        Err(format!(
            "com.amazon.coral.service#AccessDeniedException: User: arn:aws:iam::111122223333:user/dana is not authorized to perform: dynamodb:{action} on resource: {table} because no identity-based policy allows the dynamodb:{action} action"
        ))
    };
    assert_eq!(host.json(key, "dynamodb.PutItem", &item("ben")), access_denied("PutItem"));
    let get = json!({"TableName": "notes", "Key": {"owner": {"S": "ben"}}});
    assert_eq!(host.json(key, "dynamodb.GetItem", &get), access_denied("GetItem"));
    assert_eq!(
        host.json(key, "dynamodb.Scan", &json!({"TableName": "notes"})),
        access_denied("Scan")
    );
    let query = |owner: &str| {
        json!({"TableName": "notes", "KeyConditionExpression": "#o = :o",
            "ExpressionAttributeNames": {"#o": "owner"},
            "ExpressionAttributeValues": {":o": {"S": owner}}})
    };
    assert_eq!(host.json(key, "dynamodb.Query", &query("dana")).unwrap()["Count"], 1);
    assert_eq!(host.json(key, "dynamodb.Query", &query("ben")), access_denied("Query"));
    let batch = |owners: [&str; 2]| {
        let puts = owners.map(|o| json!({"PutRequest": {"Item": {"owner": {"S": o}}}}));
        json!({"RequestItems": {"notes": puts}})
    };
    assert_eq!(
        host.json(key, "dynamodb.BatchWriteItem", &batch(["dana", "ben"])),
        access_denied("BatchWriteItem")
    );
}
