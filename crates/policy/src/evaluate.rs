//! Policy evaluation: all applicable policies together, in IAM's order.

use crate::{
    context::Context,
    document::{Document, Effect},
    explain,
    ladder::Ladder,
    matching::MatchInput,
    principal::{Grant, Principal},
};
use serde::{Deserialize, Serialize};

/// A policy document with the policy's name.
#[derive(Clone, Copy, Debug)]
pub struct NamedPolicy<'a> {
    /// Name or ARN of the policy.
    pub name: &'a str,
    /// The document.
    pub document: &'a Document,
    /// Whether the account cannot change it, as with AWS managed policies; no fix does.
    pub fixed: bool,
}

/// The policies that apply to a request.
#[derive(Clone, Debug, Default)]
pub struct Policies<'a> {
    /// Identity-based policies of the calling user or role: inline, managed and group policies.
    pub identity: Vec<NamedPolicy<'a>>,
    /// The permissions boundary of the calling user or role.
    pub boundary: Option<NamedPolicy<'a>>,
    /// Session policies, inline and managed. `None` if the session was created without any and has
    /// no limit.
    pub session: Option<Vec<NamedPolicy<'a>>>,
    /// The resource-based policy.
    pub resource: Option<NamedPolicy<'a>>,
    /// Whether the resource-based policy must allow even within one account, as a role's trust
    /// policy or a key policy.
    pub resource_must_allow: bool,
    /// Service control policies of the caller's account by level, from the root down.
    pub scp: Vec<Vec<NamedPolicy<'a>>>,
    /// Resource control policies of the resource's account by level.
    pub rcp: Vec<Vec<NamedPolicy<'a>>>,
}

/// A request to authorize.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The caller.
    pub principal: &'a Principal,
    /// The action: `s3:GetObject`.
    pub action: &'a str,
    /// The ARN of the resource, or `*`.
    pub resource: &'a str,
    /// The account that owns the resource; empty for the caller's own.
    pub resource_account: &'a str,
    /// Condition keys.
    pub context: &'a Context,
}

/// A policy type, as in AWS's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyKind {
    /// Service control policy.
    ServiceControl,
    /// Resource control policy.
    ResourceControl,
    /// Permissions boundary.
    Boundary,
    /// Session policy.
    Session,
    /// Resource-based policy.
    Resource,
    /// Trust policy of a role.
    Trust,
    /// Identity-based policy.
    Identity,
}

/// The reason for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// All required policies allow the request.
    Allowed,
    /// A statement denies the request.
    ExplicitDeny {
        /// The type of its policy.
        policy_kind: PolicyKind,
        /// The name of its policy.
        policy: String,
    },
    /// No policy of this type allows the request.
    ImplicitDeny {
        /// The type of policy that would have to allow it.
        policy_kind: PolicyKind,
    },
}

/// A decision with its reasoning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether the request is allowed.
    pub allowed: bool,
    /// Whether an explicit deny applies.
    pub explicit_deny: bool,
    /// The reasoning, rung by rung.
    pub ladder: Ladder,
    /// The reason.
    pub reason: Reason,
}

impl<'a> NamedPolicy<'a> {
    /// A policy; AWS managed policies are recognized by their ARN.
    pub fn new(name: &'a str, document: &'a Document) -> NamedPolicy<'a> {
        NamedPolicy { name, document, fixed: name.contains(":iam::aws:") }
    }

    /// The same policy, marked as not changeable.
    pub fn fixed(self) -> NamedPolicy<'a> {
        NamedPolicy { fixed: true, ..self }
    }
}

impl Policies<'_> {
    /// The type of the resource-based policy.
    pub(crate) fn resource_kind(&self) -> PolicyKind {
        let trust = self.resource.is_some_and(|one| {
            self.resource_must_allow && one.document.statements.iter().all(|s| s.resource.is_none())
        });
        if trust { PolicyKind::Trust } else { PolicyKind::Resource }
    }
}

impl Request<'_> {
    /// Whether caller and resource belong to different accounts.
    pub(crate) fn is_cross_account(&self) -> bool {
        let account = self.principal.account().unwrap_or_default();
        !self.resource_account.is_empty() && account != self.resource_account
    }
}

/// Evaluates the policies and explains the decision.
pub fn evaluate(policies: &Policies<'_>, request: &Request<'_>) -> Decision {
    let reason = decide(policies, request);
    Decision {
        allowed: reason == Reason::Allowed,
        explicit_deny: matches!(reason, Reason::ExplicitDeny { .. }),
        ladder: explain::ladder(policies, request, &reason),
        reason,
    }
}

/// Whether the request is allowed, without the reasoning.
pub fn is_allowed(policies: &Policies<'_>, request: &Request<'_>) -> bool {
    let input = MatchInput { request, has_boundary: policies.boundary.is_some() };
    explicit_deny(policies, input).is_none() && first_without_allow(policies, input).is_none()
}

