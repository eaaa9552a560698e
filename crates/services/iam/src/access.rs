//! The permissions that IAM's operations require: an action on a resource of IAM.

use cognitab_kernel::{Access, Cx};
use cognitab_wire::Value;
use cognitab_wire::arn::{Arn, account_of, is_account_id};

fn access(action: &str, resource: String) -> Vec<Access> {
    // AWS managed policies belong to no account.
    let owner = account_of(&resource).filter(|account| is_account_id(account));
    let owner = owner.map(str::to_owned);
    vec![Access { owner, ..Access::new(action, resource) }]
}

/// Access to the role of the request, `RoleName`.
pub(crate) fn role(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    named(cx, action, "role", input.text("RoleName"))
}

/// Access to the user of the request, `UserName`; by default the caller.
pub(crate) fn user(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    match (input.text("UserName"), cx.call.caller.key()) {
        ("", Some(key)) => access(action, key.principal.clone()),
        (name, _) => named(cx, action, "user", name),
    }
}

/// Access to the managed policy of the request, `PolicyArn` or `PolicyName`.
pub(crate) fn policy(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    match input.text("PolicyArn") {
        "" => named(cx, action, "policy", input.text("PolicyName")),
        arn => access(action, arn.to_owned()),
    }
}

/// Access to the user or role of the request, `PolicySourceArn`.
pub(crate) fn policy_source(_cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    access(action, input.text("PolicySourceArn").to_owned())
}

/// Access to the identity provider of the request, `OpenIDConnectProviderArn` or `Url`.
pub(crate) fn provider(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    match (input.text("OpenIDConnectProviderArn"), input.text("Url")) {
        ("", url) => named(cx, action, "oidc-provider", url.trim_start_matches("https://")),
        (arn, _) => access(action, arn.to_owned()),
    }
}

/// Access to a resource of the caller's account. Operations that list have no name: their resource
/// ends in a slash.
fn named(cx: &Cx<'_>, action: &str, resource_type: &str, name: &str) -> Vec<Access> {
    let resource = format!("{resource_type}/{name}");
    access(action, Arn::global(&cx.call.region, "iam", &cx.call.account, &resource).to_string())
}
