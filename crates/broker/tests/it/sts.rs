//! Accounts, roles and the gate, through the one door.

use crate::common::{ARCHIVE, Host, STUDIO, between, call, credentials, given, refusal};
use cognitab_wire::http::Response;
use cognitab_wire::sigv4::Credentials;
use serde_json::{Value as Json, json};

mod assume_role;

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
    let visitor = given(&call(&mut host, &studio, "sts", "AssumeRole", &assume));
    let who = call(&mut host, &visitor, "sts", "GetCallerIdentity", &[]);
    assert!(who.text().contains("<Arn>arn:aws:sts::444455556666:assumed-role/visitor/dana</Arn>"));

    // An hour later the credentials are worth nothing.
    host.wait(3601);
    let late = call(&mut host, &visitor, "sts", "GetCallerIdentity", &[]);
    assert_eq!(
        refusal(&late),
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
    assert!(refusal(&refused).starts_with("403 AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole"), "{}", refusal(&refused));
    assert_eq!(refusal(&refused), refusal(&nowhere));
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
        refusal(&near),
        "403 AccessDenied: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/visitor because no identity-based policy allows the sts:AssumeRole action"
    );
    let allow = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": VISITOR}]}).to_string();
    let put = [("UserName", "eve"), ("PolicyName", "visit"), ("PolicyDocument", &allow)];
    assert_eq!(call(&mut host, &studio, "iam", "PutUserPolicy", &put).status, 200);
    assert_eq!(call(&mut host, &eve, "sts", "AssumeRole", &assume).status, 200);
    let far = call(&mut host, &eve, "sts", "AssumeRole", &assume[..2]);
    assert!(refusal(&far).starts_with("403 AccessDenied"), "{}", refusal(&far));
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
    let refused = refusal(&call(&mut host, &studio, "sts", "AssumeRole", &assume));
    assert!(refused.ends_with("with an explicit deny in an identity-based policy"), "{refused}");
}

#[test]
fn a_trust_policy_may_ask_what_every_request_says() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let trust = trust(
        &json!({"AWS": "arn:aws:iam::111122223333:root"}),
        &json!({"Bool": {"aws:SecureTransport": "true"}, "IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}),
    );
    let role = [("RoleName", "worker"), ("AssumeRolePolicyDocument", trust.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let assume = [("RoleArn", "arn:aws:iam::111122223333:role/worker"), ("RoleSessionName", "me")];
    let given = call(&mut host, &studio, "sts", "AssumeRole", &assume);
    assert_eq!(given.status, 200, "{}", given.text());
}

#[test]
fn a_trust_policy_may_deny() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let statement = |effect: &str| json!({"Effect": effect, "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"});
    let both =
        json!({"Version": "2012-10-17", "Statement": [statement("Allow"), statement("Deny")]});
    let both = both.to_string();
    let role = [("RoleName", "worker"), ("AssumeRolePolicyDocument", both.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let assume = [("RoleArn", "arn:aws:iam::111122223333:role/worker"), ("RoleSessionName", "me")];
    assert_eq!(
        refusal(&call(&mut host, &studio, "sts", "AssumeRole", &assume)),
        "403 AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole with an explicit deny in the role trust policy"
    );
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
    let first = given(&call(&mut host, &studio, "sts", "AssumeRole", &two_hours));
    let chained = call(&mut host, &first, "sts", "AssumeRole", &two_hours);
    assert_eq!(
        refusal(&chained),
        "400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
    );
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
            "400 MalformedPolicyDocument: Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/none\"",
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
        let refused = refusal(&call(&mut host, &studio, "iam", action, input));
        assert!(refused.starts_with(answer), "{action}: {refused}");
    }
}

/// Users, roles and sessions belong to the partition of the region that created them.
#[test]
fn each_partition_has_its_own_arns() {
    for (region, suffix, partition) in [
        ("eu-west-1", "amazonaws.com", "aws"),
        ("cn-north-1", "amazonaws.com.cn", "aws-cn"),
        ("us-gov-west-1", "amazonaws.com", "aws-us-gov"),
        ("us-iso-east-1", "c2s.ic.gov", "aws-iso"),
        ("us-isob-east-1", "sc2s.sgov.gov", "aws-iso-b"),
        ("eusc-de-east-1", "amazonaws.eu", "aws-eusc"),
    ] {
        let mut host = Host { region, ..Host::empty() };
        let studio = credentials(STUDIO);
        let mut call = |key: &Credentials, call: &str, input: Json| {
            let response = host.operation(Some(key), call, &input);
            assert_eq!(response.status, 200, "{region} {call}: {}", response.text());
            response
        };
        let policy = json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}});
        let trust =
            trust(&json!({"AWS": format!("arn:{partition}:iam::111122223333:root")}), &json!({}));
        call(&studio, "iam.CreateUser", json!({"UserName": "dana"}));
        let put =
            json!({"UserName": "dana", "PolicyName": "p", "PolicyDocument": policy.to_string()});
        call(&studio, "iam.PutUserPolicy", put);
        let dana = given(&call(&studio, "iam.CreateAccessKey", json!({"UserName": "dana"})));
        let role = json!({"RoleName": "worker", "AssumeRolePolicyDocument": trust});
        call(&studio, "iam.CreateRole", role);

        let is = |response: Response, arn: &str| {
            let arn = format!("<Arn>arn:{partition}:{arn}</Arn>");
            assert!(response.text().contains(&arn), "{region}: {}", response.text());
        };
        is(call(&dana, "sts.GetCallerIdentity", json!({})), "iam::111122223333:user/dana");
        let session = "sts::111122223333:assumed-role/worker/me";
        let arn = format!("arn:{partition}:iam::111122223333:role/worker");
        let assumed =
            call(&dana, "sts.AssumeRole", json!({"RoleArn": arn, "RoleSessionName": "me"}));
        let worker = given(&assumed);
        is(assumed, session);
        is(call(&worker, "sts.GetCallerIdentity", json!({})), session);
        let (request, _, _) = host.steps.last().unwrap();
        assert_eq!(request.request.url, format!("https://sts.{region}.{suffix}/"));
    }
}
