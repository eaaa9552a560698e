//! Authorization: gathers every policy that applies to a request and has `cognitab-policy` decide.

use std::collections::BTreeMap;

use cognitab_policy::ladder::RungKind;
use cognitab_policy::{Case, Decision, Document, ParsedCase, Policy, Principal, Question};
use cognitab_wire::Value;
use cognitab_wire::arn::Arn;
use serde_json::json;

use crate::caller::Caller;
use crate::cx::Cx;
use crate::error::ApiError;
use crate::operation::{Access, Entry};
use crate::service::Protocol;
use crate::{condition_keys, encoded_message};

/// Checks everything that an operation needs to be allowed.
pub fn operation(cx: &mut Cx<'_>, operation: &Entry, input: &Value) -> Result<(), ApiError> {
    for access in (operation.access)(cx, input) {
        check(cx, &access)?;
    }
    Ok(())
}

/// Checks one action on one resource. The rungs are noted either way.
pub fn check(cx: &mut Cx<'_>, access: &Access) -> Result<(), ApiError> {
    let mut case = case(cx, access);
    let parsed = parse(&mut case)?;
    let decision = parsed.evaluate();
    // A second check of the same request (a copy reads and writes) replaces the rungs of the first.
    cx.call.why.ladder.retain(|rung| rung.kind < RungKind::ExplicitDeny);
    let verdict = if decision.allowed {
        Ok(())
    } else {
        cx.call.why.fix = parsed.fix();
        cx.call.why.encoded = encoded_message::of_access(cx, &case, &decision);
        let quotes = cx.call.service.wording.quotes_resource;
        Err(denied(cx, message(&case, &decision, quotes)))
    };
    cx.call.why.ladder.extend(decision.ladder);
    cx.call.why.case = Some(Question::Access(Box::new(case)));
    verdict
}

/// The case: the request with every policy that applies to it.
fn case(cx: &Cx<'_>, access: &Access) -> Case {
    let principal = principal(&cx.call.caller);
    let key = cx.call.caller.key();
    let attached = key.map(|k| cx.identity_policies(&k.principal)).unwrap_or_default();
    let session = |texts: &Vec<String>| {
        let each = texts.iter().enumerate();
        let policy = |(i, text): (usize, &String)| Policy {
            fixed: true,
            ..policy(format!("session policy {}", i + 1), text)
        };
        each.map(policy).collect()
    };
    Case {
        action: access.action.clone(),
        resource: access.resource.clone(),
        account: access.owner.clone().unwrap_or_else(|| cx.call.account.clone()),
        context: context(cx, access),
        identity: attached.identity,
        boundary: attached.boundary,
        session: key.and_then(|k| k.session_policies.as_ref()).map(session),
        resource_policy: access.policy.as_ref().map(|text| policy(access.resource.clone(), text)),
        must_allow: false,
        scp: Vec::new(),
        rcp: Vec::new(),
        principal,
    }
}

/// A stored policy. A text that is not JSON becomes a document that cannot be parsed.
pub fn policy(name: impl Into<String>, text: &str) -> Policy {
    let document = serde_json::from_str(text).unwrap_or_default();
    Policy { name: name.into(), document, fixed: false }
}

/// Parses the policies. One that cannot be parsed grants nothing; in the place of a permissions
/// boundary or session policy it denies everything.
pub fn parse(case: &mut Case) -> Result<ParsedCase, ApiError> {
    case.parse().or_else(|_| {
        let good = |one: &Policy| Document::from_value(one.document.clone()).is_ok();
        case.identity.retain(good);
        case.resource_policy = case.resource_policy.take().filter(good);
        for bound in case.boundary.iter_mut().chain(case.session.iter_mut().flatten()) {
            if !good(bound) {
                bound.document = json!({
                    "Version": "2012-10-17",
                    "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"},
                });
            }
        }
        case.parse().map_err(|unread| ApiError::new(500, "InternalFailure", unread.to_string()))
    })
}

/// The caller as a principal of the policy language.
pub fn principal(caller: &Caller) -> Principal {
    match caller {
        Caller::Key(key) if key.is_session() => Principal::Session {
            role_arn: key.principal.clone(),
            session_arn: key.arn.clone(),
            account: key.account.clone(),
        },
        Caller::Key(key) => match Arn::parse(&key.arn).filter(Arn::is_root) {
            Some(root) => Principal::Root {
                account: key.account.clone(),
                partition: root.partition().to_string(),
            },
            None => Principal::User {
                arn: key.arn.clone(),
                id: key.user_id.clone(),
                account: key.account.clone(),
            },
        },
        Caller::Service(name) => Principal::Service { name: (*name).to_owned() },
        Caller::Anonymous | Caller::User(_) => Principal::Anonymous,
    }
}

/// Condition keys of a request: those of the table, the session's, and the operation's own.
fn context(cx: &Cx<'_>, access: &Access) -> BTreeMap<String, Vec<String>> {
    let mut context = condition_keys::of(cx, access);
    if let Some(key) = cx.call.caller.key() {
        context.extend(key.context.clone());
    }
    context.extend(access.context.iter().cloned());
    context
}

/// AWS's message for a denied request. A service that `quotes` the resource explains itself only
/// within one account.
pub fn message(case: &Case, decision: &Decision, quotes: bool) -> String {
    let account = case.principal.account();
    let home = account.is_some_and(|own| case.account.is_empty() || own == case.account);
    if quotes && !decision.allowed && !home {
        return "Access Denied".to_owned();
    }
    decision.message(&case.principal.arn(), &case.action, &case.resource, quotes)
}

/// The error of a denied request; its status depends on the protocol.
fn denied(cx: &Cx<'_>, message: String) -> ApiError {
    let status = match cx.call.service.protocol {
        Protocol::Json10 | Protocol::Json11 => 400,
        Protocol::RestJson | Protocol::Query | Protocol::RestXml => 403,
    };
    ApiError::new(status, cx.call.service.wording.denied, message)
}
