//! The JSON of the control API under `/_cognitab/`, one type for each body.

use std::collections::BTreeMap;

use cognitab_policy::ladder::{Ladder, Rung};
use cognitab_policy::{Fix, Policy, Principal, Question};
use serde::{Deserialize, Serialize};

use crate::event::Event;

/// `GET scenario`: the scenario that a world came from, and the ids that its steps produced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name; `empty` where the world began with the two accounts alone.
    #[serde(default)]
    pub name: String,
    /// Values by the names that its script gives them.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

impl Scenario {
    /// The value of this name; empty where the scenario has none.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

/// `GET events`: part of the event log.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Log {
    /// Id of the world. Another world has another log.
    #[serde(default)]
    pub world: String,
    /// Counts the undos. Event numbers repeat after each.
    #[serde(default)]
    pub turn: u64,
    /// The call that the next undo takes back.
    #[serde(default)]
    pub undo: Option<String>,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Events, oldest first.
    pub events: Vec<Event>,
}

/// One message of `GET inbox`: an email or a text message that was delivered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mail {
    /// Position in the inbox, from 1.
    #[serde(default)]
    pub number: u64,
    /// Simulated time of delivery in milliseconds since 1970.
    #[serde(default)]
    pub at: i64,
    /// `EMAIL` or `SMS`.
    #[serde(default)]
    pub medium: String,
    /// Email address or phone number.
    #[serde(default)]
    pub to: String,
    /// Subject of an email.
    #[serde(default)]
    pub subject: Option<String>,
    /// Text of the message.
    #[serde(default)]
    pub body: String,
    /// The verification code in it.
    #[serde(default)]
    pub code: Option<String>,
}

/// `POST policy/judge`: the answer to an access or trust question. `D` is
/// [`cognitab_policy::Decision`] or [`cognitab_policy::TrustDecision`]; readers that need neither
/// take [`Verdict`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgment<D = Verdict> {
    /// The decision.
    pub decision: D,
    /// AWS's error message; empty where access is allowed.
    pub message: String,
    /// The smallest single change that would allow it.
    pub fix: Option<Fix>,
}

/// What both kinds of decision have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether it is allowed.
    pub allowed: bool,
    /// Why, rung by rung.
    pub ladder: Ladder,
}

/// `POST policy/who-could`: the principals that a request would allow, and those that are close to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WhoCould {
    /// Those that are allowed.
    pub could: Vec<Candidate>,
    /// Those that one change to an existing statement would allow.
    pub nearly: Vec<Candidate>,
}

/// A principal that is allowed, or close to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The kind of its credentials.
    pub kind: CandidateKind,
    /// Name of the user or role.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Its account.
    pub account: String,
    /// Names of the policies that allow it.
    pub policies: Vec<String>,
    /// The principals that the role's trust policy names.
    pub trusts: Vec<String>,
    /// The identity pool that assigns the role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<RoleAttachment>,
    /// The rung that denies it, unless it is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Rung>,
    /// The question that was evaluated.
    pub case: Question,
}

/// The kind of credentials of a [`Candidate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CandidateKind {
    /// Of an IAM user.
    User,
    /// Of a role session.
    Role,
    /// Of a role session that an identity pool requests for an identity.
    IdentityPool,
    /// None: the request is not signed.
    #[serde(rename = "anybody")]
    Anonymous,
}

/// A role that an identity pool assigns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleAttachment {
    /// ARN of the role.
    #[serde(default)]
    pub role: String,
    /// Id of the identity pool.
    #[serde(default)]
    pub pool: String,
    /// Name of the identity pool.
    #[serde(default)]
    pub name: String,
    /// Account of the identity pool.
    #[serde(default)]
    pub account: String,
    /// Whether it is for unauthenticated identities.
    #[serde(default)]
    pub guest: bool,
}

/// `GET policy/subjects`: the principals and resources that a question can name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Subjects {
    /// Users and roles.
    pub principals: Vec<Subject>,
    /// Buckets, tables and other resources that can have a policy.
    pub resources: Vec<Resource>,
    /// The roles that identity pools assign.
    #[serde(default)]
    pub offers: Vec<RoleAttachment>,
}

/// A user or role with its policies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// `AIDA…` or `AROA…`.
    #[serde(default)]
    pub id: String,
    /// Its account.
    pub account: String,
    /// How a question names it; a role by one of its sessions.
    pub principal: Principal,
    /// Inline and managed policies.
    pub identity: Vec<Policy>,
    /// The permissions boundary.
    pub boundary: Option<Policy>,
    /// A role's trust policy.
    pub trust: Option<Policy>,
}

/// A resource with the policy on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// Its ARN.
    pub arn: String,
    /// The account that owns it; empty where unknown.
    pub account: String,
    /// The policy on it.
    pub policy: Option<Policy>,
    /// Whether that policy must allow the action even within one account.
    #[serde(skip)]
    pub must_allow: bool,
}
