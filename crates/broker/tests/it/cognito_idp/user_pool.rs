//! The lifecycle of the resources in a user pool: groups, app clients, domains, resource servers, users.

use crate::common::photos::{photo_app, sign_in};
use crate::common::{ARCHIVE, Host, Row, STUDIO};
use serde_json::{Value as Json, json};

/// Makes calls as the administrator, with the pool's ID in every input.
fn run(host: &mut Host, pool: &str, rows: &[(&str, Json, &str)]) {
    let with_pool = |input: &Json| {
        let mut input = input.clone();
        input["UserPoolId"] = pool.into();
        input
    };
    let calls: Vec<String> =
        rows.iter().map(|(name, _, _)| format!("cognito-idp.{name}")).collect();
    let rows: Vec<Row<'_>> = rows
        .iter()
        .zip(&calls)
        .map(|((_, input, expected), call)| (STUDIO, call.as_str(), with_pool(input), *expected))
        .collect();
    crate::common::run(host, &rows);
}

const NO_USER: &str = "UserNotFoundException: User does not exist.";
const NO_GROUP: &str = "ResourceNotFoundException: Group not found.";
const NO_SERVER: &str = "ResourceNotFoundException: Resource server does not exist.";

#[test]
fn group_lifecycle() {
    let (mut host, ids) = photo_app();
    let fans = json!({"GroupName": "fans"});
    let ana = json!({"Username": "ana"});
    let ana_in_fans = json!({"GroupName": "fans", "Username": "ana"});
    let nobody_in_fans = json!({"GroupName": "fans", "Username": "nobody"});
    run(
        &mut host,
        &ids.pool,
        &[
            ("GetGroup", fans.clone(), NO_GROUP),
            ("CreateGroup", json!({"GroupName": "fans", "Precedence": 9}), "/Group/Precedence=9"),
            (
                "CreateGroup",
                fans.clone(),
                "GroupExistsException: A group with the name already exists.",
            ),
            ("GetGroup", fans.clone(), "/Group/GroupName=fans"),
            (
                "UpdateGroup",
                json!({"GroupName": "fans", "Description": "likes"}),
                "/Group/Description=likes",
            ),
            ("GetGroup", fans.clone(), "/Group/Precedence=9"),
            ("ListGroups", json!({}), "/Groups/1/GroupName=fans"),
            ("ListUsersInGroup", fans.clone(), "/Users=[]"),
            ("AdminAddUserToGroup", nobody_in_fans, NO_USER),
            ("AdminAddUserToGroup", ana_in_fans.clone(), "ok"),
            ("ListUsersInGroup", fans.clone(), "/Users/0/Username=ana"),
            ("AdminListGroupsForUser", ana.clone(), "/Groups/1/GroupName=fans"),
            ("AdminRemoveUserFromGroup", ana_in_fans.clone(), "ok"),
            ("AdminListGroupsForUser", ana.clone(), "/Groups/1=null"),
            ("AdminAddUserToGroup", ana_in_fans, "ok"),
            ("DeleteGroup", fans.clone(), "ok"),
            ("AdminListGroupsForUser", ana, "/Groups/1=null"),
            ("DeleteGroup", fans.clone(), NO_GROUP),
            ("ListUsersInGroup", fans, NO_GROUP),
        ],
    );
}

