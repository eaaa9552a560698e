//! STS: assuming roles within and across accounts, and the ARNs of sessions.

use crate::common::{
    ARCHIVE, Host, STUDIO, between, call, credentials, credentials_in, error_summary,
};
use cognitab_wire::http::Response;
use cognitab_wire::sigv4::Credentials;
use serde_json::{Value as Json, json};

fn trust(principal: &Json, condition: &Json) -> String {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", "Condition": condition
    }]})
    .to_string()
}

const VISITOR_ROLE_ARN: &str = "arn:aws:iam::444455556666:role/visitor";

/// A user in Studio who assumes a role in Archive becomes a principal of Archive.
#[test]
fn role_in_another_account_can_be_assumed() {
    let mut host = Host::empty();
    let (studio, archive) = (credentials(STUDIO), credentials(ARCHIVE));
    let trust_policy = trust(&json!({"AWS": "111122223333"}), &json!({}));
    let created = call(
        &mut host,
        &archive,
        "iam",
        "CreateRole",
        &[("RoleName", "visitor"), ("AssumeRolePolicyDocument", &trust_policy)],
    );
    assert_eq!(created.status, 200, "{}", created.text());
    let assume = [("RoleArn", VISITOR_ROLE_ARN), ("RoleSessionName", "dana")];
    let visitor = credentials_in(&call(&mut host, &studio, "sts", "AssumeRole", &assume));
    let identity = call(&mut host, &visitor, "sts", "GetCallerIdentity", &[]);
    assert!(
        identity.text().contains("<Arn>arn:aws:sts::444455556666:assumed-role/visitor/dana</Arn>")
    );

    // The credentials expire after one hour.
    host.wait(3601);
    let expired = call(&mut host, &visitor, "sts", "GetCallerIdentity", &[]);
    assert_eq!(
        error_summary(&expired),
        "403 ExpiredToken: The security token included in the request is expired"
    );

    // Archive removes the trust. The error does not reveal whether the role exists.
    let new_trust_policy = trust(&json!({"AWS": "444455556666"}), &json!({}));
    let update = [("RoleName", "visitor"), ("PolicyDocument", &new_trust_policy)];
    assert_eq!(call(&mut host, &archive, "iam", "UpdateAssumeRolePolicy", &update).status, 200);
    let refused = call(&mut host, &studio, "sts", "AssumeRole", &assume);
    let unknown =
        [("RoleArn", "arn:aws:iam::444455556666:role/nobody"), ("RoleSessionName", "dana")];
    let missing_role = call(&mut host, &studio, "sts", "AssumeRole", &unknown);
    assert!(error_summary(&refused).starts_with("403 AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole"), "{}", error_summary(&refused));
    assert_eq!(error_summary(&refused), error_summary(&missing_role));
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

/// If the trust policy names only the account, an identity-based policy in that account must also
/// allow the action.
#[test]
fn cross_account_access_needs_both_policies() {
    let mut host = Host::empty();
    let (studio, archive) = (credentials(STUDIO), credentials(ARCHIVE));
    let trust_policy = trust(
        &json!({"AWS": "arn:aws:iam::111122223333:root"}),
        &json!({"StringEquals": {"sts:ExternalId": "42"}}),
    );
    let role = [("RoleName", "visitor"), ("AssumeRolePolicyDocument", trust_policy.as_str())];
    assert_eq!(call(&mut host, &archive, "iam", "CreateRole", &role).status, 200);
    assert_eq!(call(&mut host, &studio, "iam", "CreateUser", &[("UserName", "eve")]).status, 200);
    let key = call(&mut host, &studio, "iam", "CreateAccessKey", &[("UserName", "eve")]);
    let text = key.text().into_owned();
    let eve = credentials((
        between(&text, "<AccessKeyId>", "<").unwrap(),
        between(&text, "<SecretAccessKey>", "<").unwrap(),
    ));
    let assume = [("RoleArn", VISITOR_ROLE_ARN), ("RoleSessionName", "eve"), ("ExternalId", "42")];
    let without_identity_policy = call(&mut host, &eve, "sts", "AssumeRole", &assume);
    assert_eq!(
        error_summary(&without_identity_policy),
        "403 AccessDenied: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/visitor because no identity-based policy allows the sts:AssumeRole action"
    );
    let allow = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": VISITOR_ROLE_ARN}]}).to_string();
    let put = [("UserName", "eve"), ("PolicyName", "visit"), ("PolicyDocument", &allow)];
    assert_eq!(call(&mut host, &studio, "iam", "PutUserPolicy", &put).status, 200);
    assert_eq!(call(&mut host, &eve, "sts", "AssumeRole", &assume).status, 200);
    let without_external_id = call(&mut host, &eve, "sts", "AssumeRole", &assume[..2]);
    assert!(
        error_summary(&without_external_id).starts_with("403 AccessDenied"),
        "{}",
        error_summary(&without_external_id)
    );
}

/// A user that a trust policy in the same account names needs no identity-based policy, but an
/// explicit deny in one still applies.
#[test]
fn explicit_deny_overrides_trust_in_the_user() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let trust_policy =
        trust(&json!({"AWS": "arn:aws:iam::111122223333:user/administrator"}), &json!({}));
    let role = [("RoleName", "worker"), ("AssumeRolePolicyDocument", trust_policy.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let assume = [("RoleArn", "arn:aws:iam::111122223333:role/worker"), ("RoleSessionName", "me")];
    assert_eq!(call(&mut host, &studio, "sts", "AssumeRole", &assume).status, 200);
    let deny = json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*"}}).to_string();
    let put = [("UserName", "administrator"), ("PolicyName", "no"), ("PolicyDocument", &deny)];
    assert_eq!(call(&mut host, &studio, "iam", "PutUserPolicy", &put).status, 200);
    let refused = error_summary(&call(&mut host, &studio, "sts", "AssumeRole", &assume));
    assert!(refused.ends_with("with an explicit deny in an identity-based policy"), "{refused}");
}

#[test]
fn trust_policy_can_use_global_condition_keys() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let trust = trust(
        &json!({"AWS": "arn:aws:iam::111122223333:root"}),
        &json!({"Bool": {"aws:SecureTransport": "true"}, "IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}),
    );
    let role = [("RoleName", "worker"), ("AssumeRolePolicyDocument", trust.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let assume = [("RoleArn", "arn:aws:iam::111122223333:role/worker"), ("RoleSessionName", "me")];
    let response = call(&mut host, &studio, "sts", "AssumeRole", &assume);
    assert_eq!(response.status, 200, "{}", response.text());
}

#[test]
fn trust_policy_can_deny() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let statement = |effect: &str| json!({"Effect": effect, "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"});
    let trust_policy =
        json!({"Version": "2012-10-17", "Statement": [statement("Allow"), statement("Deny")]});
    let trust_policy = trust_policy.to_string();
    let role = [("RoleName", "worker"), ("AssumeRolePolicyDocument", trust_policy.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let assume = [("RoleArn", "arn:aws:iam::111122223333:role/worker"), ("RoleSessionName", "me")];
    assert_eq!(
        error_summary(&call(&mut host, &studio, "sts", "AssumeRole", &assume)),
        "403 AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole with an explicit deny in the role trust policy"
    );
}

#[test]
fn role_chaining_limits_sessions_to_one_hour() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let trust_policy = trust(&json!({"AWS": "111122223333"}), &json!({}));
    let role = [
        ("RoleName", "worker"),
        ("AssumeRolePolicyDocument", trust_policy.as_str()),
        ("MaxSessionDuration", "7200"),
    ];
    assert_eq!(call(&mut host, &studio, "iam", "CreateRole", &role).status, 200);
    let allow = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}}).to_string();
    let put = [("RoleName", "worker"), ("PolicyName", "p"), ("PolicyDocument", allow.as_str())];
    assert_eq!(call(&mut host, &studio, "iam", "PutRolePolicy", &put).status, 200);
    let arn = "arn:aws:iam::111122223333:role/worker";
    let two_hours = [("RoleArn", arn), ("RoleSessionName", "one"), ("DurationSeconds", "7200")];
    let first = credentials_in(&call(&mut host, &studio, "sts", "AssumeRole", &two_hours));
    let chained = call(&mut host, &first, "sts", "AssumeRole", &two_hours);
    assert_eq!(
        error_summary(&chained),
        "400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
    );
}

/// ARNs of users, roles and sessions have the partition of the Region that the request is sent to.
#[test]
fn arns_have_the_partition_of_the_region() {
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
        let dana =
            credentials_in(&call(&studio, "iam.CreateAccessKey", json!({"UserName": "dana"})));
        let role = json!({"RoleName": "worker", "AssumeRolePolicyDocument": trust});
        call(&studio, "iam.CreateRole", role);

        let assert_arn = |response: Response, arn: &str| {
            let arn = format!("<Arn>arn:{partition}:{arn}</Arn>");
            assert!(response.text().contains(&arn), "{region}: {}", response.text());
        };
        assert_arn(call(&dana, "sts.GetCallerIdentity", json!({})), "iam::111122223333:user/dana");
        let session = "sts::111122223333:assumed-role/worker/me";
        let arn = format!("arn:{partition}:iam::111122223333:role/worker");
        let assumed =
            call(&dana, "sts.AssumeRole", json!({"RoleArn": arn, "RoleSessionName": "me"}));
        let worker = credentials_in(&assumed);
        assert_arn(assumed, session);
        assert_arn(call(&worker, "sts.GetCallerIdentity", json!({})), session);
        let (request, _, _) = host.steps.last().unwrap();
        assert_eq!(request.request.url, format!("https://sts.{region}.{suffix}/"));
    }
}
