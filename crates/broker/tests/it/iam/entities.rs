//! The lifecycle of users, roles, managed policies and identity providers, and their effect on
//! requests.

use crate::common::photos::{photo_app, s3, sign_in};
use crate::common::{
    ARCHIVE, Host, STUDIO, between, credentials, credentials_in, error_summary, post,
};
use cognitab_wire::sigv4::Credentials;
use serde_json::json;

/// An action, its input, and the expected result: text in the response, or the start of status, code
/// and message of the error.
type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

fn run(host: &mut Host, key: (&str, &str), rows: &[Row<'_>]) {
    for (number, (action, input, expected)) in rows.iter().enumerate() {
        let row = format!("row {number}, {action} {input:?}");
        let response = host.query(&credentials(key), &format!("iam.{action}"), input);
        if expected.starts_with(|c: char| c.is_ascii_digit()) {
            let refused = error_summary(&response);
            assert!(refused.starts_with(expected), "{row}: {refused}");
        } else {
            assert_eq!(response.status, 200, "{row}: {}", response.text());
            assert!(response.text().contains(expected), "{row}: {}", response.text());
        }
    }
}

const READ: &str = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const ALLOW: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;
const ENCODED: &str = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGetObject%22";

#[test]
fn user_lifecycle() {
    let mut host = Host::empty();
    let eve = ("UserName", "eve");
    let own = ("PolicyName", "own");
    let read = ("PolicyArn", READ);
    let not_found = "404 NoSuchEntity: The user with name eve cannot be found.";
    run(
        &mut host,
        STUDIO,
        &[
            ("GetUser", &[eve], not_found),
            (
                "CreateUser",
                &[eve, ("Path", "/team/")],
                "<Arn>arn:aws:iam::111122223333:user/team/eve</Arn>",
            ),
            ("CreateUser", &[eve], "409 EntityAlreadyExists: User with name eve already exists."),
            ("GetUser", &[eve], "<Path>/team/</Path>"),
            ("GetUser", &[], "<UserName>administrator</UserName>"),
            ("ListUsers", &[], "<UserName>eve</UserName>"),
            ("ListUsers", &[("MaxItems", "1")], "<IsTruncated>true</IsTruncated>"),
            ("PutUserPolicy", &[eve, own, ("PolicyDocument", "{")], "400 MalformedPolicyDocument"),
            ("PutUserPolicy", &[eve, own, ("PolicyDocument", ALLOW)], ""),
            ("ListUserPolicies", &[eve], "<member>own</member>"),
            ("GetUserPolicy", &[eve, own], ENCODED),
            (
                "GetUserPolicy",
                &[eve, ("PolicyName", "other")],
                "404 NoSuchEntity: The user policy with name other cannot be found.",
            ),
            ("AttachUserPolicy", &[eve, read], ""),
            ("ListAttachedUserPolicies", &[eve], "<PolicyName>AmazonS3ReadOnlyAccess</PolicyName>"),
            ("PutUserPermissionsBoundary", &[eve, ("PermissionsBoundary", READ)], ""),
            (
                "GetUser",
                &[eve],
                "<PermissionsBoundaryArn>arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess</PermissionsBoundaryArn>",
            ),
            ("DeleteUserPermissionsBoundary", &[eve], ""),
            ("CreateAccessKey", &[eve], "<Status>Active</Status>"),
            ("CreateAccessKey", &[eve], "<SecretAccessKey>"),
            (
                "CreateAccessKey",
                &[eve],
                "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2",
            ),
            ("DeleteUser", &[eve], "409 DeleteConflict: Cannot delete entity, must"),
            ("DeleteUserPolicy", &[eve, own], ""),
            ("DeleteUserPolicy", &[eve, own], "404 NoSuchEntity"),
            ("DetachUserPolicy", &[eve, read], ""),
            ("DetachUserPolicy", &[eve, read], "404 NoSuchEntity"),
            ("DeleteUser", &[eve], "409 DeleteConflict: Cannot delete entity, must"),
        ],
    );
    let listed = host.query(&credentials(STUDIO), "iam.ListAccessKeys", &[eve]).text().into_owned();
    let keys: Vec<&str> = listed.split("<AccessKeyId>").skip(1).map(|k| &k[..20]).collect();
    assert_eq!(keys.len(), 2);
    for key in keys {
        let key = ("AccessKeyId", key);
        run(
            &mut host,
            STUDIO,
            &[
                ("UpdateAccessKey", &[eve, key, ("Status", "Inactive")], ""),
                ("ListAccessKeys", &[eve], "<Status>Inactive</Status>"),
                ("DeleteAccessKey", &[eve, key], ""),
                ("DeleteAccessKey", &[eve, key], "404 NoSuchEntity: The Access Key with id"),
            ],
        );
    }
    run(&mut host, ARCHIVE, &[("GetUser", &[eve], not_found), ("DeleteUser", &[eve], not_found)]);
    run(&mut host, STUDIO, &[("DeleteUser", &[eve], ""), ("GetUser", &[eve], not_found)]);
}

#[test]
fn role_lifecycle() {
    let mut host = Host::empty();
    let worker = ("RoleName", "worker");
    let own = ("PolicyName", "own");
    let read = ("PolicyArn", READ);
    let trust = |account: &str| {
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}]}).to_string()
    };
    let (trust_own_account, trust_other_account) = (trust("111122223333"), trust("444455556666"));
    let not_found = "404 NoSuchEntity: The role with name worker cannot be found.";
    run(
        &mut host,
        STUDIO,
        &[
            ("GetRole", &[worker], not_found),
            (
                "CreateRole",
                &[
                    worker,
                    ("AssumeRolePolicyDocument", &trust_own_account),
                    ("Description", "works"),
                ],
                "<Arn>arn:aws:iam::111122223333:role/worker</Arn>",
            ),
            (
                "CreateRole",
                &[worker, ("AssumeRolePolicyDocument", &trust_own_account)],
                "409 EntityAlreadyExists: Role with name worker already exists.",
            ),
            ("GetRole", &[worker], "<MaxSessionDuration>3600</MaxSessionDuration>"),
            ("ListRoles", &[], "<RoleName>worker</RoleName>"),
            ("UpdateRole", &[worker, ("Description", "rests"), ("MaxSessionDuration", "7200")], ""),
            (
                "UpdateRole",
                &[worker, ("MaxSessionDuration", "60")],
                "400 ValidationError: 1 validation error detected",
            ),
            ("GetRole", &[worker], "<MaxSessionDuration>7200</MaxSessionDuration>"),
            ("GetRole", &[worker], "<Description>rests</Description>"),
            ("UpdateAssumeRolePolicy", &[worker, ("PolicyDocument", &trust_other_account)], ""),
            ("GetRole", &[worker], "AWS%22%3A%22444455556666"),
            ("PutRolePolicy", &[worker, own, ("PolicyDocument", ALLOW)], ""),
            ("ListRolePolicies", &[worker], "<member>own</member>"),
            ("GetRolePolicy", &[worker, own], ENCODED),
            ("AttachRolePolicy", &[worker, read], ""),
            ("ListAttachedRolePolicies", &[worker], READ),
            ("PutRolePermissionsBoundary", &[worker, ("PermissionsBoundary", READ)], ""),
            ("GetRole", &[worker], "<PermissionsBoundary>"),
            ("DeleteRolePermissionsBoundary", &[worker], ""),
            ("DeleteRole", &[worker], "409 DeleteConflict: Cannot delete entity, must"),
            ("DeleteRolePolicy", &[worker, own], ""),
            (
                "GetRolePolicy",
                &[worker, own],
                "404 NoSuchEntity: The role policy with name own cannot be found.",
            ),
            ("DetachRolePolicy", &[worker, read], ""),
            ("DetachRolePolicy", &[worker, read], "404 NoSuchEntity"),
        ],
    );
    run(
        &mut host,
        ARCHIVE,
        &[("GetRole", &[worker], not_found), ("DeleteRole", &[worker], not_found)],
    );
    run(&mut host, STUDIO, &[("DeleteRole", &[worker], ""), ("GetRole", &[worker], not_found)]);
}

