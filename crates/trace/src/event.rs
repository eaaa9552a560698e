//! What happened, as data: one event for each request and for each call a service makes inside it.

use cognitab_policy::ladder::Ladder;
use cognitab_policy::{Fix, Question};
use serde::{Deserialize, Serialize};

/// A request and its answer, seen between two stations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Position in the world's log, from 1.
    pub number: u64,
    /// Simulated time in milliseconds since 1970.
    pub at: i64,
    /// Who sent it.
    pub from: Station,
    /// Who answered.
    pub to: Station,
    /// Who stands behind the request.
    pub who: Who,
    /// Account in which it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Region in which it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Service by its endpoint prefix (`cognito-idp`, `s3`), or `hosted` for pages of a domain.
    pub service: String,
    /// The operation (`GetId`), or method and path of a page (`GET /oauth2/authorize`).
    pub call: String,
    /// As it went over the wire; for inner calls the form it would have had.
    pub request: Message,
    /// As it came back.
    pub response: Message,
    /// The typed input, or null where the request could not be read.
    pub input: serde_json::Value,
    /// The typed output, or null where it was refused.
    pub output: serde_json::Value,
    /// Why it was refused, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The reasoning.
    pub ladder: Ladder,
    /// The smallest single change to a policy that would have let it through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// What the policies were asked, with the documents as they were then: of several questions the
    /// one that decided, or the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Question>,
    /// The event whose operation made this call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<u64>,
    /// What went with the request.
    pub carries: Vec<Artifact>,
    /// What came back.
    pub returns: Vec<Artifact>,
    /// Rows of the world that it wrote.
    pub changes: Vec<Change>,
}

/// A station on the way of a token, in travelling order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Station {
    /// The application that the person uses.
    App,
    /// The hosted login pages of a user pool's domain.
    Login,
    /// A Cognito user pool.
    UserPool,
    /// A Cognito identity pool.
    IdentityPool,
    /// The security token service.
    Sts,
    /// An IAM role, its trust and its permissions.
    Role,
    /// What the person wanted: a bucket, a table.
    Resource,
}

/// Who stands behind a request, as far as the broker can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// What kind of caller it is.
    pub kind: WhoKind,
    /// User name, role session or key holder; empty where unknown.
    pub name: String,
    /// The caller's ARN, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

/// What kind of caller stands behind a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhoKind {
    /// Nobody has been proven.
    #[default]
    Anonymous,
    /// A signed-in person of a user pool or an outside provider.
    User,
    /// An identity pool's guest.
    Guest,
    /// An account's administrator or an IAM user.
    Principal,
    /// Another simulated AWS service.
    Service,
}

/// A request or an answer on the wire, its body as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// `POST https://…/` for a request, `200` for an answer.
    pub start: String,
    /// Headers in the order sent, names as sent.
    pub headers: Vec<(String, String)>,
    /// Body as text; bytes that are not text become replacement characters, and a long body ends
    /// in `…`.
    pub body: String,
}

/// Where and how a request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The station that said no.
    pub station: Station,
    /// AWS's code.
    pub code: String,
    /// AWS's words.
    pub message: String,
    /// HTTP status.
    pub status: u16,
    /// The event whose refusal this one only passes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<u64>,
    /// Where a policy refused: what DecodeAuthorizationMessage reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoded: Option<String>,
}

/// Something that proves something and travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Which of the six.
    pub kind: ArtifactKind,
    /// The token or code itself; of credentials only the access key id.
    pub value: String,
    /// For whom it speaks.
    pub subject: String,
    /// End of its life in milliseconds since 1970.
    pub expires: i64,
}

/// The six things that travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArtifactKind {
    /// Authorization code, usable once.
    Code,
    /// ID token of a user pool.
    IdToken,
    /// Access token of a user pool.
    AccessToken,
    /// Refresh token, opaque.
    RefreshToken,
    /// OpenID token of an identity pool.
    PoolToken,
    /// Temporary credentials.
    Credentials,
}

/// A row that an event wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Table name.
    pub table: String,
    /// Key within the table.
    pub key: String,
    /// What became of the row.
    pub kind: ChangeKind,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is another one now.
    Changed,
    /// It is gone.
    Removed,
}
