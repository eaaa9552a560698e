//! Optional members of AssumeRole.

use crate::common::{Host, STUDIO, between, credentials};
use cognitab_wire::http::Response;
use serde_json::{Value as Json, json};

/// Status, code and message of an error.
fn error(response: &Response) -> String {
    let text = response.text();
    let part = |tag: &str| between(&text, &format!("<{tag}>"), "<").unwrap_or_default();
    format!("{} {}: {}", response.status, part("Code"), part("Message")).replace("&apos;", "'")
}

/// No principal has an MFA device, so no code is valid. A session token grows on request.
#[test]
fn optional_members_of_assume_role_are_those_of_the_model() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let trust = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole",
    }});
    let role = [("RoleName", "worker"), ("AssumeRolePolicyDocument", &*trust.to_string())];
    assert_eq!(host.query(&studio, "iam.CreateRole", &role).status, 200);
    let mut assume = |more: Json| {
        let mut input =
            json!({"RoleArn": "arn:aws:iam::111122223333:role/worker", "RoleSessionName": "me"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        host.operation(Some(&studio), "sts.AssumeRole", &input)
    };
    let invalid = |member: &str, value: &str, constraint: &str| {
        format!(
            "400 ValidationError: 1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}"
        )
    };
    let incomplete = "403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
    let device = "arn:aws:iam::111122223333:mfa/administrator";
    let policy = json!({"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"});
    for (input, expected) in [
        (json!({"SerialNumber": device}), incomplete.to_owned()),
        (json!({"TokenCode": "123456"}), incomplete.to_owned()),
        (
            json!({"SerialNumber": device, "TokenCode": "123456"}),
            "403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.".to_owned(),
        ),
        (
            json!({"TokenCode": "12345"}),
            invalid("tokenCode", "12345", "Member must have length greater than or equal to 6"),
        ),
        (
            json!({"SerialNumber": "GAHT1234 5678"}),
            invalid(
                "serialNumber",
                "GAHT1234 5678",
                "Member must satisfy regular expression pattern: [\\w+=/:,.@-]*",
            ),
        ),
        (
            json!({"MinimumSessionTokenSize": 4097}),
            invalid(
                "minimumSessionTokenSize",
                "4097",
                "Member must have value less than or equal to 4096",
            ),
        ),
        (
            json!({"PolicyArns": vec![policy; 11]}),
            "400 ValidationError: You can provide up to 10 managed policy ARNs.".to_owned(),
        ),
    ] {
        assert_eq!(error(&assume(input)), expected);
    }
    let mut size = |min: i64| {
        let response = assume(json!({"MinimumSessionTokenSize": min}));
        let text = response.text();
        between(&text, "<SessionToken>", "<").unwrap().len()
    };
    assert_eq!((size(0), size(4096)), (356, 4096));
}
