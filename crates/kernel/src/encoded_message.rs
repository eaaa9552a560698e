//! Encoded authorization messages, which DecodeAuthorizationMessage reads.

use std::collections::BTreeMap;

use cognitab_policy::ladder::{Ladder, RungState, StatementTrace};
use cognitab_policy::{Case, Decision, Policy, TrustCase, TrustDecision};
use serde_json::{Value as Json, json};

use crate::caller::Key;
use crate::cx::Cx;
use crate::sealed;

/// The longest message that DecodeAuthorizationMessage accepts, in characters.
const LONGEST: usize = 10_240;

/// The message for a request that policies denied.
pub fn of_access(cx: &Cx<'_>, case: &Case, decision: &Decision) -> Option<String> {
    let limits = case.boundary.iter().chain(case.session.iter().flatten());
    let control = case.scp.iter().chain(&case.rcp).flatten();
    let policies = limits.chain(control).chain(&case.resource_policy).chain(&case.identity);
    let content = Content {
        arn: case.principal.arn(),
        action: &case.action,
        resource: &case.resource,
        context: &case.context,
        statements: denying(cx, &decision.ladder, &policies.collect::<Vec<_>>()),
        explicit: decision.explicit_deny,
    };
    content.sealed(cx)
}

/// The message for a principal that a trust policy did not allow.
pub fn of_trust(
    cx: &Cx<'_>,
    role: &str,
    case: &TrustCase,
    decision: &TrustDecision,
) -> Option<String> {
    let content = Content {
        arn: case.principal.arn(),
        action: decision.missing.as_deref().unwrap_or_default(),
        resource: role,
        context: &case.context,
        // The ladder names the trust policy by its type.
        statements: denying(
            cx,
            &decision.ladder,
            &[&Policy { name: "trust policy".to_owned(), ..case.trust.clone() }],
        ),
        explicit: decision.explicit_deny,
    };
    content.sealed(cx)
}

/// Decodes a message that was encoded for the caller's account.
pub fn read(cx: &Cx<'_>, message: &str) -> Option<String> {
    sealed::open(&cx.world, &cx.call.account, message)
}

/// The content of a message.
struct Content<'a> {
    arn: String,
    action: &'a str,
    resource: &'a str,
    context: &'a BTreeMap<String, Vec<String>>,
    statements: Vec<Json>,
    explicit: bool,
}

impl Content<'_> {
    /// The sealed message; if it is too long, without condition keys, and then without statements.
    /// `None` for callers without an account, because nobody could decode it.
    fn sealed(mut self, cx: &Cx<'_>) -> Option<String> {
        if cx.call.account.is_empty() {
            return None;
        }
        let conditions = self.context.iter().map(|(key, values)| condition(key, values)).collect();
        let whole = self.message(cx, conditions);
        let short = self.message(cx, Vec::new());
        self.statements.clear();
        let shortest = self.message(cx, Vec::new());
        [whole, short, shortest]
            .into_iter()
            .filter_map(|message| sealed::close(&cx.world, &cx.call.account, &message.to_string()))
            .find(|message| message.len() <= LONGEST)
    }

    fn message(&self, cx: &Cx<'_>, conditions: Vec<Json>) -> Json {
        let id = cx.call.caller.key().map(|key| key.user_id.as_str()).unwrap_or_default();
        json!({
            "allowed": false,
            "explicitDeny": self.explicit,
            "matchedStatements": {"items": self.statements},
            "failures": {"items": []},
            "context": {
                "principal": {"id": id, "arn": self.arn},
                "action": self.action,
                "resource": self.resource,
                "conditions": {"items": conditions},
            },
        })
    }
}

/// The statements that deny, in AWS's form.
fn denying(cx: &Cx<'_>, ladder: &Ladder, policies: &[&Policy]) -> Vec<Json> {
    let denied = ladder.iter().filter(|rung| rung.state == RungState::Denied);
    let write = |trace: &StatementTrace| {
        let policy = policies.iter().find(|one| one.name == trace.policy)?;
        let statement = match policy.document.get("Statement")? {
            Json::Array(list) => list.get(trace.index)?,
            one => one,
        };
        Some(written(cx.call.caller.key(), trace, statement))
    };
    denied.flat_map(|rung| &rung.statements).filter_map(write).collect()
}

fn written(key: Option<&Key>, trace: &StatementTrace, statement: &Json) -> Json {
    let part = |name: &str| statement.get(name).or_else(|| statement.get(format!("Not{name}")));
    let holder = key.and_then(|key| key.user_id.split(':').next()).unwrap_or_default();
    let principals = match part("Principal") {
        None => vec![holder.to_owned()],
        Some(Json::Object(kinds)) => kinds.values().flat_map(texts).collect(),
        Some(one) => texts(one),
    };
    let conditions = statement.get("Condition").and_then(Json::as_object);
    let conditions = conditions.into_iter().flat_map(|operators| operators.values());
    let keys = conditions.filter_map(Json::as_object).flatten();
    json!({
        "statementId": trace.sid.as_deref().unwrap_or_default(),
        "effect": "DENY",
        "principals": items(&principals),
        "principalGroups": {"items": []},
        "actions": items(&part("Action").map(texts).unwrap_or_default()),
        "resources": items(&part("Resource").map(texts).unwrap_or_default()),
        "conditions": {"items": keys.map(|(key, one)| condition(key, &texts(one))).collect::<Vec<_>>()},
    })
}

fn condition(key: &str, values: &[String]) -> Json {
    json!({"key": key, "values": items(values)})
}

fn items(values: &[String]) -> Json {
    json!({"items": values.iter().map(|value| json!({"value": value})).collect::<Vec<_>>()})
}

/// The texts of a list or of a single value.
fn texts(value: &Json) -> Vec<String> {
    let text = |one: &Json| one.as_str().map_or_else(|| one.to_string(), str::to_owned);
    match value {
        Json::Array(list) => list.iter().map(text).collect(),
        one => vec![text(one)],
    }
}
