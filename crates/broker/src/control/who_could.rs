//! Who in the world could do something, and who nearly could.

use cognitab_policy::ladder::{Rung, RungState};
use cognitab_policy::{Case, Edit, Principal, Question, ReadCase, TrustCase};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::policy::{Refused, access, write};
use crate::authorize;
use crate::cognito_identity::{self, Offer};
use crate::iam::{self, Subject};
use crate::resource;
use crate::world::World;

/// How many of those who nearly could are told.
const NEARLY: usize = 5;

/// Somebody who could do it.
#[derive(Serialize)]
struct Candidate {
    /// `user`, `role`, `identity-pool` for a role that a pool hands out, or `anybody`.
    kind: &'static str,
    /// Name of the user or role.
    name: String,
    /// Its ARN.
    arn: String,
    /// Its account.
    account: String,
    /// The policies that allow it.
    policies: Vec<String>,
    /// Whom the role's trust policy names.
    trusts: Vec<String>,
    /// The pool that hands the role out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pool: Option<Offer>,
    /// For who nearly could: where it stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<Rung>,
    /// The question that was asked.
    case: Question,
}

#[derive(Serialize)]
struct Answer {
    could: Vec<Candidate>,
    nearly: Vec<Candidate>,
}

/// `{"could": [Candidate…], "nearly": [Candidate…]}`. The body is an access question that names
/// nobody; the owner and the policy of the resource are looked up where it does not give them.
pub(super) fn answer(world: &World, now: i64, body: Json) -> Result<String, Refused> {
    let asked = asked(world, now, body)?;
    let (mut could, mut nearly) = (Vec::new(), Vec::new());
    let anybody = Case { principal: Principal::Anonymous, ..asked.clone() };
    let anybody = std::iter::once(("anybody", None, None, anybody));
    let offers = cognito_identity::offers(world);
    let each = iam::subjects(world);
    let each = each.flat_map(|subject| candidates(world, &offers, &asked, subject));
    for (kind, subject, pool, mut case) in anybody.chain(each) {
        let read = authorize::read(&mut case).map_err(|fault| (400, fault.message))?;
        let trust = pool.as_ref().zip(subject.as_ref()).and_then(|(o, s)| unlocked(o, s, &case));
        let decision = read.evaluate();
        let allowed = decision.allowed && trust.is_none();
        let stopped = trust.or_else(|| decision.ladder.iter().find(|r| stops(r)).cloned());
        let near = kind != "anybody" && nearly.len() < NEARLY;
        if !allowed && !(near && (decision.allowed || is_near(&read))) {
            continue;
        }
        let candidate = Candidate {
            kind,
            name: subject.as_ref().map(|s| s.name.clone()).unwrap_or_default(),
            arn: subject.as_ref().map(|s| s.arn.clone()).unwrap_or_default(),
            account: subject.as_ref().map(|s| s.account.clone()).unwrap_or_default(),
            policies: granting(&decision.ladder),
            trusts: subject.as_ref().map(Subject::trusts).unwrap_or_default(),
            pool,
            stopped,
            case: Question::Access(Box::new(case)),
        };
        if allowed { could.push(candidate) } else { nearly.push(candidate) }
    }
    Ok(write(&Answer { could, nearly }))
}

/// The question, with what is known of the resource and of every request.
fn asked(world: &World, now: i64, mut body: Json) -> Result<Case, Refused> {
    if let Some(members) = body.as_object_mut() {
        members.entry("principal").or_insert_with(|| json!({"kind": "anonymous"}));
    }
    let mut case = access(body)?;
    let known = resource::find(world, &case.action, &case.resource);
    if case.account.is_empty() {
        case.account = known.account;
    }
    if case.resource_policy.is_none() {
        (case.resource_policy, case.must_allow) = (known.policy, known.must_allow);
    }
    let given = std::mem::replace(&mut case.context, authorize::always(now));
    case.context.extend(given);
    Ok(case)
}

type Asking = (&'static str, Option<Subject>, Option<Offer>, Case);

/// The ways in which somebody may come with this question: a role comes as often as pools hand it
/// out, and as itself where something else may assume it too.
fn candidates(world: &World, offers: &[Offer], asked: &Case, subject: Subject) -> Vec<Asking> {
    let mut case = asked.clone();
    case.principal = subject.principal.clone();
    case.identity.extend(subject.identity.clone());
    case.boundary = subject.boundary.clone().or(case.boundary);
    if subject.trust.is_none() {
        case.context.insert("aws:username".to_owned(), vec![subject.name.clone()]);
        case.context.insert("aws:userid".to_owned(), vec![subject.id.clone()]);
        return vec![("user", Some(subject), None, case)];
    }
    let offers = offers.iter().filter(|offer| offer.role == subject.arn);
    let handed = |offer: Offer| {
        let mut case = case.clone();
        for (key, values) in offer.context(world, &case.resource) {
            case.context.entry(key).or_insert(values);
        }
        case.session = offer.session(world).or(case.session);
        ("identity-pool", Some(subject.clone()), Some(offer), case)
    };
    let mut all: Vec<Asking> = offers.cloned().map(handed).collect();
    let pools = |name: &String| name == cognito_identity::PRINCIPAL;
    if all.is_empty() || !subject.trusts().iter().all(pools) {
        all.push(("role", Some(subject), None, case));
    }
    all
}

/// The rung of the trust policy that keeps a pool from handing the role out.
fn unlocked(offer: &Offer, role: &Subject, case: &Case) -> Option<Rung> {
    let mut context = case.context.clone();
    // The pool asks for itself, from no address of the network.
    context.remove("aws:SourceIp");
    let trust = TrustCase {
        principal: Principal::WebIdentity { provider: cognito_identity::PRINCIPAL.to_owned() },
        actions: vec!["sts:AssumeRoleWithWebIdentity".to_owned()],
        context,
        role_account: role.account.clone(),
        pool_account: Some(offer.account.clone()),
        trust: role.trust.clone()?,
    };
    trust.read().ok()?.evaluate().ladder.into_iter().find(stops)
}

fn stops(rung: &Rung) -> bool {
    matches!(rung.state, RungState::Refused | RungState::Denied)
}

/// Whether one change to what is written already would do; a new statement would do for anybody.
fn is_near(read: &ReadCase) -> bool {
    read.fix().is_some_and(|fix| !matches!(fix.edit, Edit::AddStatement { .. }))
}

/// The policies whose statements allow it, each once.
fn granting(ladder: &[Rung]) -> Vec<String> {
    let passed = ladder.iter().filter(|rung| rung.state == RungState::Passed);
    let matched = passed.flat_map(|rung| &rung.statements).filter(|one| one.matched && !one.deny);
    let mut names = Vec::new();
    for one in matched {
        if !names.contains(&one.policy) {
            names.push(one.policy.clone());
        }
    }
    names
}
