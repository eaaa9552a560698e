//! The lifecycle of identity pools and identities.

use crate::common::photos::{credentials, get_id, logins, photo_app, provider, sign_in};
use crate::common::{ARCHIVE, Host, STUDIO, run};
use serde_json::json;

const ROLE: &str = "arn:aws:iam::111122223333:role/photos-guest";

fn create_identity_pool(host: &mut Host, name: &str) -> String {
    let input = json!({"IdentityPoolName": name, "AllowUnauthenticatedIdentities": true});
    let output = host.admin("cognito-identity.CreateIdentityPool", input);
    output["IdentityPoolId"].as_str().unwrap().to_owned()
}

#[test]
fn identity_pool_lifecycle() {
    let mut host = Host::empty();
    let (first, second) =
        (create_identity_pool(&mut host, "photos"), create_identity_pool(&mut host, "albums"));
    let id = json!({"IdentityPoolId": first});
    let second_listed_pool =
        format!("/IdentityPools/1/IdentityPoolId={}", first.clone().max(second));
    let not_found = format!("ResourceNotFoundException: IdentityPool '{first}' not found.");
    let with = |more: serde_json::Value| {
        let mut input = id.clone();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let update = json!({"IdentityPoolName": "pictures", "AllowUnauthenticatedIdentities": false, "DeveloperProviderName": "login.photos.example"});
    run(
        &mut host,
        &[
            (
                STUDIO,
                "cognito-identity.DescribeIdentityPool",
                id.clone(),
                "/IdentityPoolName=photos",
            ),
            (
                STUDIO,
                "cognito-identity.DescribeIdentityPool",
                json!({"IdentityPoolId": "us-east-1:0"}),
                "ResourceNotFoundException: IdentityPool 'us-east-1:0' not found.",
            ),
            (
                STUDIO,
                "cognito-identity.UpdateIdentityPool",
                with(update),
                "/IdentityPoolName=pictures",
            ),
            (
                STUDIO,
                "cognito-identity.DescribeIdentityPool",
                id.clone(),
                "/AllowUnauthenticatedIdentities=false",
            ),
            (
                STUDIO,
                "cognito-identity.DescribeIdentityPool",
                id.clone(),
                "/DeveloperProviderName=login.photos.example",
            ),
            (
                STUDIO,
                "cognito-identity.GetId",
                id.clone(),
                "NotAuthorizedException: Unauthenticated access is not supported for this identity pool.",
            ),
            (STUDIO, "cognito-identity.GetIdentityPoolRoles", id.clone(), "/Roles={}"),
            (
                STUDIO,
                "cognito-identity.SetIdentityPoolRoles",
                with(json!({"Roles": {"unauthenticated": ROLE}})),
                "ok",
            ),
            (
                STUDIO,
                "cognito-identity.SetIdentityPoolRoles",
                with(json!({"Roles": {"other": ROLE}})),
                "InvalidParameterException: 1 validation error detected: Value at 'roles' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: (un)?authenticated]",
            ),
            (
                STUDIO,
                "cognito-identity.GetIdentityPoolRoles",
                id.clone(),
                &format!("/Roles/unauthenticated={ROLE}"),
            ),
            (
                STUDIO,
                "cognito-identity.ListIdentityPools",
                json!({"MaxResults": 60}),
                &second_listed_pool,
            ),
            (
                STUDIO,
                "cognito-identity.ListIdentityPools",
                json!({"MaxResults": 1}),
                "/NextToken=1",
            ),
            (
                STUDIO,
                "cognito-identity.ListIdentityPools",
                json!({"MaxResults": 1, "NextToken": "1"}),
                "/NextToken=null",
            ),
            (
                ARCHIVE,
                "cognito-identity.ListIdentityPools",
                json!({"MaxResults": 60}),
                "/IdentityPools=[]",
            ),
        ],
    );
    for call in ["DescribeIdentityPool", "GetIdentityPoolRoles", "DeleteIdentityPool"] {
        let call = format!("cognito-identity.{call}");
        let refused = host.json(Some(ARCHIVE), &call, &id).unwrap_err();
        assert!(
            refused.starts_with("AccessDeniedException: User: arn:aws:iam::444455556666"),
            "{refused}"
        );
    }
    run(
        &mut host,
        &[
            (STUDIO, "cognito-identity.DeleteIdentityPool", id.clone(), "ok"),
            (STUDIO, "cognito-identity.DescribeIdentityPool", id.clone(), &not_found),
            (
                STUDIO,
                "cognito-identity.UpdateIdentityPool",
                with(json!({"IdentityPoolName": "x", "AllowUnauthenticatedIdentities": true})),
                &not_found,
            ),
            (STUDIO, "cognito-identity.DeleteIdentityPool", id.clone(), &not_found),
            (
                STUDIO,
                "cognito-identity.ListIdentityPools",
                json!({"MaxResults": 60}),
                "/IdentityPools/1=null",
            ),
        ],
    );
}

#[test]
fn identity_lifecycle() {
    let (mut host, ids) = photo_app();
    let tokens = sign_in(&mut host, &ids);
    let login = logins(&ids, tokens["IdToken"].as_str().unwrap());
    let ana = get_id(&mut host, &ids, &login).unwrap();
    let guest = get_id(&mut host, &ids, &json!({})).unwrap();
    let (ana_input, guest_input) = (json!({"IdentityId": ana}), json!({"IdentityId": guest}));
    let not_found = format!("ResourceNotFoundException: Identity '{ana}' not found.");
    let list_all = json!({"IdentityPoolId": ids.identity_pool, "MaxResults": 60});
    let list_first_page = json!({"IdentityPoolId": ids.identity_pool, "MaxResults": 1});
    let unlink_from_ana =
        json!({"IdentityId": ana, "Logins": login, "LoginsToRemove": [provider(&ids)]});
    let unlink_from_guest =
        json!({"IdentityId": guest, "Logins": login, "LoginsToRemove": [provider(&ids)]});
    run(
        &mut host,
        &[
            (
                STUDIO,
                "cognito-identity.DescribeIdentity",
                ana_input.clone(),
                &format!("/Logins/0={}", provider(&ids)),
            ),
            (STUDIO, "cognito-identity.DescribeIdentity", guest_input.clone(), "/Logins=[]"),
            (ARCHIVE, "cognito-identity.DescribeIdentity", ana_input.clone(), &not_found),
            (STUDIO, "cognito-identity.ListIdentities", list_all.clone(), "/Identities/2=null"),
            (STUDIO, "cognito-identity.ListIdentities", list_first_page, "/NextToken=1"),
            (
                STUDIO,
                "cognito-identity.UnlinkIdentity",
                unlink_from_guest,
                "NotAuthorizedException: Logins don't match. Please include at least one valid login for this identity or identity pool.",
            ),
            (STUDIO, "cognito-identity.UnlinkIdentity", unlink_from_ana, "ok"),
            (STUDIO, "cognito-identity.DescribeIdentity", ana_input.clone(), "/Logins=[]"),
        ],
    );
    let new_identity = get_id(&mut host, &ids, &login).unwrap();
    assert_ne!(new_identity, ana, "the login is no longer linked to the first identity");
    assert!(credentials(&mut host, &new_identity, &login).is_ok());
    let ana_and_unknown = json!({"IdentityIdsToDelete": [ana, "us-east-1:0"]});
    run(
        &mut host,
        &[
            (
                ARCHIVE,
                "cognito-identity.DeleteIdentities",
                ana_and_unknown.clone(),
                "/UnprocessedIdentityIds/1/ErrorCode=AccessDenied",
            ),
            (STUDIO, "cognito-identity.DescribeIdentity", ana_input.clone(), "ok"),
            (
                STUDIO,
                "cognito-identity.DeleteIdentities",
                ana_and_unknown,
                "/UnprocessedIdentityIds/0/IdentityId=us-east-1:0",
            ),
            (STUDIO, "cognito-identity.DescribeIdentity", ana_input.clone(), &not_found),
            (
                STUDIO,
                "cognito-identity.DeleteIdentityPool",
                json!({"IdentityPoolId": ids.identity_pool}),
                "ok",
            ),
            (
                STUDIO,
                "cognito-identity.DescribeIdentity",
                guest_input.clone(),
                &format!("ResourceNotFoundException: Identity '{guest}' not found."),
            ),
        ],
    );
}
