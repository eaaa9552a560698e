//! May the caller do it? Gathers every policy that applies and lets `policy` decide.

use cognitab_policy::ladder::RungKind;
use cognitab_policy::{Context, Document, Named, Policies, Principal, Request, evaluate, fix};
use cognitab_wire::Value;

use crate::caller::{Caller, Key};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::iam;
use crate::operation::{Access, Entry, Protocol};

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

/// Checks one action on one resource; the ladder is noted either way.
pub(crate) fn check(cx: &mut Cx<'_>, access: &Access) -> Result<(), Fault> {
    let principal = principal(&cx.caller);
    let texts = Texts::gather(cx, access);
    let documents = Documents::parse(&texts);
    let context = context(cx, access, &principal);
    let owner = access.owner.clone().unwrap_or_else(|| cx.account.clone());
    let request = Request {
        principal: &principal,
        action: &access.action,
        resource: &access.resource,
        resource_account: &owner,
        context: &context,
    };
    let policies = documents.policies();
    let decision = evaluate(&policies, &request);
    // A second check of the same request (a copy reads and writes) keeps only its own rungs.
    cx.ladder.retain(|rung| rung.kind < RungKind::ExplicitDeny);
    cx.ladder.extend(decision.ladder.clone());
    if decision.allowed {
        return Ok(());
    }
    cx.fix = fix(&policies, &request);
    Err(denied(cx, access, &decision, &principal))
}

/// Names and texts of the policies that apply to a request.
struct Texts {
    attached: iam::Attached,
    session: Option<Vec<(String, String)>>,
    resource: Option<(String, String)>,
}

impl Texts {
    fn gather(cx: &Cx<'_>, access: &Access) -> Texts {
        let key = cx.caller.key();
        let number = |texts: &Vec<String>| {
            let numbered = texts.iter().enumerate();
            numbered.map(|(i, text)| (format!("session policy {}", i + 1), text.clone())).collect()
        };
        Texts {
            attached: key.map(|k| iam::policies(&cx.world, &k.principal)).unwrap_or_default(),
            session: key.and_then(|k| k.session_policies.as_ref()).map(number),
            resource: access.policy.clone().map(|text| (access.resource.clone(), text)),
        }
    }
}

/// What stands in for a boundary or a session policy that cannot be read: it must not widen what
/// its holder may do.
const NOTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;

/// The same, parsed. A stored text that is no policy grants nothing.
struct Documents<'a> {
    identity: Vec<(&'a str, Document)>,
    boundary: Option<(&'a str, Document)>,
    session: Option<Vec<(&'a str, Document)>>,
    resource: Option<(&'a str, Document)>,
}

impl<'a> Documents<'a> {
    fn parse(texts: &'a Texts) -> Documents<'a> {
        let one = |(name, text): &'a (String, String)| {
            Document::parse(text).ok().map(|document| (name.as_str(), document))
        };
        let all = |texts: &'a Vec<(String, String)>| texts.iter().filter_map(one).collect();
        let bound = |(name, text): &'a (String, String)| {
            let document = Document::parse(text).or_else(|_| Document::parse(NOTHING)).ok();
            document.map(|document| (name.as_str(), document))
        };
        Documents {
            identity: all(&texts.attached.identity),
            boundary: texts.attached.boundary.as_ref().and_then(bound),
            session: texts.session.as_ref().map(|s| s.iter().filter_map(bound).collect()),
            resource: texts.resource.as_ref().and_then(one),
        }
    }

    fn policies(&self) -> Policies<'_> {
        fn named<'d>((name, document): &'d (&'d str, Document)) -> Named<'d> {
            // AWS's own policies cannot be edited, so no fix may propose it.
            let named = Named::new(name, document);
            if name.starts_with("arn:aws:iam::aws:") { named.fixed() } else { named }
        }
        Policies {
            identity: self.identity.iter().map(named).collect(),
            boundary: self.boundary.as_ref().map(named),
            session: self
                .session
                .as_ref()
                .map(|all| all.iter().map(|n| named(n).fixed()).collect()),
            resource: self.resource.as_ref().map(named),
            ..Policies::default()
        }
    }
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
fn context(cx: &Cx<'_>, access: &Access, principal: &Principal) -> Context {
    let mut context = Context::new()
        .with_principal(principal)
        .with("aws:CurrentTime", cognitab_wire::time::iso(cx.now))
        .with("aws:EpochTime", (cx.now / 1000).to_string())
        .with("aws:SecureTransport", "true")
        .with("aws:SourceIp", "192.0.2.1")
        .with("aws:RequestedRegion", cx.region.clone());
    if let Some(agent) = cx.request.header("user-agent") {
        context = context.with("aws:UserAgent", agent);
    }
    if let Some(owner) = &access.owner {
        context = context.with("aws:ResourceAccount", owner.clone());
    }
    if let Some(key) = cx.caller.key() {
        context = held_by(context, key);
    }
    for (name, values) in &access.context {
        context = context.with_many(name.as_str(), values.clone());
    }
    context
}

fn held_by(mut context: Context, key: &Key) -> Context {
    context = context.with("aws:userid", key.user_id.clone());
    if key.session_token.is_some() {
        context = context.with("aws:TokenIssueTime", cognitab_wire::time::iso(key.issued.0));
    } else {
        context = context.with("aws:username", key.name());
    }
    for (name, values) in &key.context {
        context = context.with_many(name.as_str(), values.clone());
    }
    context
}

/// AWS's words for a refusal, which differ by service.
fn denied(
    cx: &Cx<'_>,
    access: &Access,
    decision: &cognitab_policy::Decision,
    principal: &Principal,
) -> Fault {
    let s3 = cx.service.protocol == Protocol::RestXml;
    // S3 explains itself only within one account.
    let foreign = access.owner.as_ref().is_some_and(|owner| *owner != cx.account);
    if s3 && (foreign || matches!(principal, Principal::Anonymous)) {
        return Fault::new(403, "AccessDenied", "Access Denied");
    }
    let message = decision.message(&principal.arn(), &access.action, &access.resource, s3);
    match cx.service.protocol {
        Protocol::Json10 | Protocol::Json11 => Fault::new(400, "AccessDeniedException", message),
        Protocol::RestJson => Fault::new(403, "AccessDeniedException", message),
        Protocol::Query | Protocol::RestXml => Fault::new(403, "AccessDenied", message),
    }
}
