//! Users, roles, managed policies and identity providers from creation to deletion, and their
//! effect on requests.

use crate::common::photos::{photo_app, s3, sign_in};
use crate::common::{
    ARCHIVE, Host, STUDIO, between, credentials, credentials_in, error_summary, post,
};
use cognitab_wire::sigv4::Credentials;
use serde_json::json;

/// An action, its input, and the result: a part of the response, or status, code and message of the
/// error.
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
fn a_user_from_beginning_to_end() {
    let mut host = Host::empty();
    let eve = ("UserName", "eve");
    let own = ("PolicyName", "own");
    let read = ("PolicyArn", READ);
    let none = "404 NoSuchEntity: The user with name eve cannot be found.";
    run(
        &mut host,
        STUDIO,
        &[
            ("GetUser", &[eve], none),
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
    run(&mut host, ARCHIVE, &[("GetUser", &[eve], none), ("DeleteUser", &[eve], none)]);
    run(&mut host, STUDIO, &[("DeleteUser", &[eve], ""), ("GetUser", &[eve], none)]);
}

#[test]
fn a_role_from_beginning_to_end() {
    let mut host = Host::empty();
    let worker = ("RoleName", "worker");
    let own = ("PolicyName", "own");
    let read = ("PolicyArn", READ);
    let trust = |account: &str| {
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}]}).to_string()
    };
    let (mine, theirs) = (trust("111122223333"), trust("444455556666"));
    let none = "404 NoSuchEntity: The role with name worker cannot be found.";
    run(
        &mut host,
        STUDIO,
        &[
            ("GetRole", &[worker], none),
            (
                "CreateRole",
                &[worker, ("AssumeRolePolicyDocument", &mine), ("Description", "works")],
                "<Arn>arn:aws:iam::111122223333:role/worker</Arn>",
            ),
            (
                "CreateRole",
                &[worker, ("AssumeRolePolicyDocument", &mine)],
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
            ("UpdateAssumeRolePolicy", &[worker, ("PolicyDocument", &theirs)], ""),
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
    run(&mut host, ARCHIVE, &[("GetRole", &[worker], none), ("DeleteRole", &[worker], none)]);
    run(&mut host, STUDIO, &[("DeleteRole", &[worker], ""), ("GetRole", &[worker], none)]);
}

#[test]
fn a_managed_policy_from_beginning_to_end() {
    let mut host = Host::empty();
    let arn = ("PolicyArn", "arn:aws:iam::111122223333:policy/photos");
    let admin = ("UserName", "administrator");
    let made = [("PolicyName", "photos"), ("PolicyDocument", ALLOW), ("Description", "reads")];
    run(
        &mut host,
        STUDIO,
        &[
            (
                "GetPolicy",
                &[arn],
                "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/photos was not found.",
            ),
            ("CreatePolicy", &made, "<Arn>arn:aws:iam::111122223333:policy/photos</Arn>"),
            (
                "CreatePolicy",
                &made,
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
    let theirs = [("UserName", "administrator"), arn];
    let boundary = [theirs[0], ("PermissionsBoundary", arn.1)];
    run(
        &mut host,
        ARCHIVE,
        &[
            ("GetPolicy", &[arn], "403 AccessDenied"),
            ("DeletePolicy", &[arn], "403 AccessDenied"),
            (
                "AttachUserPolicy",
                &theirs,
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
fn an_identity_provider_from_beginning_to_end() {
    let mut host = Host::empty();
    let arn = ("OpenIDConnectProviderArn", "arn:aws:iam::111122223333:oidc-provider/idp.example/a");
    let made = [("Url", "https://idp.example/a"), ("ClientIDList.member.1", "photos")];
    let none = "404 NoSuchEntity: OpenIDConnect Provider not found for arn arn:aws:iam::111122223333:oidc-provider/idp.example/a";
    run(
        &mut host,
        STUDIO,
        &[
            ("GetOpenIDConnectProvider", &[arn], none),
            (
                "CreateOpenIDConnectProvider",
                &[("Url", "http://idp.example/a")],
                "400 ValidationError: Invalid Open ID Connect Provider URL",
            ),
            ("CreateOpenIDConnectProvider", &made, arn.1),
            (
                "CreateOpenIDConnectProvider",
                &made,
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
        &[("DeleteOpenIDConnectProvider", &[arn], ""), ("GetOpenIDConnectProvider", &[arn], none)],
    );
}

/// The operations that list, with an input that finds something.
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
fn a_list_continues_at_its_marker_and_refuses_any_other() {
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
fn input_satisfies_the_constraints_of_the_model() {
    let mut host = Host::empty();
    let long = "x".repeat(100);
    let cases: &[Row<'_>] = &[
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
    for (action, input, constraint) in cases {
        let refused =
            error_summary(&host.query(&credentials(STUDIO), &format!("iam.{action}"), input));
        let expected = format!("400 ValidationError: 1 validation error detected: {constraint}");
        assert_eq!(refused, expected);
    }
    // A user with a longer name cannot be created, but it can be looked for.
    let none = format!("404 NoSuchEntity: The user with name {long} cannot be found.");
    run(&mut host, STUDIO, &[("GetUser", &[("UserName", &long)], &none)]);
}

/// A user without policies, and the bucket of the photo app.
fn dana() -> (Host, Credentials) {
    let (mut host, _) = photo_app();
    run(&mut host, STUDIO, &[("CreateUser", &[("UserName", "dana")], "")]);
    let key = host.query(&credentials(STUDIO), "iam.CreateAccessKey", &[("UserName", "dana")]);
    (host, credentials_in(&key))
}

const DANA: (&str, &str) = ("UserName", "dana");

#[test]
fn an_attached_policy_counts_until_it_is_detached() {
    let (mut host, dana) = dana();
    let read = |host: &mut Host| s3(host, &dana, "GET", "public/welcome.txt", "").status;
    assert_eq!(read(&mut host), 403);
    run(&mut host, STUDIO, &[("AttachUserPolicy", &[DANA, ("PolicyArn", READ)], "")]);
    assert_eq!(read(&mut host), 200);
    run(&mut host, STUDIO, &[("DetachUserPolicy", &[DANA, ("PolicyArn", READ)], "")]);
    assert_eq!(read(&mut host), 403);
}

#[test]
fn a_boundary_allows_nothing_and_limits_everything() {
    let (mut host, dana) = dana();
    let boundary = [DANA, ("PermissionsBoundary", READ)];
    run(&mut host, STUDIO, &[("PutUserPermissionsBoundary", &boundary, "")]);
    let welcome = "public/welcome.txt";
    assert_eq!(s3(&mut host, &dana, "GET", welcome, "").status, 403, "a boundary is no grant");
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

/// A user pool as an identity provider: its ID tokens are for roles that trust it.
#[test]
fn an_issuers_token_is_for_the_roles_that_trust_it() {
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
fn a_key_names_its_account() {
    let mut host = Host::empty();
    for (id, answer) in [
        (STUDIO.0, "<Account>111122223333</Account>"),
        (ARCHIVE.0, "<Account>444455556666</Account>"),
        ("AKIAIOSFODNN8EXAMPLE", "<Code>"),
    ] {
        let response =
            host.query(&credentials(STUDIO), "sts.GetAccessKeyInfo", &[("AccessKeyId", id)]);
        assert!(response.text().contains(answer), "{id}: {}", response.text());
    }
}
