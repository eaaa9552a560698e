//! Accounts, roles and the gate, through the one door.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4::{self, Credentials};
use common::{ARCHIVE, Host, STUDIO, between, call, credentials, error, query};
use serde_json::{Value as Json, json};

fn session(response: &Response) -> Credentials {
    let text = response.text();
    let part = |name: &str| {
        between(&text, &format!("<{name}>"), &format!("</{name}>"))
            .unwrap_or_else(|| panic!("{text}"))
            .to_owned()
    };
    Credentials {
        access_key_id: part("AccessKeyId"),
        secret_access_key: part("SecretAccessKey"),
        session_token: Some(part("SessionToken")),
    }
}

fn trust(principal: &Json, condition: &Json) -> String {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", "Condition": condition
    }]})
    .to_string()
}

const VISITOR: &str = "arn:aws:iam::444455556666:role/visitor";

/// Archive opens a role to Studio; who steps over is somebody of Archive.
#[test]
fn a_role_of_another_account() {
    let mut host = Host::empty();
    let (studio, archive) = (credentials(STUDIO), credentials(ARCHIVE));
    let open = trust(&json!({"AWS": "111122223333"}), &json!({}));
    let made = call(
        &mut host,
        &archive,
        "iam",
        "CreateRole",
        &[("RoleName", "visitor"), ("AssumeRolePolicyDocument", &open)],
    );
    assert_eq!(made.status, 200, "{}", made.text());
    let assume = [("RoleArn", VISITOR), ("RoleSessionName", "dana")];
    let visitor = session(&call(&mut host, &studio, "sts", "AssumeRole", &assume));
    let who = call(&mut host, &visitor, "sts", "GetCallerIdentity", &[]);
    assert!(who.text().contains("<Arn>arn:aws:sts::444455556666:assumed-role/visitor/dana</Arn>"));

    // An hour later the credentials are worth nothing.
    host.wait(3601);
    let late = call(&mut host, &visitor, "sts", "GetCallerIdentity", &[]);
    assert_eq!(
        error(&late),
        "403 ExpiredToken: The security token included in the request is expired"
    );

    // Archive closes the door again, and says nothing of whether the role exists.
    let closed = trust(&json!({"AWS": "444455556666"}), &json!({}));
    let update = [("RoleName", "visitor"), ("PolicyDocument", &closed)];
    assert_eq!(call(&mut host, &archive, "iam", "UpdateAssumeRolePolicy", &update).status, 200);
    let refused = call(&mut host, &studio, "sts", "AssumeRole", &assume);
    let unknown =
        [("RoleArn", "arn:aws:iam::444455556666:role/nobody"), ("RoleSessionName", "dana")];
    let nowhere = call(&mut host, &studio, "sts", "AssumeRole", &unknown);
    assert!(error(&refused).starts_with("403 AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole"), "{}", error(&refused));
    assert_eq!(error(&refused), error(&nowhere));
    let event = host.events().into_iter().rev().nth(1).unwrap();
    assert_eq!(event["refusal"]["station"], "role");
    assert!(
        event["ladder"]
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["kind"] == "trust-principal" && r["state"] == "refused")
    );
}

/// Studio's own policies must agree as well when the trust only names the account.
#[test]
fn both_sides_must_agree() {
    let mut host = Host::empty();
    let (studio, archive) = (credentials(STUDIO), credentials(ARCHIVE));
    let open = trust(
        &json!({"AWS": "arn:aws:iam::111122223333:root"}),
        &json!({"StringEquals": {"sts:ExternalId": "42"}}),
    );
    let role = [("RoleName", "visitor"), ("AssumeRolePolicyDocument", open.as_str())];
    assert_eq!(call(&mut host, &archive, "iam", "CreateRole", &role).status, 200);
    assert_eq!(call(&mut host, &studio, "iam", "CreateUser", &[("UserName", "eve")]).status, 200);
    let key = call(&mut host, &studio, "iam", "CreateAccessKey", &[("UserName", "eve")]);
    let text = key.text().into_owned();
    let eve = credentials((
        between(&text, "<AccessKeyId>", "<").unwrap(),
        between(&text, "<SecretAccessKey>", "<").unwrap(),
    ));
    let assume = [("RoleArn", VISITOR), ("RoleSessionName", "eve"), ("ExternalId", "42")];
    let near = call(&mut host, &eve, "sts", "AssumeRole", &assume);
    assert_eq!(
        error(&near),
        "403 AccessDenied: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/visitor because no identity-based policy allows the sts:AssumeRole action"
    );
    let allow = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": VISITOR}]}).to_string();
    let put = [("UserName", "eve"), ("PolicyName", "visit"), ("PolicyDocument", &allow)];
    assert_eq!(call(&mut host, &studio, "iam", "PutUserPolicy", &put).status, 200);
    assert_eq!(call(&mut host, &eve, "sts", "AssumeRole", &assume).status, 200);
    let far = call(&mut host, &eve, "sts", "AssumeRole", &assume[..2]);
    assert!(error(&far).starts_with("403 AccessDenied"), "{}", error(&far));
}

