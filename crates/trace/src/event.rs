//! Events: one for each request, and for each call that a service makes within it.

use cognitab_policy::ladder::Ladder;
use cognitab_policy::{Fix, Question};
use serde::{Deserialize, Serialize};

/// A request and its response, between two stations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Position in the event log, from 1.
    pub number: u64,
    /// Simulated time in milliseconds since 1970.
    pub at: i64,
    /// The station that sent it.
    pub from: Station,
    /// The station that answered.
    pub to: Station,
    /// The person or principal behind the request.
    pub who: Who,
    /// Account that answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Region that answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Service by its endpoint prefix (`cognito-idp`, `s3`), or `hosted` for pages of a domain.
    pub service: String,
    /// The operation (`GetId`), or method and path of a page (`GET /oauth2/authorize`).
    pub call: String,
    /// The request on the wire; for inner calls, as it would have been.
    pub request: Message,
    /// The response on the wire.
    pub response: Message,
    /// The decoded input; null if the request could not be decoded.
    pub input: serde_json::Value,
    /// The output; null if it was refused.
    pub output: serde_json::Value,
    /// The error, if it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// Why, rung by rung.
    pub ladder: Ladder,
    /// The smallest single change to a policy that would have allowed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// What the policies were asked, with their documents at that time: of several questions the one
    /// that decided, or the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Question>,
    /// The event whose operation made this call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<u64>,
    /// Tokens, codes and credentials in the request.
    pub carries: Vec<Artifact>,
    /// Tokens, codes and credentials in the response.
    pub returns: Vec<Artifact>,
    /// The rows that it wrote.
    pub changes: Vec<Change>,
}

/// A station that a token passes, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Station {
    /// The application.
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
    /// The resource: a bucket, a table.
    Resource,
}

/// The person or principal behind a request, as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The kind of caller.
    pub kind: WhoKind,
    /// User name or role session name; empty if unknown.
    pub name: String,
    /// The caller's ARN, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

/// The kind of caller behind a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhoKind {
    /// Not authenticated.
    #[default]
    Anonymous,
    /// A user who signed in through a user pool or an external provider.
    User,
    /// A guest (unauthenticated identity) of an identity pool.
    Guest,
    /// An IAM user, or a session of a role.
    Principal,
    /// Another simulated AWS service.
    Service,
}

/// A request or response on the wire, its body as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// `POST https://…/` for a request, `200` for an answer.
    pub start: String,
    /// Headers in the order sent, names as sent.
    pub headers: Vec<(String, String)>,
    /// Body as text. Invalid UTF-8 becomes replacement characters; a long body ends in `…`.
    pub body: String,
}

/// The error that refused a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The station that refused.
    pub station: Station,
    /// AWS's error code.
    pub code: String,
    /// AWS's message.
    pub message: String,
    /// HTTP status code.
    pub status: u16,
    /// The event whose error this one passes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<u64>,
    /// The encoded authorization message, if a policy denied it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoded: Option<String>,
}

/// A token, code or credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Its kind.
    pub kind: ArtifactKind,
    /// The token or code; of credentials only the access key id.
    pub value: String,
    /// Its subject.
    pub subject: String,
    /// When it expires, in milliseconds since 1970.
    pub expires: i64,
}

/// Kinds of artifacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArtifactKind {
    /// OAuth 2.0 authorization code, usable once.
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
    /// How it changed.
    pub kind: ChangeKind,
}

/// How a row changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It was added.
    Added,
    /// It was replaced.
    Changed,
    /// It was removed.
    Removed,
}