#[test]
fn client_domain_and_resource_server_lifecycle() {
    let (mut host, ids) = photo_app();
    let output = host.admin(
        "cognito-idp.CreateUserPoolClient",
        json!({"UserPoolId": ids.pool, "ClientName": "second"}),
    );
    let client = output["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    let client_id = json!({"ClientId": client});
    let no_client = format!("ResourceNotFoundException: User pool client {client} does not exist.");
    let identifier = json!({"Identifier": "https://api.example"});
    let create = json!({"Identifier": "https://api.example", "Name": "api", "Scopes": [{"ScopeName": "read", "ScopeDescription": "reads"}]});
    let exists = format!(
        "InvalidParameterException: https://api.example already exists in user pool {}.",
        ids.pool
    );
    run(
        &mut host,
        &ids.pool,
        &[
            ("DescribeUserPoolClient", client_id.clone(), "/UserPoolClient/ClientName=second"),
            ("ListUserPoolClients", json!({"MaxResults": 1}), "/UserPoolClients/1=null"),
            (
                "UpdateUserPoolClient",
                json!({"ClientId": client, "ClientName": "renamed"}),
                "/UserPoolClient/ClientName=renamed",
            ),
            ("DeleteUserPoolClient", client_id.clone(), "ok"),
            ("DescribeUserPoolClient", client_id.clone(), &no_client),
            ("DeleteUserPoolClient", client_id, &no_client),
            ("DescribeResourceServer", identifier.clone(), NO_SERVER),
            ("CreateResourceServer", create.clone(), "/ResourceServer/Name=api"),
            ("CreateResourceServer", create, &exists),
            (
                "DescribeResourceServer",
                identifier.clone(),
                "/ResourceServer/Scopes/0/ScopeName=read",
            ),
            ("DeleteResourceServer", identifier.clone(), "ok"),
            ("DeleteResourceServer", identifier, NO_SERVER),
            (
                "DescribeUserPoolDomain",
                json!({"Domain": "photos-demo"}),
                "/DomainDescription/Status=ACTIVE",
            ),
            ("DescribeUserPoolDomain", json!({"Domain": "nothing"}), "/DomainDescription={}"),
            (
                "DeleteUserPool",
                json!({}),
                "InvalidParameterException: User pool cannot be deleted. It has a domain configured that should be deleted first.",
            ),
            (
                "DeleteUserPoolDomain",
                json!({"Domain": "nothing"}),
                "ResourceNotFoundException: Domain does not exist.",
            ),
            ("DeleteUserPoolDomain", json!({"Domain": "photos-demo"}), "ok"),
            ("DescribeUserPoolDomain", json!({"Domain": "photos-demo"}), "/DomainDescription={}"),
            ("DeleteUserPool", json!({}), "ok"),
            (
                "ListGroups",
                json!({}),
                &format!("ResourceNotFoundException: User pool {} does not exist.", ids.pool),
            ),
        ],
    );
    let pools = host.json(Some(STUDIO), "cognito-idp.ListUserPools", &json!({"MaxResults": 9}));
    assert_eq!(pools.unwrap()["UserPools"], json!([]));
}

#[test]
fn user_lifecycle() {
    let (mut host, ids) = photo_app();
    let (ana, nobody) = (json!({"Username": "ana"}), json!({"Username": "nobody"}));
    let tokens = sign_in(&mut host, &ids);
    let signed_out = |host: &mut Host| {
        let token = json!({"AccessToken": tokens["AccessToken"]});
        host.public("cognito-idp.GetUser", token).is_err()
    };
    assert!(!signed_out(&mut host));
    run(
        &mut host,
        &ids.pool,
        &[
            ("ListUsers", json!({}), "/Users/1/Username=ben"),
            ("ListUsers", json!({"Filter": "email ^= \"ana\""}), "/Users/1=null"),
            ("ListUsers", json!({"Limit": 1}), "/Users/0/Username=ana"),
            ("AdminUserGlobalSignOut", nobody.clone(), NO_USER),
            ("AdminUserGlobalSignOut", ana.clone(), "ok"),
        ],
    );
    assert!(signed_out(&mut host));
    let sign_in = |host: &mut Host| {
        let input = json!({
            "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": ids.client,
            "AuthParameters": {"USERNAME": "ana", "PASSWORD": "Ana-Photos-1!"},
        });
        host.public("cognito-idp.InitiateAuth", input).err().unwrap_or_default()
    };
    run(
        &mut host,
        &ids.pool,
        &[("AdminDisableUser", ana.clone(), "ok"), ("AdminGetUser", ana.clone(), "/Enabled=false")],
    );
    // The app client of the scenario prevents user existence errors.
    let incorrect = "NotAuthorizedException: Incorrect username or password.";
    assert_eq!(sign_in(&mut host), incorrect);
    run(
        &mut host,
        &ids.pool,
        &[("AdminEnableUser", nobody.clone(), NO_USER), ("AdminEnableUser", ana.clone(), "ok")],
    );
    assert_eq!(sign_in(&mut host), "");
    run(
        &mut host,
        &ids.pool,
        &[
            ("AdminDeleteUser", ana.clone(), "ok"),
            ("AdminGetUser", ana.clone(), NO_USER),
            ("AdminDeleteUser", ana, NO_USER),
        ],
    );
    assert_eq!(sign_in(&mut host), incorrect);
}

/// A user signs up, is confirmed by the administrator, resets a forgotten password and changes it.
#[test]
fn password_lifecycle() {
    let (mut host, ids) = photo_app();
    let attributes = json!([{"Name": "email", "Value": "eve@photos.example"}]);
    let input = json!({"ClientId": ids.client, "Username": "eve", "Password": "Eve-Photos-1!", "UserAttributes": attributes});
    host.public("cognito-idp.SignUp", input).unwrap();
    let eve = json!({"Username": "eve"});
    let verified =
        json!({"Username": "eve", "UserAttributes": [{"Name": "email_verified", "Value": "true"}]});
    run(
        &mut host,
        &ids.pool,
        &[
            ("AdminGetUser", eve.clone(), "/UserStatus=UNCONFIRMED"),
            ("AdminConfirmSignUp", eve.clone(), "ok"),
            ("AdminGetUser", eve.clone(), "/UserStatus=CONFIRMED"),
            (
                "AdminConfirmSignUp",
                eve,
                "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED",
            ),
            ("AdminUpdateUserAttributes", verified, "ok"),
        ],
    );
    let client = ids.client.clone();
    let input = json!({"ClientId": client, "Username": "eve"});
    host.public("cognito-idp.ForgotPassword", input).unwrap();
    let code = host.code();
    let confirm = |host: &mut Host, code: &str, password: &str| {
        let input = json!({"ClientId": client, "Username": "eve", "ConfirmationCode": code, "Password": password});
        host.public("cognito-idp.ConfirmForgotPassword", input).err().unwrap_or_default()
    };
    let wrong = if code == "000000" { "111111" } else { "000000" };
    assert!(confirm(&mut host, wrong, "Eve-Photos-2!").starts_with("CodeMismatchException"));
    assert!(confirm(&mut host, &code, "short").starts_with("InvalidPasswordException"));
    assert_eq!(confirm(&mut host, &code, "Eve-Photos-2!"), "");
    let sign_in = |host: &mut Host, password: &str| {
        let input = json!({
            "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client,
            "AuthParameters": {"USERNAME": "eve", "PASSWORD": password},
        });
        host.public("cognito-idp.InitiateAuth", input)
    };
    assert!(sign_in(&mut host, "Eve-Photos-1!").is_err());
    let tokens = sign_in(&mut host, "Eve-Photos-2!").unwrap();
    let change = |host: &mut Host, from: &str| {
        let access = tokens["AuthenticationResult"]["AccessToken"].clone();
        let input = json!({"AccessToken": access, "PreviousPassword": from, "ProposedPassword": "Eve-Photos-3!"});
        host.public("cognito-idp.ChangePassword", input).err().unwrap_or_default()
    };
    let incorrect = "NotAuthorizedException: Incorrect username or password.";
    assert_eq!(change(&mut host, "Eve-Photos-1!"), incorrect);
    assert_eq!(change(&mut host, "Eve-Photos-2!"), "");
    assert!(sign_in(&mut host, "Eve-Photos-3!").is_ok());
}

/// An administrator has no access to a user pool in another account.
#[test]
fn a_pool_in_another_account_is_not_accessible() {
    let (mut host, ids) = photo_app();
    let input = json!({
        "UserPoolId": ids.pool, "Username": "ana", "GroupName": "editors", "ClientId": ids.client,
        "Identifier": "x", "Domain": "photos-demo", "MaxResults": 9,
    });
    let before = host.world.clone();
    for call in [
        "AdminConfirmSignUp",
        "AdminDeleteUser",
        "AdminDisableUser",
        "AdminEnableUser",
        "AdminGetUser",
        "AdminListGroupsForUser",
        "AdminAddUserToGroup",
        "AdminRemoveUserFromGroup",
        "AdminUserGlobalSignOut",
        "DeleteGroup",
        "DeleteResourceServer",
        "DeleteUserPool",
        "DeleteUserPoolClient",
        "DeleteUserPoolDomain",
        "DescribeResourceServer",
        "DescribeUserPool",
        "DescribeUserPoolClient",
        "GetGroup",
        "ListGroups",
        "ListUserPoolClients",
        "ListUsers",
        "ListUsersInGroup",
        "UpdateGroup",
        "UpdateUserPool",
        "UpdateUserPoolClient",
    ] {
        let error = host.json(Some(ARCHIVE), &format!("cognito-idp.{call}"), &input);
        let error = error.err().unwrap_or_default();
        assert!(
            error.starts_with("AccessDeniedException: User: arn:aws:iam::444455556666"),
            "{call}: {error}"
        );
    }
    let tables: Vec<String> = before.diff(&host.world).into_iter().map(|w| w.table).collect();
    assert!(tables.iter().all(|table| table == "event"), "{tables:?}");
    let domain = host.json(Some(ARCHIVE), "cognito-idp.DescribeUserPoolDomain", &input).unwrap();
    assert_eq!(domain["DomainDescription"], json!({}));
}

#[test]
fn the_arn_of_a_pool_has_the_partition_of_its_region() {
    for (region, partition) in [("eu-west-1", "aws"), ("us-gov-west-1", "aws-us-gov")] {
        let mut host = Host { region, ..Host::empty() };
        let output = host.admin("cognito-idp.CreateUserPool", json!({"PoolName": "photos"}));
        let id = output["UserPool"]["Id"].as_str().unwrap();
        let arn = format!("arn:{partition}:cognito-idp:{region}:111122223333:userpool/{id}");
        assert_eq!(output["UserPool"]["Arn"], arn);
        let input = json!({"UserPoolId": id});
        host.admin("cognito-idp.DescribeUserPool", input.clone());
        let refused = host.json(Some(ARCHIVE), "cognito-idp.DescribeUserPool", &input).unwrap_err();
        assert!(refused.contains(&arn), "{refused}");
    }
}

#[test]
fn lists_are_paginated_and_refuse_invalid_tokens() {
    let (mut host, ids) = photo_app();
    run(
        &mut host,
        &ids.pool,
        &[
            ("ListUsers", json!({"Limit": 1}), "/PaginationToken=1"),
            ("ListUsers", json!({"Limit": 1, "PaginationToken": "1"}), "/Users/0/Username=ben"),
            ("ListUsers", json!({"Limit": 2}), "/PaginationToken=null"),
        ],
    );
    let invalid = "InvalidParameterException: Invalid pagination token";
    for (call, token) in [
        ("ListUsers", "PaginationToken"),
        ("ListGroups", "NextToken"),
        ("ListUserPoolClients", "NextToken"),
        ("ListUserPools", "NextToken"),
    ] {
        let input = json!({token: "x", "MaxResults": 9});
        run(&mut host, &ids.pool, &[(call, input, invalid)]);
    }
}
