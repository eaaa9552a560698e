//! The description of a service: its operations, its pages, and what only it knows.

use cognitab_policy::Policy;
use cognitab_trace::control::Resource;
use cognitab_trace::event::{Station, Who};
use cognitab_wire::arn::Arn;
use cognitab_wire::client;
use cognitab_wire::http::{Request, Response};
use serde_json::Value as Json;

pub use cognitab_wire::protocol::Protocol;

use crate::authenticate::SignatureError;
use crate::caller::Key;
use crate::cx::Cx;
use crate::error::{ApiError, Stop};
use crate::issuer::Issuer;
use crate::operation::Entry;
use crate::world::World;

/// A simulated service.
#[derive(Debug)]
pub struct Service {
    /// Endpoint prefix, signing name and IAM prefix: the three are the same for all of ours.
    pub name: &'static str,
    /// Its protocol.
    pub protocol: Protocol,
    /// The prefix of `X-Amz-Target`, or the XML namespace.
    pub target: &'static str,
    /// API version that Query requests name.
    pub version: &'static str,
    /// Whether one endpoint serves all regions of a partition.
    pub global: bool,
    /// Where its events are shown.
    pub station: Station,
    /// Operations, one list for each resource group. REST patterns are tried in this order.
    pub operations: &'static [&'static [Entry]],
    /// Finds the page or document of a URL.
    pub pages: Option<FindPage>,
    /// The issuer of this name.
    pub issuer: Option<FindIssuer>,
    /// Verifies the access token of an operation that takes one, and sets the caller.
    pub access_token: Option<VerifyAccessToken>,
    /// The identity-based policies of the principal of this ARN.
    pub identity_policies: Option<FindIdentityPolicies>,
    /// Owner and policy of the resource of an ARN, as far as they count for an action.
    pub resource: Option<FindResource>,
    /// Owner and policy of every resource.
    pub resources: Option<ListResources>,
    /// The person behind a session, if known.
    pub person: Option<FindPerson>,
    /// Where it differs from the other services of its protocol.
    pub wording: Wording,
}

/// See [`Service::pages`].
pub type FindPage = fn(&World, &Request) -> Option<Page>;
/// See [`Service::issuer`].
pub type FindIssuer = fn(&World, issuer: &str) -> Option<Issuer>;
/// See [`Service::access_token`].
pub type VerifyAccessToken = fn(&mut Cx<'_>, token: &str) -> Result<(), Stop>;
/// See [`Service::identity_policies`].
pub type FindIdentityPolicies = fn(&World, principal: &str) -> IdentityPolicies;
/// See [`Service::resource`].
pub type FindResource = fn(&World, action: &str, arn: &Arn<'_>) -> Option<Resource>;
/// See [`Service::resources`].
pub type ListResources = fn(&World) -> Vec<Resource>;
/// See [`Service::person`].
pub type FindPerson = fn(&World, &Key) -> Option<Who>;

impl Service {
    /// A service with operations alone, in the wording of its protocol.
    pub const fn new(name: &'static str, protocol: Protocol, station: Station) -> Service {
        Service {
            name,
            protocol,
            target: "",
            version: "",
            global: false,
            station,
            operations: &[],
            pages: None,
            issuer: None,
            access_token: None,
            identity_policies: None,
            resource: None,
            resources: None,
            person: None,
            wording: Wording::of(protocol),
        }
    }

    /// What a client knows of it.
    pub const fn client(&self) -> client::Service<'static> {
        client::Service {
            endpoint_prefix: self.name,
            protocol: self.protocol,
            target: self.target,
            version: self.version,
            global: self.global,
        }
    }

    /// All operations.
    pub fn entries(&self) -> impl Iterator<Item = &'static Entry> + use<> {
        self.operations.iter().flat_map(|group| group.iter())
    }

    /// The operation of this name.
    pub fn operation(&self, name: &str) -> Option<&'static Entry> {
        self.entries().find(|entry| entry.name == name)
    }
}

/// The identity-based policies of a principal.
#[derive(Clone, Debug, Default)]
pub struct IdentityPolicies {
    /// Inline and managed policies.
    pub identity: Vec<Policy>,
    /// The permissions boundary.
    pub boundary: Option<Policy>,
}

