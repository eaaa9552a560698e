//! The reasoning behind a decision, rung by rung.
//!
//! A ladder is data: the page draws it, lessons check it and the endpoint returns it. Besides
//! policies, checks such as signatures, tokens and role mappings add rungs.

use serde::{Deserialize, Serialize};

/// The rungs of a decision in evaluation order, including those not reached.
pub type Ladder = Vec<Rung>;

/// A step of a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rung {
    /// What it checks.
    pub kind: RungKind,
    /// Its result.
    pub state: RungState,
    /// A sentence fragment without a full stop that explains the result.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Values that were compared; those that differ have `met == false`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compare: Vec<Compare>,
    /// Statements that matched or came close, the closest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementTrace>,
}

/// What a rung checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RungKind {
    /// The request is well-formed for the protocol and the operation.
    WellFormed,
    /// The caller is authenticated: signature, session token, access token or password.
    Authentication,
    /// A token that the caller passes: signature, issuer, audience, lifetime.
    Token,
    /// The role that the identity pool selects.
    RoleSelection,
    /// Trust policy: a statement names this principal.
    TrustPrincipal,
    /// Trust policy: a statement names this action.
    TrustAction,
    /// Trust policy: the statement's condition block.
    TrustCondition,
    /// No applicable policy has an explicit deny.
    ExplicitDeny,
    /// Service and resource control policies of the organization.
    Organization,
    /// The resource-based policy.
    ResourcePolicy,
    /// The identity-based policies of the calling user or role.
    IdentityPolicy,
    /// The permissions boundary of the calling user or role.
    Boundary,
    /// The session policies.
    SessionPolicy,
    /// The state of the resource: whether it exists and can be changed now.
    State,
}

/// The result of a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RungState {
    /// It passed.
    Passed,
    /// It does not apply.
    NotApplicable,
    /// It stopped the request: nothing allows it, or a check failed.
    Refused,
    /// It stopped the request: a statement denies it.
    Denied,
    /// An earlier rung stopped the request.
    NotReached,
}

/// A comparison of the request's values with the policy's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compare {
    /// What is compared: `Action`, `Resource`, `Principal`, a condition key, a token claim.
    pub subject: String,
    /// The condition operator; empty for other elements.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub operator: String,
    /// The values of the request or the token; empty if the key is absent.
    pub asked: Vec<String>,
    /// The values that the policy or the configuration requires.
    pub wanted: Vec<String>,
    /// Whether they match.
    pub met: bool,
}

/// A statement and how far it matched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementTrace {
    /// Name or ARN of its policy.
    pub policy: String,
    /// Its index in the document, from 0.
    pub index: usize,
    /// Its `Sid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Whether its effect is `Deny`.
    pub deny: bool,
    /// Whether all its elements matched.
    pub matched: bool,
    /// The elements that were compared, in the order principal, action, resource, conditions.
    pub compare: Vec<Compare>,
}

impl Rung {
    /// A rung that passed.
    pub fn passed(kind: RungKind, note: impl Into<String>) -> Rung {
        Rung::new(kind, RungState::Passed, note)
    }

    /// The rung that stopped the request.
    pub fn refused(kind: RungKind, note: impl Into<String>) -> Rung {
        Rung::new(kind, RungState::Refused, note)
    }

    /// A rung after the one that stopped the request.
    pub fn not_reached(kind: RungKind) -> Rung {
        Rung::new(kind, RungState::NotReached, "not reached")
    }

    /// A rung that does not apply.
    pub fn not_applicable(kind: RungKind, note: impl Into<String>) -> Rung {
        Rung::new(kind, RungState::NotApplicable, note)
    }

    /// A rung in any state, without comparisons.
    pub fn new(kind: RungKind, state: RungState, note: impl Into<String>) -> Rung {
        Rung { kind, state, note: note.into(), compare: Vec::new(), statements: Vec::new() }
    }

    /// The same rung with its comparisons.
    pub fn comparing(mut self, compare: Vec<Compare>) -> Rung {
        self.compare = compare;
        self
    }
}

impl Compare {
    /// A comparison of one value with another.
    pub fn one(subject: impl Into<String>, asked: &str, wanted: &str) -> Compare {
        Compare {
            subject: subject.into(),
            operator: String::new(),
            asked: vec![asked.to_owned()],
            wanted: vec![wanted.to_owned()],
            met: asked == wanted,
        }
    }
}
