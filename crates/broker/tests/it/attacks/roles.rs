//! Privilege escalation: roles that a token does not contain, roles that trust another principal, and
//! sessions that exceed their permissions.

use cognitab_wire::sigv4::Credentials;
use serde_json::{Value as Json, json};

use super::{Attack, Lab};
use crate::common::photos::{credentials, get_id, provider, s3};
use crate::common::{STUDIO, credentials_in, error_summary, post};

const ROLE: &str = "arn:aws:iam::111122223333:role/";

fn iam(lab: &mut Lab, action: &str, input: &[(&str, &str)]) {
    let response =
        lab.host.query(&crate::common::credentials(STUDIO), &format!("iam.{action}"), input);
    assert_eq!(response.status, 200, "{}", response.text());
}

fn policy(effect: Json) -> String {
    json!({"Version": "2012-10-17", "Statement": [effect]}).to_string()
}

/// Creates a role that trusts a principal and has all permissions.
fn create_admin_role(lab: &mut Lab, name: &str, principal: Json, condition: Json) {
    let trust = policy(json!({
        "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole",
        "Condition": condition,
    }));
    iam(lab, "CreateRole", &[("RoleName", name), ("AssumeRolePolicyDocument", &trust)]);
    let all = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    iam(
        lab,
        "PutRolePolicy",
        &[("RoleName", name), ("PolicyName", "all"), ("PolicyDocument", &all)],
    );
}

fn assume(
    lab: &mut Lab,
    key: &Credentials,
    role: &str,
    parameters: &[(&str, &str)],
) -> Result<Credentials, String> {
    let arn = format!("{ROLE}{role}");
    let input = [&[("RoleArn", &*arn), ("RoleSessionName", "s1")], parameters].concat();
    let response = lab.host.query(key, "sts.AssumeRole", &input);
    if response.status == 200 {
        Ok(credentials_in(&response))
    } else {
        Err(error_summary(&response))
    }
}

fn ana(lab: &mut Lab) -> (String, Credentials) {
    let logins = lab.logins();
    let id = get_id(&mut lab.host, &lab.ids, &logins).unwrap();
    let key = credentials(&mut lab.host, &id, &logins).unwrap();
    (id, key)
}