/// A user whom the trust policy of the own account names needs no policy of its own, but a deny of
/// its own still holds.
#[test]
fn a_named_user_may_be_denied_all_the_same() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let named = trust(&json!({"AWS": "arn:aws:iam::111122223333:user/administrator"}), &json!({}));
    let role = [("RoleName", "worker"), ("AssumeRolePolicyDocument", named.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let assume = [("RoleArn", "arn:aws:iam::111122223333:role/worker"), ("RoleSessionName", "me")];
    assert_eq!(call(&mut host, &studio, "sts", "AssumeRole", &assume).status, 200);
    let deny = json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*"}}).to_string();
    let put = [("UserName", "administrator"), ("PolicyName", "no"), ("PolicyDocument", &deny)];
    assert_eq!(call(&mut host, &studio, "iam", "PutUserPolicy", &put).status, 200);
    let refused = error(&call(&mut host, &studio, "sts", "AssumeRole", &assume));
    assert!(refused.ends_with("with an explicit deny in an identity-based policy"), "{refused}");
}

#[test]
fn chained_sessions_last_an_hour_at_most() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let open = trust(&json!({"AWS": "111122223333"}), &json!({}));
    let role = [
        ("RoleName", "worker"),
        ("AssumeRolePolicyDocument", open.as_str()),
        ("MaxSessionDuration", "7200"),
    ];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let allow = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}}).to_string();
    let put = [("RoleName", "worker"), ("PolicyName", "p"), ("PolicyDocument", allow.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "PutRolePolicy", &put).status, 200);
    let arn = "arn:aws:iam::111122223333:role/worker";
    let two_hours = [("RoleArn", arn), ("RoleSessionName", "one"), ("DurationSeconds", "7200")];
    let first = session(&call(&mut host, &studio, "sts", "AssumeRole", &two_hours));
    let chained = call(&mut host, &first, "sts", "AssumeRole", &two_hours);
    assert_eq!(
        error(&chained),
        "400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
    );
}

/// One row an attack on the gate: what is changed about an honest request, and AWS's answer.
#[test]
fn the_gate_refuses() {
    type Change = fn(&mut Request);
    let honest = credentials(STUDIO);
    let rows: &[(&str, i64, Change, &str)] = &[
        (
            "unsigned",
            0,
            |r| r.headers.retain(|(n, _)| n != "authorization"),
            "403 MissingAuthenticationToken: Request is missing Authentication Token",
        ),
        (
            "another body",
            0,
            |r| r.body.extend(b"&x=1"),
            "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        ),
        (
            "another host",
            0,
            |r| r.headers.push(("host".into(), "sts.us-west-2.amazonaws.com".into())),
            "403 SignatureDoesNotMatch",
        ),
        (
            "replayed later",
            301,
            |_| {},
            "403 SignatureDoesNotMatch: Signature expired: 20261123T073608Z is now earlier than 20261123T073609Z (20261123T074109Z - 5 min.)",
        ),
        ("from the future", -301, |_| {}, "403 SignatureDoesNotMatch: Signature not yet current"),
        (
            "a header slipped in",
            0,
            |r| r.headers.push(("x-amz-security-token".into(), "t".into())),
            "400 IncompleteSignature",
        ),
        (
            "unknown key",
            0,
            |r| change(r, "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLF"),
            "403 InvalidClientTokenId: The security token included in the request is invalid.",
        ),
        (
            "another service's scope",
            0,
            |r| change(r, "/sts/", "/iam/"),
            "403 SignatureDoesNotMatch",
        ),
        ("half a header", 0, |r| change(r, "Signature=", "Sig="), "400 IncompleteSignature"),
    ];
    for (name, later, attack, answer) in rows {
        let mut host = Host::empty();
        let mut request = query("sts", "GetCallerIdentity", &[]);
        sigv4::sign(&mut request, &honest, "us-east-1", "sts", host.now);
        attack(&mut request);
        host.wait(*later);
        let refused = error(&host.send(request));
        assert!(refused.starts_with(answer), "{name}: {refused}");
    }
}

fn change(request: &mut Request, from: &str, to: &str) {
    for (name, value) in &mut request.headers {
        if name == "authorization" {
            *value = value.replace(from, to);
        }
    }
}

#[test]
fn iam_speaks_as_aws_does() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: &[Row<'_>] = &[
        (
            "GetRole",
            &[("RoleName", "none")],
            "404 NoSuchEntity: The role with name none cannot be found.",
        ),
        (
            "CreateRole",
            &[("RoleName", "r"), ("AssumeRolePolicyDocument", "{")],
            "400 MalformedPolicyDocument",
        ),
        (
            "CreateRole",
            &[
                ("RoleName", "r"),
                (
                    "AssumeRolePolicyDocument",
                    &trust(&json!({"AWS": "arn:aws:iam::111122223333:user/none"}), &json!({})),
                ),
            ],
            "400 MalformedPolicyDocument: Invalid principal in policy: &quot;AWS&quot;:&quot;arn:aws:iam::111122223333:user/none&quot;",
        ),
        (
            "AttachRolePolicy",
            &[("RoleName", "none"), ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")],
            "404 NoSuchEntity",
        ),
        (
            "DoesNotExist",
            &[],
            "400 InvalidAction: Could not find operation DoesNotExist for version 2010-05-08",
        ),
        (
            "GetRole",
            &[],
            "400 ValidationError: 1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null",
        ),
    ];
    for (action, input, answer) in cases {
        let refused = error(&call(&mut host, &studio, "iam", action, input));
        assert!(refused.starts_with(answer), "{action}: {refused}");
    }
}

#[test]
fn the_same_requests_make_the_same_world() {
    let run = || {
        let mut host = Host::empty();
        let studio = credentials(STUDIO);
        let open = trust(&json!({"AWS": "*"}), &json!({}));
        call(
            &mut host,
            &studio,
            "iam",
            "CreateRole",
            &[("RoleName", "r"), ("AssumeRolePolicyDocument", &open)],
        );
        call(
            &mut host,
            &studio,
            "sts",
            "AssumeRole",
            &[("RoleArn", "arn:aws:iam::111122223333:role/r"), ("RoleSessionName", "s1")],
        );
        host.world
    };
    assert!(run() == run());
}
