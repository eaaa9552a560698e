//! The verdict: every applicable policy together, in the order IAM asks them.

use crate::{
    context::Context,
    document::{Document, Effect},
    explain,
    ladder::Ladder,
    matching::MatchInput,
    principal::{Grant, Principal},
};
use serde::{Deserialize, Serialize};

/// A document under the name it is known by.
#[derive(Clone, Copy, Debug)]
pub struct NamedPolicy<'a> {
    /// Name or ARN of the policy.
    pub name: &'a str,
    /// The document.
    pub document: &'a Document,
    /// Whether its owner cannot change it, as with AWS's own policies: no fix touches it.
    pub fixed: bool,
}

/// Every policy that applies to a request.
#[derive(Clone, Debug, Default)]
pub struct Policies<'a> {
    /// Inline, managed and group policies of the calling user or role.
    pub identity: Vec<NamedPolicy<'a>>,
    /// The permissions boundary of the calling user or role.
    pub boundary: Option<NamedPolicy<'a>>,
    /// The policies given when the session was made, inline and managed; none means that the
    /// session was made without, which limits nothing.
    pub session: Option<Vec<NamedPolicy<'a>>>,
    /// The policy of the resource.
    pub resource: Option<NamedPolicy<'a>>,
    /// Whether the resource's policy must itself allow even within one account: the trust policy
    /// of a role, the policy of a key.
    pub resource_must_allow: bool,
    /// Service control policies of the caller's account, level by level from the root down.
    pub scp: Vec<Vec<NamedPolicy<'a>>>,
    /// Resource control policies of the resource's account, level by level.
    pub rcp: Vec<Vec<NamedPolicy<'a>>>,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub principal: &'a Principal,
    /// What for: `s3:GetObject`.
    pub action: &'a str,
    /// On what: an ARN, or `*`.
    pub resource: &'a str,
    /// The account that owns the resource; empty where that is the caller's.
    pub resource_account: &'a str,
    /// Everything conditions and variables may ask for.
    pub context: &'a Context,
}

/// A type of policy, as AWS's messages call them.
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
    /// Policy of a resource.
    Resource,
    /// Trust policy of a role.
    Trust,
    /// Policy of a user or role.
    Identity,
}

/// Why a decision is as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// Everything that is asked allows it.
    Allowed,
    /// A statement denies it.
    ExplicitDeny {
        /// The type of the policy it stands in.
        policy_kind: PolicyKind,
        /// The policy.
        policy: String,
    },
    /// Nothing of this type allows it.
    ImplicitDeny {
        /// The type of policy that should have.
        policy_kind: PolicyKind,
    },
}

/// The answer with its reasoning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether the request may go on.
    pub allowed: bool,
    /// Whether a statement denies it.
    pub explicit_deny: bool,
    /// Why, rung by rung.
    pub ladder: Ladder,
    /// Why, in short.
    pub reason: Reason,
}

impl<'a> NamedPolicy<'a> {
    /// A policy; AWS's own managed policies are known by their ARN.
    pub fn new(name: &'a str, document: &'a Document) -> NamedPolicy<'a> {
        NamedPolicy { name, document, fixed: name.contains(":iam::aws:") }
    }

    /// The same as one that cannot be changed.
    pub fn fixed(self) -> NamedPolicy<'a> {
        NamedPolicy { fixed: true, ..self }
    }
}

impl Policies<'_> {
    /// The type of the policy on the resource.
    pub(crate) fn resource_kind(&self) -> PolicyKind {
        let trust = self.resource.is_some_and(|one| {
            self.resource_must_allow && one.document.statements.iter().all(|s| s.resource.is_none())
        });
        if trust { PolicyKind::Trust } else { PolicyKind::Resource }
    }
}

impl Request<'_> {
    /// Whether the caller belongs to another account than the resource.
    pub(crate) fn is_cross_account(&self) -> bool {
        let account = self.principal.account().unwrap_or_default();
        !self.resource_account.is_empty() && account != self.resource_account
    }
}

/// Decides and explains.
pub fn evaluate(policies: &Policies<'_>, request: &Request<'_>) -> Decision {
    let reason = decide(policies, request);
    Decision {
        allowed: reason == Reason::Allowed,
        explicit_deny: matches!(reason, Reason::ExplicitDeny { .. }),
        ladder: explain::ladder(policies, request, &reason),
        reason,
    }
}

/// Decides only.
pub fn is_allowed(policies: &Policies<'_>, request: &Request<'_>) -> bool {
    let input = MatchInput { request, has_boundary: policies.boundary.is_some() };
    explicit_deny(policies, input).is_none() && first_without_allow(policies, input).is_none()
}

/// The reason of the decision: explicit denies first, then what does not allow, each in the order
/// in which AWS names them.
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

/// The first type of policy that should allow and does not.
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

/// The first level, from the root down, at which nothing allows.
pub(crate) fn level_without_allow(
    levels: &[Vec<NamedPolicy<'_>>],
    input: MatchInput<'_>,
) -> Option<usize> {
    levels.iter().position(|level| !allows(level, input))
}

pub(crate) fn allows(list: &[NamedPolicy<'_>], input: MatchInput<'_>) -> bool {
    list.iter().any(|one| one.document.has_match(Effect::Allow, input))
}

/// A federated user has only what its session policies give; every other session is limited by
/// them where it has any.
pub(crate) fn session_allows(policies: &Policies<'_>, input: MatchInput<'_>) -> bool {
    match &policies.session {
        Some(list) => allows(list, input),
        None => !matches!(input.request.principal, Principal::FederatedUser { .. }),
    }
}

/// Which types of policy must allow, once the resource's policy has been read.
#[derive(Clone, Copy)]
pub(crate) struct RequiredAllows {
    /// How the resource's policy grants.
    pub(crate) grant: Option<Grant>,
    /// The resource's policy must allow.
    pub(crate) resource: bool,
    /// The identity's policies must allow.
    pub(crate) identity: bool,
    /// Boundary and session policies must allow.
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
