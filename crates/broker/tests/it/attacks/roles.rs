//! More than one's role: roles not offered, roles that trust somebody else, sessions that reach
//! for what they were not given.

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

/// A role that trusts this principal, and may do everything.
fn powerful(lab: &mut Lab, name: &str, principal: Json, condition: Json) {
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
    more: &[(&str, &str)],
) -> Result<Credentials, String> {
    let arn = format!("{ROLE}{role}");
    let input = [&[("RoleArn", &*arn), ("RoleSessionName", "s1")], more].concat();
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

/// Ana asks for a role that her token does not offer.
fn custom_role(lab: &mut Lab) -> String {
    let mapping = json!({provider_of_client(lab): {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"}});
    let roles = json!({
        "authenticated": format!("{ROLE}photos-signed-in"),
        "unauthenticated": format!("{ROLE}photos-guest"),
    });
    let input =
        json!({"IdentityPoolId": lab.ids.identity_pool, "Roles": roles, "RoleMappings": mapping});
    lab.host.admin("cognito-identity.SetIdentityPoolRoles", input);
    ask_for_a_role(lab)
}

fn ask_for_a_role(lab: &mut Lab) -> String {
    let logins = lab.logins();
    let id = get_id(&mut lab.host, &lab.ids, &logins).unwrap();
    let input =
        json!({"IdentityId": id, "Logins": logins, "CustomRoleArn": format!("{ROLE}photos-guest")});
    lab.host.public("cognito-identity.GetCredentialsForIdentity", input).unwrap_err()
}

fn provider_of_client(lab: &Lab) -> String {
    format!("{}:{}", provider(&lab.ids), lab.ids.client)
}

/// A guest's token for the role of those who have signed in.
fn guest_as_user(lab: &mut Lab) -> String {
    let id = get_id(&mut lab.host, &lab.ids, &json!({})).unwrap();
    let answer = lab.host.public("cognito-identity.GetOpenIdToken", json!({"IdentityId": id}));
    let token = answer.unwrap()["Token"].as_str().unwrap().to_owned();
    let form = [
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", "2011-06-15"),
        ("RoleArn", "arn:aws:iam::111122223333:role/photos-signed-in"),
        ("RoleSessionName", "app"),
        ("WebIdentityToken", &token),
    ];
    error_summary(&lab.host.send(post("https://sts.us-east-1.amazonaws.com/", &form)))
}

/// From a role that may assume others to one that trusts somebody else.
fn chained(lab: &mut Lab) -> String {
    powerful(lab, "first", json!({"AWS": "111122223333"}), json!({}));
    powerful(
        lab,
        "second",
        json!({"AWS": "arn:aws:iam::111122223333:user/administrator"}),
        json!({}),
    );
    let first = assume(lab, &crate::common::credentials(STUDIO), "first", &[]).unwrap();
    assume(lab, &first, "second", &[]).unwrap_err()
}

/// A session cut to one bucket assumes its own role again, to be rid of the cut.
fn uncut(lab: &mut Lab) -> String {
    powerful(lab, "worker", json!({"AWS": "111122223333"}), json!({}));
    let cut = policy(json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}));
    let session =
        assume(lab, &crate::common::credentials(STUDIO), "worker", &[("Policy", &cut)]).unwrap();
    assume(lab, &session, "worker", &[]).unwrap_err()
}

/// A session policy that allows more than the role.
fn widened(lab: &mut Lab) -> String {
    let trust = policy(
        json!({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}),
    );
    iam(lab, "CreateRole", &[("RoleName", "narrow"), ("AssumeRolePolicyDocument", &trust)]);
    let all = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let session =
        assume(lab, &crate::common::credentials(STUDIO), "narrow", &[("Policy", &all)]).unwrap();
    error_summary(&s3(&mut lab.host, &session, "GET", "public/welcome.txt", ""))
}

fn deputy(lab: &mut Lab) -> String {
    let condition = json!({"StringEquals": {"sts:ExternalId": "photos-7"}});
    powerful(lab, "partner", json!({"AWS": "111122223333"}), condition);
    assume(lab, &crate::common::credentials(STUDIO), "partner", &[("ExternalId", "photos-8")])
        .unwrap_err()
}

fn others_folder(lab: &mut Lab) -> String {
    let (_, key) = ana(lab);
    error_summary(&s3(&mut lab.host, &key, "GET", "private/us-east-1%3Aother/a", ""))
}

/// Ana's role cannot write itself a policy.
fn promoted(lab: &mut Lab) -> String {
    let (_, key) = ana(lab);
    let all = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let put = [("RoleName", "photos-signed-in"), ("PolicyName", "p"), ("PolicyDocument", &*all)];
    error_summary(&lab.host.query(&key, "iam.PutRolePolicy", &put))
}

/// An identity without the login that belongs to it.
fn bare_identity(lab: &mut Lab) -> String {
    let (id, _) = ana(lab);
    credentials(&mut lab.host, &id, &json!({})).unwrap_err()
}

pub(crate) const ATTACKS: &[Attack] = &[
    ("role: not offered by the token", custom_role, "NotAuthorizedException: Access denied"),
    (
        "role: asked for without a mapping",
        ask_for_a_role,
        "InvalidParameterException: CustomRoleArn can only be used with a role mapping.",
    ),
    (
        "role: a guest as one who signed in",
        guest_as_user,
        "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ),
    (
        "role: chained to one that trusts another",
        chained,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/first/s1 is not authorized to perform: sts:AssumeRole",
    ),
    (
        "role: assumed again to be rid of a session policy",
        uncut,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/worker/s1 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/worker because no session policy allows the sts:AssumeRole action",
    ),
    ("role: another external id", deputy, "403 AccessDenied"),
    (
        "role: a session policy wider than the role",
        widened,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/narrow/s1 is not authorized to perform: s3:GetObject",
    ),
    ("role: somebody else's folder", others_folder, "403 AccessDenied"),
    ("role: a policy for oneself", promoted, "403 AccessDenied"),
    ("identity: without its login", bare_identity, "NotAuthorizedException: Access to Identity '"),
];
