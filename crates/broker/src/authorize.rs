//! May the caller do it? Gathers every policy that applies and lets `policy` decide.

use std::collections::BTreeMap;

use cognitab_policy::ladder::RungKind;
use cognitab_policy::{Case, Decision, Document, Policy, Principal, Question, ReadCase};
use cognitab_wire::Value;
use serde_json::json;

use crate::caller::Caller;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::{Access, Entry, Protocol};
use crate::{encoded, iam};

/// Operations that AWS lets every proven caller use, whatever the policies say.
const FREE: &[&str] = &["GetCallerIdentity", "GetAccessKeyInfo", "GetSessionToken"];

/// Checks everything that an operation needs.
pub(crate) fn operation(cx: &mut Cx<'_>, operation: &Entry, input: &Value) -> Result<(), Fault> {
    if FREE.contains(&operation.name) {
        return Ok(());
    }
    for access in (operation.access)(cx, input) {
        check(cx, &access)?;
    }
    Ok(())
}

/// Checks one action on one resource; the reasoning is noted either way.
pub(crate) fn check(cx: &mut Cx<'_>, access: &Access) -> Result<(), Fault> {
    let mut case = case(cx, access);
    let read = read(&mut case)?;
    let decision = read.evaluate();
    // A second check of the same request (a copy reads and writes) keeps only its own rungs.
    cx.why.ladder.retain(|rung| rung.kind < RungKind::ExplicitDeny);
    let verdict = if decision.allowed {
        Ok(())
    } else {
        cx.why.fix = read.fix();
        cx.why.encoded = encoded::of_access(cx, &case, &decision);
        let s3 = cx.service.protocol == Protocol::RestXml;
        Err(denied(cx, words(&case, &decision, s3)))
    };
    cx.why.ladder.extend(decision.ladder);
    cx.why.case = Some(Question::Access(Box::new(case)));
    verdict
}

/// The question with every policy that applies to it.
fn case(cx: &Cx<'_>, access: &Access) -> Case {
    let principal = principal(&cx.caller);
    let key = cx.caller.key();
    let attached = key.map(|k| iam::policies(&cx.world, &k.principal)).unwrap_or_default();
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
        account: access.owner.clone().unwrap_or_else(|| cx.account.clone()),
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

/// A policy as it is stored. A text that is no JSON becomes a document that cannot be read.
pub(crate) fn policy(name: impl Into<String>, text: &str) -> Policy {
    let document = serde_json::from_str(text).unwrap_or_default();
    Policy { name: name.into(), document, fixed: false }
}

/// Reads the policies. One that cannot be read grants nothing, and a boundary or a session policy
/// of that kind must not widen what its holder may do.
pub(crate) fn read(case: &mut Case) -> Result<ReadCase, Fault> {
    case.read().or_else(|_| {
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
        case.read().map_err(|unread| Fault::new(500, "InternalFailure", unread.to_string()))
    })
}

/// The caller as the policy language knows it.
pub(crate) fn principal(caller: &Caller) -> Principal {
    match caller {
        Caller::Key(key) if key.is_session() => Principal::Session {
            role_arn: key.principal.clone(),
            session_arn: key.arn.clone(),
            account: key.account.clone(),
        },
        Caller::Key(key) if key.arn.ends_with(":root") => {
            Principal::Root { account: key.account.clone() }
        }
        Caller::Key(key) => Principal::User {
            arn: key.arn.clone(),
            id: key.user_id.clone(),
            account: key.account.clone(),
        },
        Caller::Service(name) => Principal::Service { name: (*name).to_owned() },
        Caller::Anonymous | Caller::User(_) => Principal::Anonymous,
    }
}

/// Condition keys of a request: the caller's, the session's, the request's own.
fn context(cx: &Cx<'_>, access: &Access) -> BTreeMap<String, Vec<String>> {
    let mut context = always(cx.now);
    let mut set = |name: &str, value: String| context.insert(name.to_owned(), vec![value]);
    set("aws:RequestedRegion", cx.region.clone());
    if let Some(agent) = cx.request.header("user-agent") {
        set("aws:UserAgent", agent.to_owned());
    }
    if let Some(owner) = &access.owner {
        set("aws:ResourceAccount", owner.clone());
    }
    if let Some(key) = cx.caller.key() {
        set("aws:userid", key.user_id.clone());
        if key.session_token.is_some() {
            set("aws:TokenIssueTime", cognitab_wire::time::iso(key.issued.0));
        } else {
            set("aws:username", key.name().to_owned());
        }
        context.extend(key.context.clone());
    }
    context.extend(access.context.iter().cloned());
    context
}

/// Condition keys that every request has.
pub(crate) fn always(now: i64) -> BTreeMap<String, Vec<String>> {
    let mut keys = BTreeMap::new();
    let mut set = |name: &str, value: String| keys.insert(name.to_owned(), vec![value]);
    set("aws:CurrentTime", cognitab_wire::time::iso(now));
    set("aws:EpochTime", (now / 1000).to_string());
    set("aws:SecureTransport", "true".to_owned());
    set("aws:SourceIp", "192.0.2.1".to_owned());
    keys
}

/// AWS's words for a refusal. S3 quotes the resource, and explains itself only within one account.
pub(crate) fn words(case: &Case, decision: &Decision, s3: bool) -> String {
    let account = case.principal.account();
    let home = account.is_some_and(|own| case.account.is_empty() || own == case.account);
    if s3 && !decision.allowed && !home {
        return "Access Denied".to_owned();
    }
    decision.message(&case.principal.arn(), &case.action, &case.resource, s3)
}

/// The refusal, whose code and status differ by service.
fn denied(cx: &Cx<'_>, message: String) -> Fault {
    match cx.service.protocol {
        Protocol::Json10 | Protocol::Json11 => Fault::new(400, "AccessDeniedException", message),
        Protocol::RestJson => Fault::new(403, "AccessDeniedException", message),
        Protocol::Query | Protocol::RestXml => Fault::new(403, "AccessDenied", message),
    }
}
