//! What IAM's own operations need: action and resource.

use cognitab_kernel::{Access, Cx};
use cognitab_wire::Value;
use cognitab_wire::arn::{Arn, account_of, is_account_id};

fn on(action: &str, resource: String) -> Vec<Access> {
    // AWS managed policies belong to no account.
    let owner = account_of(&resource).filter(|account| is_account_id(account));
    let owner = owner.map(str::to_owned);
    vec![Access { owner, ..Access::new(action, resource) }]
}

/// The role that the input names.
pub(crate) fn role(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    named(cx, action, "role", input.text("RoleName"))
}

/// The user that the input names, or the caller.
pub(crate) fn user(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    match (input.text("UserName"), cx.call.caller.key()) {
        ("", Some(key)) => on(action, key.principal.clone()),
        (name, _) => named(cx, action, "user", name),
    }
}

/// The managed policy that the input names.
pub(crate) fn policy(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    match input.text("PolicyArn") {
        "" => named(cx, action, "policy", input.text("PolicyName")),
        arn => on(action, arn.to_owned()),
    }
}

/// The user or role whose policies the input names.
pub(crate) fn policy_source(_cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    on(action, input.text("PolicySourceArn").to_owned())
}

/// The outside issuer that the input names.
pub(crate) fn provider(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    match (input.text("OpenIDConnectProviderArn"), input.text("Url")) {
        ("", url) => named(cx, action, "oidc-provider", url.trim_start_matches("https://")),
        (arn, _) => on(action, arn.to_owned()),
    }
}

/// Lists name no one: their resource ends in a slash.
fn named(cx: &Cx<'_>, action: &str, kind: &str, name: &str) -> Vec<Access> {
    let resource = format!("{kind}/{name}");
    on(action, Arn::global(&cx.call.region, "iam", &cx.call.account, &resource).to_string())
}
