//! Finds the principals whose request would be allowed, and those that one change would allow.

use cognitab_policy::ladder::{Rung, RungState};
use cognitab_policy::{Case, Edit, ParsedCase, Principal, Question, TrustCase};
use serde_json::{Value as Json, json};

use super::policy::{ControlError, access, write};
use cognitab_kernel::{World, authorize, condition_keys};
use cognitab_trace::control::{Candidate, CandidateKind, RoleAttachment, Subject, WhoCould};

use super::resource;

/// The maximum number of principals to return that are not allowed but one change would allow.
const MAX_NEARLY_ALLOWED: usize = 5;

/// Answers with a [`WhoCould`]. The body is an access question without a principal. The owner and the
/// policy of the resource are looked up if the question lacks them.
pub(super) fn answer(world: &World, now: i64, body: Json) -> Result<String, ControlError> {
    let question = complete(world, now, body)?;
    let (mut could, mut nearly) = (Vec::new(), Vec::new());
    let anonymous = Case { principal: Principal::Anonymous, ..question.clone() };
    let anonymous = std::iter::once((CandidateKind::Anonymous, None, None, anonymous));
    let attachments = cognitab_cognito_identity::role_attachments(world);
    let each = cognitab_iam::subjects(world);
    let each = each.flat_map(|subject| candidates(world, &attachments, &question, subject));
    for (kind, subject, pool, mut case) in anonymous.chain(each) {
        let parsed = authorize::parse(&mut case).map_err(|error| (400, error.message))?;
        let trust = pool
            .as_ref()
            .zip(subject.as_ref())
            .and_then(|(attachment, role)| trust_denial(attachment, role, &case));
        let decision = parsed.evaluate();
        let allowed = decision.allowed && trust.is_none();
        let stopped =
            trust.or_else(|| decision.ladder.iter().find(|rung| is_denial(rung)).cloned());
        let near = kind != CandidateKind::Anonymous && nearly.len() < MAX_NEARLY_ALLOWED;
        if !allowed && !(near && (decision.allowed || is_near(&parsed))) {
            continue;
        }
        let candidate = Candidate {
            kind,
            name: subject.as_ref().map(|s| s.name.clone()).unwrap_or_default(),
            arn: subject.as_ref().map(|s| s.arn.clone()).unwrap_or_default(),
            account: subject.as_ref().map(|s| s.account.clone()).unwrap_or_default(),
            policies: granting(&decision.ladder),
            trusts: subject.as_ref().map(cognitab_iam::trusts).unwrap_or_default(),
            pool,
            stopped,
            case: Question::Access(Box::new(case)),
        };
        if allowed { could.push(candidate) } else { nearly.push(candidate) }
    }
    Ok(write(&WhoCould { could, nearly }))
}

/// Adds the owner and policy of the resource, and global condition keys, to the question.
fn complete(world: &World, now: i64, mut body: Json) -> Result<Case, ControlError> {
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
    let context = std::mem::replace(&mut case.context, condition_keys::always(now));
    case.context.extend(context);
    Ok(case)
}

type CandidateCase = (CandidateKind, Option<Subject>, Option<RoleAttachment>, Case);

/// The candidates of a subject. A role has one for each identity pool that assigns it, and one
/// without an identity pool if no pool assigns it or its trust policy names other principals.
fn candidates(
    world: &World,
    attachments: &[RoleAttachment],
    question: &Case,
    subject: Subject,
) -> Vec<CandidateCase> {
    let mut case = question.clone();
    case.principal = subject.principal.clone();
    case.identity.extend(subject.identity.clone());
    case.boundary = subject.boundary.clone().or(case.boundary);
    if subject.trust.is_none() {
        case.context.insert("aws:username".to_owned(), vec![subject.name.clone()]);
        case.context.insert("aws:userid".to_owned(), vec![subject.id.clone()]);
        return vec![(CandidateKind::User, Some(subject), None, case)];
    }
    let attachments = attachments.iter().filter(|attachment| attachment.role == subject.arn);
    let of_pool = |attachment: RoleAttachment| {
        let mut case = case.clone();
        for (key, values) in cognitab_cognito_identity::context(&attachment, world, &case.resource)
        {
            case.context.entry(key).or_insert(values);
        }
        case.session =
            cognitab_cognito_identity::session_policies(&attachment, world).or(case.session);
        (CandidateKind::IdentityPool, Some(subject.clone()), Some(attachment), case)
    };
    let mut all: Vec<CandidateCase> = attachments.cloned().map(of_pool).collect();
    let is_pool = |name: &String| name == cognitab_cognito_identity::PRINCIPAL;
    if all.is_empty() || !cognitab_iam::trusts(&subject).iter().all(is_pool) {
        all.push((CandidateKind::Role, Some(subject), None, case));
    }
    all
}

/// The rung at which the role's trust policy denies the identity pool, if it does.
fn trust_denial(attachment: &RoleAttachment, role: &Subject, case: &Case) -> Option<Rung> {
    let mut context = case.context.clone();
    // The identity pool calls STS itself, without a source IP address.
    context.remove("aws:SourceIp");
    let trust = TrustCase {
        principal: Principal::WebIdentity {
            provider: cognitab_cognito_identity::PRINCIPAL.to_owned(),
        },
        actions: vec!["sts:AssumeRoleWithWebIdentity".to_owned()],
        context,
        role_account: role.account.clone(),
        pool_account: Some(attachment.account.clone()),
        trust: role.trust.clone()?,
    };
    trust.parse().ok()?.evaluate().ladder.into_iter().find(is_denial)
}

fn is_denial(rung: &Rung) -> bool {
    matches!(rung.state, RungState::Refused | RungState::Denied)
}

/// Whether a change to an existing statement would allow the request. A new statement could allow
/// any principal, so it does not count.
fn is_near(case: &ParsedCase) -> bool {
    case.fix().is_some_and(|fix| !matches!(fix.edit, Edit::AddStatement { .. }))
}

/// The names of the policies whose statements allow it, each once.
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