#[test]
fn managed_policy_lifecycle() {
    let mut host = Host::empty();
    let arn = ("PolicyArn", "arn:aws:iam::111122223333:policy/photos");
    let admin = ("UserName", "administrator");
    let policy = [("PolicyName", "photos"), ("PolicyDocument", ALLOW), ("Description", "reads")];
    run(
        &mut host,
        STUDIO,
        &[
            (
                "GetPolicy",
                &[arn],
                "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/photos was not found.",
            ),
            ("CreatePolicy", &policy, "<Arn>arn:aws:iam::111122223333:policy/photos</Arn>"),
            (
                "CreatePolicy",
                &policy,
                "409 EntityAlreadyExists: A policy called photos already exists. Duplicate names are not allowed.",
            ),
            ("GetPolicy", &[arn], "<Description>reads</Description>"),
            ("GetPolicyVersion", &[arn, ("VersionId", "v1")], ENCODED),
            ("GetPolicyVersion", &[arn, ("VersionId", "v9")], "404 NoSuchEntity"),
            ("ListPolicies", &[("Scope", "Local")], "<PolicyName>photos</PolicyName>"),
            ("ListPolicies", &[("Scope", "AWS")], "<PolicyName>AdministratorAccess</PolicyName>"),
            (
                "AttachUserPolicy",
                &[admin, ("PolicyArn", "arn:aws:iam::111122223333:policy/none")],
                "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/none does not exist or is not attachable.",
            ),
            ("AttachUserPolicy", &[admin, arn], ""),
            ("DeletePolicy", &[arn], "409 DeleteConflict"),
            ("DetachUserPolicy", &[admin, arn], ""),
        ],
    );
    let local = host.query(&credentials(ARCHIVE), "iam.ListPolicies", &[("Scope", "Local")]);
    assert!(!local.text().contains("photos"), "{}", local.text());
    let attach = [("UserName", "administrator"), arn];
    let boundary = [attach[0], ("PermissionsBoundary", arn.1)];
    run(
        &mut host,
        ARCHIVE,
        &[
            ("GetPolicy", &[arn], "403 AccessDenied"),
            ("DeletePolicy", &[arn], "403 AccessDenied"),
            (
                "AttachUserPolicy",
                &attach,
                "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/photos does not exist or is not attachable.",
            ),
            ("PutUserPermissionsBoundary", &boundary, "404 NoSuchEntity"),
        ],
    );
    run(
        &mut host,
        STUDIO,
        &[("DeletePolicy", &[arn], ""), ("GetPolicy", &[arn], "404 NoSuchEntity")],
    );
}

