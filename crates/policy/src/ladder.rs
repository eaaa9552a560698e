//! The reasoning behind one answer, rung by rung.
//!
//! A ladder is data: the page draws it, lessons judge by it and the endpoint sends it along. Not
//! only policies are judged this way: a signature, a token, a role mapping each add a rung.

use serde::{Deserialize, Serialize};

/// Every rung of one decision in the order in which it was climbed, those not reached included.
pub type Ladder = Vec<Rung>;

/// One step of a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rung {
    /// What this step asks.
    pub kind: RungKind,
    /// How it went.
    pub state: RungState,
    /// One plain sentence fragment without a full stop, for a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Values that were held against each other here; the ones that differ have `met == false`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compare: Vec<Compare>,
    /// Statements that matched or nearly matched, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementTrace>,
}

/// What a rung asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RungKind {
    /// The request has the form that the protocol and the operation ask for.
    WellFormed,
    /// The caller is who it says: signature, session token, access token or password.
    Authentication,
    /// A token handed in by the caller: signature, issuer, audience, lifetime.
    Token,
    /// Which role the identity pool chose.
    RoleSelection,
    /// Trust policy: a statement names this principal.
    TrustPrincipal,
    /// Trust policy: a statement names this action.
    TrustAction,
    /// Trust policy: the statement's condition block.
    TrustCondition,
    /// No applicable policy of any kind denies explicitly.
    ExplicitDeny,
    /// Service and resource control policies of the organization.
    Organization,
    /// The policy attached to the resource.
    ResourcePolicy,
    /// The policies attached to the calling user or role.
    IdentityPolicy,
    /// The permissions boundary of the calling user or role.
    Boundary,
    /// The policies given when the session was made.
    SessionPolicy,
    /// The state of the object asked for: does it exist, may it be changed now.
    State,
}

/// How a rung went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RungState {
    /// Climbed.
    Passed,
    /// Nothing of this kind applies here.
    NotApplicable,
    /// The request stopped here because nothing allows it, or a check failed.
    Refused,
    /// The request stopped here because a statement denies it.
    Denied,
    /// An earlier rung stopped the request.
    NotReached,
}

/// Two sides that were held against each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compare {
    /// What was compared: `Action`, `Resource`, `Principal`, a condition key, a token claim.
    pub subject: String,
    /// The condition operator, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub operator: String,
    /// What the request or the token holds; empty where the key is absent.
    pub asked: Vec<String>,
    /// What the policy or the configuration wants.
    pub wanted: Vec<String>,
    /// Whether they agree.
    pub met: bool,
}

/// One statement of one policy, and how far it matched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementTrace {
    /// Name or ARN of the policy it stands in.
    pub policy: String,
    /// Its position in the document, from 0.
    pub index: usize,
    /// Its `Sid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Whether its effect is `Deny`.
    pub deny: bool,
    /// Whether every element of it matched.
    pub matched: bool,
    /// Every element that was compared, in the order principal, action, resource, conditions.
    pub compare: Vec<Compare>,
}

impl Rung {
    /// A rung that was climbed.
    pub fn passed(kind: RungKind, note: impl Into<String>) -> Rung {
        Rung::new(kind, RungState::Passed, note)
    }

    /// The rung that stopped the request.
    pub fn refused(kind: RungKind, note: impl Into<String>) -> Rung {
        Rung::new(kind, RungState::Refused, note)
    }

    /// A rung behind the one that stopped the request.
    pub fn not_reached(kind: RungKind) -> Rung {
        Rung::new(kind, RungState::NotReached, "not reached")
    }

    /// A rung of which nothing applies here.
    pub fn not_applicable(kind: RungKind, note: impl Into<String>) -> Rung {
        Rung::new(kind, RungState::NotApplicable, note)
    }

    /// A rung in any state, with nothing compared yet.
    pub fn new(kind: RungKind, state: RungState, note: impl Into<String>) -> Rung {
        Rung { kind, state, note: note.into(), compare: Vec::new(), statements: Vec::new() }
    }

    /// The same rung with the values that were held against each other.
    pub fn comparing(mut self, compare: Vec<Compare>) -> Rung {
        self.compare = compare;
        self
    }
}

impl Compare {
    /// One value against one value.
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