/// Decides: explicit denies first, then implicit ones, each in the order in which AWS reports them.
pub(crate) fn decide(policies: &Policies<'_>, request: &Request<'_>) -> Reason {
    let input = MatchInput { request, has_boundary: policies.boundary.is_some() };
    if let Some((policy_kind, policy)) = explicit_deny(policies, input) {
        return Reason::ExplicitDeny { policy_kind, policy: policy.to_owned() };
    }
    match first_without_allow(policies, input) {
        Some(policy_kind) => Reason::ImplicitDeny { policy_kind },
        None => Reason::Allowed,
    }
}

fn explicit_deny<'a>(
    policies: &Policies<'a>,
    input: MatchInput<'_>,
) -> Option<(PolicyKind, &'a str)> {
    let find = |kind, mut list: &mut dyn Iterator<Item = &NamedPolicy<'a>>| {
        let hit = (&mut list).find(|one| one.document.has_match(Effect::Deny, input))?;
        Some((kind, hit.name))
    };
    let resource = || {
        let one = policies.resource.filter(|one| one.document.denies(input))?;
        Some((policies.resource_kind(), one.name))
    };
    find(PolicyKind::ServiceControl, &mut policies.scp.iter().flatten())
        .or_else(|| find(PolicyKind::ResourceControl, &mut policies.rcp.iter().flatten()))
        .or_else(|| find(PolicyKind::Boundary, &mut policies.boundary.iter()))
        .or_else(|| find(PolicyKind::Session, &mut policies.session.iter().flatten()))
        .or_else(resource)
        .or_else(|| find(PolicyKind::Identity, &mut policies.identity.iter()))
}

/// The first policy type that must allow and does not.
fn first_without_allow(policies: &Policies<'_>, input: MatchInput<'_>) -> Option<PolicyKind> {
    if level_without_allow(&policies.scp, input).is_some() {
        return Some(PolicyKind::ServiceControl);
    }
    if level_without_allow(&policies.rcp, input).is_some() {
        return Some(PolicyKind::ResourceControl);
    }
    let required = RequiredAllows::of(policies, input);
    if required.resource && required.grant.is_none() {
        return Some(policies.resource_kind());
    }
    if required.identity && !allows(&policies.identity, input) {
        return Some(PolicyKind::Identity);
    }
    let boundary = policies.boundary.is_none_or(|one| one.document.has_match(Effect::Allow, input));
    if required.limits && !boundary {
        return Some(PolicyKind::Boundary);
    }
    (required.limits && !session_allows(policies, input)).then_some(PolicyKind::Session)
}

/// The first level, from the root down, at which no policy allows.
pub(crate) fn level_without_allow(
    levels: &[Vec<NamedPolicy<'_>>],
    input: MatchInput<'_>,
) -> Option<usize> {
    levels.iter().position(|level| !allows(level, input))
}

pub(crate) fn allows(list: &[NamedPolicy<'_>], input: MatchInput<'_>) -> bool {
    list.iter().any(|one| one.document.has_match(Effect::Allow, input))
}

/// Session policies limit a session that has any. A federated user has no permissions without them.
pub(crate) fn session_allows(policies: &Policies<'_>, input: MatchInput<'_>) -> bool {
    match &policies.session {
        Some(list) => allows(list, input),
        None => !matches!(input.request.principal, Principal::FederatedUser { .. }),
    }
}

/// Which policy types must allow, given what the resource-based policy grants.
#[derive(Clone, Copy)]
pub(crate) struct RequiredAllows {
    /// What the resource-based policy grants.
    pub(crate) grant: Option<Grant>,
    /// The resource-based policy must allow.
    pub(crate) resource: bool,
    /// The identity-based policies must allow.
    pub(crate) identity: bool,
    /// The permissions boundary and session policies must allow.
    pub(crate) limits: bool,
}

impl RequiredAllows {
    pub(crate) fn of(policies: &Policies<'_>, input: MatchInput<'_>) -> RequiredAllows {
        let grant = policies.resource.and_then(|one| one.document.grant(input));
        let caller = input.request.principal;
        let (root, account) = (matches!(caller, Principal::Root { .. }), caller.account());
        if account.is_none() {
            return RequiredAllows { grant, resource: true, identity: false, limits: false };
        }
        if input.request.is_cross_account() {
            return RequiredAllows { grant, resource: true, identity: !root, limits: !root };
        }
        let direct = matches!(grant, Some(Grant::Direct | Grant::Everyone));
        RequiredAllows {
            grant,
            resource: policies.resource_must_allow,
            identity: !root && !direct && grant != Some(Grant::Role),
            limits: !root && !direct,
        }
    }
}