/// A `CustomRoleArn` that is not in Ana's token.
fn custom_role_not_in_token(lab: &mut Lab) -> String {
    let mapping = json!({provider_of_client(lab): {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"}});
    let roles = json!({
        "authenticated": format!("{ROLE}photos-signed-in"),
        "unauthenticated": format!("{ROLE}photos-guest"),
    });
    let input =
        json!({"IdentityPoolId": lab.ids.identity_pool, "Roles": roles, "RoleMappings": mapping});
    lab.host.admin("cognito-identity.SetIdentityPoolRoles", input);
    custom_role_without_mapping(lab)
}

fn custom_role_without_mapping(lab: &mut Lab) -> String {
    let logins = lab.logins();
    let id = get_id(&mut lab.host, &lab.ids, &logins).unwrap();
    let input =
        json!({"IdentityId": id, "Logins": logins, "CustomRoleArn": format!("{ROLE}photos-guest")});
    lab.host.public("cognito-identity.GetCredentialsForIdentity", input).unwrap_err()
}

fn provider_of_client(lab: &Lab) -> String {
    format!("{}:{}", provider(&lab.ids), lab.ids.client)
}

/// A guest's token for the role of signed-in users.
fn guest_token_for_signed_in_role(lab: &mut Lab) -> String {
    let id = get_id(&mut lab.host, &lab.ids, &json!({})).unwrap();
    let output = lab.host.public("cognito-identity.GetOpenIdToken", json!({"IdentityId": id}));
    let token = output.unwrap()["Token"].as_str().unwrap().to_owned();
    let form = [
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", "2011-06-15"),
        ("RoleArn", "arn:aws:iam::111122223333:role/photos-signed-in"),
        ("RoleSessionName", "app"),
        ("WebIdentityToken", &token),
    ];
    error_summary(&lab.host.send(post("https://sts.us-east-1.amazonaws.com/", &form)))
}

/// From a role that can assume other roles to a role that trusts another principal.
fn chain_to_role_that_trusts_another(lab: &mut Lab) -> String {
    create_admin_role(lab, "first", json!({"AWS": "111122223333"}), json!({}));
    create_admin_role(
        lab,
        "second",
        json!({"AWS": "arn:aws:iam::111122223333:user/administrator"}),
        json!({}),
    );
    let first = assume(lab, &crate::common::credentials(STUDIO), "first", &[]).unwrap();
    assume(lab, &first, "second", &[]).unwrap_err()
}

/// A session with a session policy assumes its own role again, without the session policy.
fn drop_session_policy(lab: &mut Lab) -> String {
    create_admin_role(lab, "worker", json!({"AWS": "111122223333"}), json!({}));
    let session_policy =
        policy(json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}));
    let session =
        assume(lab, &crate::common::credentials(STUDIO), "worker", &[("Policy", &session_policy)])
            .unwrap();
    assume(lab, &session, "worker", &[]).unwrap_err()
}

/// A session policy that allows more than the role.
fn session_policy_wider_than_role(lab: &mut Lab) -> String {
    let trust = policy(
        json!({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}),
    );
    iam(lab, "CreateRole", &[("RoleName", "narrow"), ("AssumeRolePolicyDocument", &trust)]);
    let all = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let session =
        assume(lab, &crate::common::credentials(STUDIO), "narrow", &[("Policy", &all)]).unwrap();
    error_summary(&s3(&mut lab.host, &session, "GET", "public/welcome.txt", ""))
}

fn wrong_external_id(lab: &mut Lab) -> String {
    let condition = json!({"StringEquals": {"sts:ExternalId": "photos-7"}});
    create_admin_role(lab, "partner", json!({"AWS": "111122223333"}), condition);
    assume(lab, &crate::common::credentials(STUDIO), "partner", &[("ExternalId", "photos-8")])
        .unwrap_err()
}

fn folder_of_another_identity(lab: &mut Lab) -> String {
    let (_, key) = ana(lab);
    error_summary(&s3(&mut lab.host, &key, "GET", "private/us-east-1%3Aother/a", ""))
}

/// Ana's session adds a policy to its own role.
fn policy_for_own_role(lab: &mut Lab) -> String {
    let (_, key) = ana(lab);
    let all = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let put = [("RoleName", "photos-signed-in"), ("PolicyName", "p"), ("PolicyDocument", &*all)];
    error_summary(&lab.host.query(&key, "iam.PutRolePolicy", &put))
}

/// Credentials for an identity without the login that is linked to it.
fn identity_without_login(lab: &mut Lab) -> String {
    let (id, _) = ana(lab);
    credentials(&mut lab.host, &id, &json!({})).unwrap_err()
}

pub(crate) const ATTACKS: &[Attack] = &[
    ("role: not in the token", custom_role_not_in_token, "NotAuthorizedException: Access denied"),
    (
        "role: CustomRoleArn without a role mapping",
        custom_role_without_mapping,
        "InvalidParameterException: CustomRoleArn can only be used with a role mapping.",
    ),
    (
        "role: a guest's token for the role of signed-in users",
        guest_token_for_signed_in_role,
        "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ),
    (
        "role: chained to a role that trusts another principal",
        chain_to_role_that_trusts_another,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/first/s1 is not authorized to perform: sts:AssumeRole",
    ),
    (
        "role: assumed again without the session policy",
        drop_session_policy,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/worker/s1 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/worker because no session policy allows the sts:AssumeRole action",
    ),
    ("role: another external ID", wrong_external_id, "403 AccessDenied"),
    (
        "role: a session policy wider than the role",
        session_policy_wider_than_role,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/narrow/s1 is not authorized to perform: s3:GetObject",
    ),
    ("role: the folder of another identity", folder_of_another_identity, "403 AccessDenied"),
    ("role: a policy for the caller's own role", policy_for_own_role, "403 AccessDenied"),
    (
        "identity: without the linked login",
        identity_without_login,
        "NotAuthorizedException: Access to Identity '",
    ),
];