#[test]
fn identity_provider_lifecycle() {
    let mut host = Host::empty();
    let arn = ("OpenIDConnectProviderArn", "arn:aws:iam::111122223333:oidc-provider/idp.example/a");
    let provider = [("Url", "https://idp.example/a"), ("ClientIDList.member.1", "photos")];
    let not_found = "404 NoSuchEntity: OpenIDConnect Provider not found for arn arn:aws:iam::111122223333:oidc-provider/idp.example/a";
    run(
        &mut host,
        STUDIO,
        &[
            ("GetOpenIDConnectProvider", &[arn], not_found),
            (
                "CreateOpenIDConnectProvider",
                &[("Url", "http://idp.example/a")],
                "400 ValidationError: Invalid Open ID Connect Provider URL",
            ),
            ("CreateOpenIDConnectProvider", &provider, arn.1),
            (
                "CreateOpenIDConnectProvider",
                &provider,
                "409 EntityAlreadyExists: Provider with url https://idp.example/a already exists.",
            ),
            (
                "GetOpenIDConnectProvider",
                &[arn],
                "<ClientIDList><member>photos</member></ClientIDList>",
            ),
            ("ListOpenIDConnectProviders", &[], arn.1),
        ],
    );
    run(&mut host, ARCHIVE, &[("GetOpenIDConnectProvider", &[arn], "403 AccessDenied")]);
    run(
        &mut host,
        STUDIO,
        &[
            ("DeleteOpenIDConnectProvider", &[arn], ""),
            ("GetOpenIDConnectProvider", &[arn], not_found),
        ],
    );
}

/// The operations that list, each with an input for which the list is not empty.
const LISTS: [(&str, &[(&str, &str)]); 8] = [
    ("ListUsers", &[]),
    ("ListRoles", &[]),
    ("ListPolicies", &[]),
    ("ListPolicyVersions", &[("PolicyArn", READ)]),
    ("ListAccessKeys", &[]),
    ("ListUserPolicies", &[("UserName", "administrator")]),
    ("ListAttachedUserPolicies", &[("UserName", "administrator")]),
    (
        "SimulateCustomPolicy",
        &[("PolicyInputList.member.1", ALLOW), ("ActionNames.member.1", "s3:GetObject")],
    ),
];

