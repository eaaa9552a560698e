//! What IAM's own operations need: action and resource.

use cognitab_wire::Value;

use crate::cx::Cx;
use crate::operation::Access;

fn on(cx: &Cx<'_>, resource: String) -> Vec<Access> {
    let action = crate::address::query_params(cx.request);
    let action = cognitab_wire::http::param(&action, "Action").unwrap_or_default();
    let owner = resource.split(':').nth(4).filter(|account| is_account(account));
    let owner = owner.map(str::to_owned);
    vec![Access { owner, ..Access::new(format!("iam:{action}"), resource) }]
}

/// Policies of AWS's own belong to no account.
fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// The role that the input names.
pub(super) fn role(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    named(cx, "role", input.text("RoleName"))
}

/// The user that the input names, or the caller.
pub(super) fn user(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    match (input.text("UserName"), cx.caller.key()) {
        ("", Some(key)) => on(cx, key.principal.clone()),
        (name, _) => named(cx, "user", name),
    }
}

/// The managed policy that the input names.
pub(super) fn policy(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    match input.text("PolicyArn") {
        "" => named(cx, "policy", input.text("PolicyName")),
        arn => on(cx, arn.to_owned()),
    }
}

/// The user or role whose policies the input names.
pub(super) fn source(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    on(cx, input.text("PolicySourceArn").to_owned())
}

/// Nothing in particular.
pub(super) fn any(cx: &Cx<'_>, _input: &Value) -> Vec<Access> {
    on(cx, "*".to_owned())
}

/// The outside issuer that the input names.
pub(super) fn provider(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    match (input.text("OpenIDConnectProviderArn"), input.text("Url")) {
        ("", url) => named(cx, "oidc-provider", url.trim_start_matches("https://")),
        (arn, _) => on(cx, arn.to_owned()),
    }
}

/// Lists name no one: their resource ends in a slash.
fn named(cx: &Cx<'_>, kind: &str, name: &str) -> Vec<Access> {
    on(cx, format!("arn:aws:iam::{}:{kind}/{name}", cx.account))
}