/// Where a service differs from the others of its protocol.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// Error code of input that breaks a constraint.
    pub validation_error: &'static str,
    /// By how many milliseconds the clock of a signed request may differ.
    pub clock_skew: i64,
    /// The error for a request that fails authentication.
    pub signature_error: fn(&SignatureError, &SignatureContext) -> ApiError,
    /// The form that a JSON error's `__type` gives to an error code.
    pub error_type: fn(code: &str) -> String,
    /// The root element of an operation's answer, where it is not the operation's name.
    pub root_element: fn(operation: &'static str) -> &'static str,
    /// The response header that names the request, if there is one.
    pub request_id: Option<&'static str>,
    /// Whether a query selects the operation of a REST pattern. The query names of the pattern are
    /// present.
    pub matches_query: fn(pattern: &str, query: &[(String, String)]) -> bool,
    /// Whether resource policies can allow unsigned requests.
    pub anonymous: bool,
    /// Whether a request may be signed for any region.
    pub any_region: bool,
    /// Whether bodies can be signed in chunks, or left unsigned.
    pub streaming: bool,
    /// Whether a denied request quotes the resource, and names no policy across accounts.
    pub quotes_resource: bool,
    /// Error code of a request that IAM denies.
    pub denied: &'static str,
}

impl Wording {
    /// The wording of most services of this protocol.
    pub const fn of(protocol: Protocol) -> Wording {
        Wording {
            validation_error: match protocol {
                Protocol::Query => "ValidationError",
                Protocol::Json10 | Protocol::Json11 | Protocol::RestJson | Protocol::RestXml => {
                    "InvalidParameterException"
                }
            },
            clock_skew: 5 * 60_000,
            signature_error: match protocol {
                Protocol::Query => crate::authenticate::query_error,
                Protocol::Json10 | Protocol::Json11 | Protocol::RestJson | Protocol::RestXml => {
                    crate::authenticate::json_error
                }
            },
            error_type: |code| code.to_owned(),
            root_element: |operation| operation,
            request_id: match protocol {
                Protocol::RestXml => Some("x-amz-request-id"),
                _ => Some("x-amzn-requestid"),
            },
            matches_query: |_, _| true,
            anonymous: false,
            any_region: false,
            streaming: false,
            quotes_resource: false,
            denied: match protocol {
                Protocol::Query | Protocol::RestXml => "AccessDenied",
                Protocol::Json10 | Protocol::Json11 | Protocol::RestJson => "AccessDeniedException",
            },
        }
    }
}

/// What the error for a failed authentication depends on beside its cause.
#[derive(Clone, Copy, Debug)]
pub struct SignatureContext {
    /// Whether the signature is in the query instead of the header `Authorization`.
    pub presigned: bool,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// The service's protocol.
    pub protocol: Protocol,
}

/// What a URL returns that is not of an operation.
#[derive(Debug)]
pub enum Page {
    /// A document. Requests for it are not logged.
    Document(Response),
    /// A page. Requests for it are logged.
    Site(Site),
}

/// A page or an OAuth endpoint of a host.
#[derive(Debug)]
pub struct Site {
    /// The service of its events.
    pub service: &'static Service,
    /// The account that owns it.
    pub account: String,
    /// Its region.
    pub region: String,
    /// The host whose cookies the simulated browser sends.
    pub host: String,
    /// Responds to a request. Its writes persist even if the reply is an error; a question discards
    /// them.
    pub respond: fn(&mut Cx<'_>, &Request) -> Result<Reply, Stop>,
}

/// The reply of a page.
#[derive(Debug)]
pub struct Reply {
    /// The response.
    pub response: Response,
    /// The error, if it is one.
    pub refusal: Option<ApiError>,
}

impl Reply {
    /// A redirect (302).
    pub fn redirect(location: impl AsRef<str>) -> Reply {
        // A header holds no control characters, whatever a registered address may hold.
        let location: String = location.as_ref().chars().filter(|c| !c.is_control()).collect();
        Reply::of(Response::new(302, Vec::new()).with("location", location))
    }

    /// JSON that any origin may read.
    pub fn json(status: u16, body: &Json) -> Reply {
        let response = Response::new(status, body.to_string())
            .with("content-type", "application/json;charset=UTF-8")
            .with("access-control-allow-origin", "*");
        Reply::of(response)
    }

    /// A response without an error.
    pub fn of(response: Response) -> Reply {
        Reply { response, refusal: None }
    }

    /// The same response with an error.
    #[must_use]
    pub fn refused(mut self, error: ApiError) -> Reply {
        self.refusal = Some(error);
        self
    }

    /// The same response with a cookie, given as the value of `Set-Cookie`.
    #[must_use]
    pub fn cookie(mut self, cookie: Option<String>) -> Reply {
        if let Some(cookie) = cookie {
            self.response = self.response.with("set-cookie", cookie);
        }
        self
    }
}