#[test]
fn a_list_continues_at_its_marker_and_refuses_an_invalid_one() {
    let mut host = Host::empty();
    for name in ["ana", "ben"] {
        run(&mut host, STUDIO, &[("CreateUser", &[("UserName", name)], "")]);
    }
    let mut names = Vec::new();
    let mut marker = String::new();
    for _ in 0..3 {
        let mut input = vec![("MaxItems", "1")];
        input.extend((!marker.is_empty()).then_some(("Marker", marker.as_str())));
        let page = host.query(&credentials(STUDIO), "iam.ListUsers", &input).text().into_owned();
        let part = |name: &str| between(&page, &format!("<{name}>"), "<").unwrap_or_default();
        names.push(part("UserName").to_owned());
        marker = part("Marker").to_owned();
        assert_eq!(part("IsTruncated"), (!marker.is_empty()).to_string(), "{page}");
    }
    assert_eq!((names.join(" ").as_str(), marker.as_str()), ("administrator ana ben", ""));
    let invalid = ("Marker", "AAHgmarker");
    for (action, input) in LISTS {
        let input = [input, &[invalid]].concat();
        run(&mut host, STUDIO, &[(action, &input, "400 ValidationError: Invalid Marker.")]);
    }
}

#[test]
fn input_must_satisfy_the_constraints_of_the_api_model() {
    let mut host = Host::empty();
    let long = "x".repeat(100);
    let rows: &[Row<'_>] = &[
        (
            "CreateUser",
            &[("UserName", "eve"), ("Path", "team")],
            r"Value 'team' at 'path' failed to satisfy constraint: Member must satisfy regular expression pattern: (\u002F)|(\u002F[\u0021-\u007E]+\u002F)",
        ),
        (
            "CreateUser",
            &[("UserName", &long)],
            &format!(
                "Value '{long}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64"
            ),
        ),
        (
            "ListRoles",
            &[("PathPrefix", "team/")],
            r"Value 'team/' at 'pathPrefix' failed to satisfy constraint: Member must satisfy regular expression pattern: \u002F[\u0021-\u007F]*",
        ),
        (
            "ListPolicies",
            &[("Scope", "local")],
            "Value 'local' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]",
        ),
        (
            "SimulateCustomPolicy",
            &[
                ("PolicyInputList.member.1", ALLOW),
                ("ActionNames.member.1", "a"),
                ("ActionNames.member.2", "s3:GetObject"),
            ],
            "Value '[a, s3:GetObject]' at 'actionNames' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 3]",
        ),
    ];
    for (action, input, constraint) in rows {
        let error =
            error_summary(&host.query(&credentials(STUDIO), &format!("iam.{action}"), input));
        let expected = format!("400 ValidationError: 1 validation error detected: {constraint}");
        assert_eq!(error, expected);
    }
    // GetUser accepts longer names than CreateUser does.
    let not_found = format!("404 NoSuchEntity: The user with name {long} cannot be found.");
    run(&mut host, STUDIO, &[("GetUser", &[("UserName", &long)], &not_found)]);
}

#[test]
fn iam_errors_match_aws() {
    let mut host = Host::empty();
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/none"},
        "Action": "sts:AssumeRole", "Condition": {},
    }]})
    .to_string();
    run(
        &mut host,
        STUDIO,
        &[
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
                &[("RoleName", "r"), ("AssumeRolePolicyDocument", &trust)],
                "400 MalformedPolicyDocument: Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/none\"",
            ),
            (
                "AttachRolePolicy",
                &[
                    ("RoleName", "none"),
                    ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"),
                ],
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
        ],
    );
}

/// The photo app, and the access key of a user without policies.
fn dana() -> (Host, Credentials) {
    let (mut host, _) = photo_app();
    run(&mut host, STUDIO, &[("CreateUser", &[("UserName", "dana")], "")]);
    let key = host.query(&credentials(STUDIO), "iam.CreateAccessKey", &[("UserName", "dana")]);
    (host, credentials_in(&key))
}

const DANA: (&str, &str) = ("UserName", "dana");

#[test]
fn an_attached_policy_applies_until_it_is_detached() {
    let (mut host, dana) = dana();
    let read = |host: &mut Host| s3(host, &dana, "GET", "public/welcome.txt", "").status;
    assert_eq!(read(&mut host), 403);
    run(&mut host, STUDIO, &[("AttachUserPolicy", &[DANA, ("PolicyArn", READ)], "")]);
    assert_eq!(read(&mut host), 200);
    run(&mut host, STUDIO, &[("DetachUserPolicy", &[DANA, ("PolicyArn", READ)], "")]);
    assert_eq!(read(&mut host), 403);
}

#[test]
fn a_permissions_boundary_limits_permissions_and_grants_none() {
    let (mut host, dana) = dana();
    let boundary = [DANA, ("PermissionsBoundary", READ)];
    run(&mut host, STUDIO, &[("PutUserPermissionsBoundary", &boundary, "")]);
    let welcome = "public/welcome.txt";
    assert_eq!(
        s3(&mut host, &dana, "GET", welcome, "").status,
        403,
        "a permissions boundary grants no permissions"
    );
    let all = [DANA, ("PolicyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess")];
    run(&mut host, STUDIO, &[("AttachUserPolicy", &all, "")]);
    assert_eq!(s3(&mut host, &dana, "GET", welcome, "").status, 200);
    let refused = error_summary(&s3(&mut host, &dana, "PUT", welcome, "mine"));
    assert!(
        refused.ends_with("because no permissions boundary allows the s3:PutObject action"),
        "{refused}"
    );
    run(&mut host, STUDIO, &[("DeleteUserPermissionsBoundary", &[DANA], "")]);
    assert_eq!(s3(&mut host, &dana, "PUT", welcome, "mine").status, 200);
}

/// A user pool as an OIDC identity provider: its ID tokens are valid for the roles that trust it.
#[test]
fn a_token_is_valid_for_the_roles_that_trust_its_issuer() {
    let (mut host, ids) = photo_app();
    let issuer = format!("cognito-idp.us-east-1.amazonaws.com/{}", ids.pool);
    let arn = format!("arn:aws:iam::111122223333:oidc-provider/{issuer}");
    let trust = |audience: &str| {
        json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Federated": arn}, "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringEquals": {format!("{issuer}:aud"): audience}}
        }]}).to_string()
    };
    let tokens = sign_in(&mut host, &ids);
    let token = tokens["IdToken"].as_str().unwrap().to_owned();
    let assume = |host: &mut Host, role: &str| {
        let form = [
            ("Action", "AssumeRoleWithWebIdentity"),
            ("Version", "2011-06-15"),
            ("RoleArn", &format!("arn:aws:iam::111122223333:role/{role}")),
            ("RoleSessionName", "app"),
            ("WebIdentityToken", &token),
        ];
        host.send(post("https://sts.us-east-1.amazonaws.com/", &form))
    };
    let url = format!("https://{issuer}");
    run(
        &mut host,
        STUDIO,
        &[
            (
                "CreateOpenIDConnectProvider",
                &[("Url", &url), ("ClientIDList.member.1", &ids.client)],
                &arn,
            ),
            (
                "CreateRole",
                &[("RoleName", "web"), ("AssumeRolePolicyDocument", &trust(&ids.client))],
                "",
            ),
            (
                "CreateRole",
                &[("RoleName", "other"), ("AssumeRolePolicyDocument", &trust("other"))],
                "",
            ),
            ("AttachRolePolicy", &[("RoleName", "web"), ("PolicyArn", READ)], ""),
        ],
    );
    let key = credentials_in(&assume(&mut host, "web"));
    assert_eq!(s3(&mut host, &key, "GET", "public/welcome.txt", "").status, 200);
    assert_eq!(
        error_summary(&assume(&mut host, "other")),
        "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"
    );
    run(
        &mut host,
        STUDIO,
        &[("DeleteOpenIDConnectProvider", &[("OpenIDConnectProviderArn", &arn)], "")],
    );
    let refused = error_summary(&assume(&mut host, "web"));
    assert!(
        refused.starts_with(
            "400 InvalidIdentityToken: No OpenIDConnect provider found in your account"
        ),
        "{refused}"
    );
}

#[test]
fn get_access_key_info_returns_the_account() {
    let mut host = Host::empty();
    for (id, expected) in [
        (STUDIO.0, "<Account>111122223333</Account>"),
        (ARCHIVE.0, "<Account>444455556666</Account>"),
        ("AKIAIOSFODNN8EXAMPLE", "<Code>"),
    ] {
        let response =
            host.query(&credentials(STUDIO), "sts.GetAccessKeyInfo", &[("AccessKeyId", id)]);
        assert!(response.text().contains(expected), "{id}: {}", response.text());
    }
}
