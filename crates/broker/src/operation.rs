//! What an operation is, and the list of services that have some.

use cognitab_wire::{Schema, Shape, Value};

use crate::cx::Cx;
use crate::event::Station;
use crate::fault::Fault;

/// An operation of AWS: a type of no size that `#[operation]` makes of a function.
pub(crate) trait Operation {
    /// AWS's name for it.
    const NAME: &'static str;
    /// Who may call it.
    const AUTH: Auth;
    /// Method and path for REST protocols; empty for the others.
    const HTTP: &'static str = "";
    /// Status of a success.
    const STATUS: u16 = 200;
    /// What it takes.
    type Input: Shape;
    /// What it answers.
    type Output: Shape;
    /// What a signed caller must be allowed to do. Without a say of its own: the action of its
    /// name on every resource.
    fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
        let _ = input;
        vec![Access::new(format!("{}:{}", cx.service.name, Self::NAME), "*")]
    }
    /// Does it.
    fn run(cx: &mut Cx<'_>, input: Self::Input) -> Result<Self::Output, Fault>;
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// Anybody; a signature is ignored.
    Public,
    /// Whoever holds a valid access token, handed in as the member `AccessToken`.
    AccessToken,
    /// Whoever signs with SigV4 and is allowed to by IAM.
    Signed,
}

/// Something that a caller must be allowed to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Access {
    /// `service:Operation`.
    pub(crate) action: String,
    /// ARN, or `*`.
    pub(crate) resource: String,
    /// Account that owns the resource; nothing means the caller's own.
    pub(crate) owner: Option<String>,
    /// Policy attached to the resource, as JSON text.
    pub(crate) policy: Option<String>,
    /// Condition keys that this request adds.
    pub(crate) context: Vec<(String, Vec<String>)>,
}

impl Access {
    /// An action on a resource of the caller's account.
    pub(crate) fn new(action: impl Into<String>, resource: impl Into<String>) -> Access {
        Access {
            action: action.into(),
            resource: resource.into(),
            owner: None,
            policy: None,
            context: Vec::new(),
        }
    }

    /// The same with one more condition key.
    pub(crate) fn key(mut self, name: &str, values: impl IntoIterator<Item = String>) -> Access {
        self.context.push((name.to_owned(), values.into_iter().collect()));
        self
    }
}

/// How a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// AWS JSON 1.0.
    Json10,
    /// AWS JSON 1.1.
    Json11,
    /// Form parameters in, XML out.
    Query,
    /// Paths and XML.
    RestXml,
    /// Paths and JSON.
    RestJson,
}

/// A service and the operations declared for it.
#[derive(Debug)]
pub struct Service {
    /// Endpoint prefix, signing name and IAM prefix: the three are the same for all of ours.
    pub name: &'static str,
    /// Operations, in the order in which REST patterns are tried.
    pub operations: &'static [Entry],
    pub(crate) protocol: Protocol,
    /// What stands before the dot in `X-Amz-Target`, or the XML namespace.
    pub(crate) target: &'static str,
    /// API version that Query requests name.
    pub(crate) version: &'static str,
    pub(crate) station: Station,
}

/// One operation with its types taken away.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// AWS's name for it.
    pub name: &'static str,
    /// Method and path for REST protocols; empty for the others.
    pub http: &'static str,
    /// What it takes.
    pub input: &'static Schema,
    pub(crate) auth: Auth,
    pub(crate) status: u16,
    pub(crate) output: &'static Schema,
    pub(crate) access: fn(&Cx<'_>, &Value) -> Vec<Access>,
    pub(crate) run: fn(&mut Cx<'_>, Value) -> Result<Value, Fault>,
}

/// The row of an operation in its service's list.
pub(crate) const fn entry<O: Operation>() -> Entry {
    Entry {
        name: O::NAME,
        auth: O::AUTH,
        http: O::HTTP,
        status: O::STATUS,
        input: <O::Input as Shape>::SCHEMA,
        output: <O::Output as Shape>::SCHEMA,
        access: O::access,
        run: run::<O>,
    }
}

fn run<O: Operation>(cx: &mut Cx<'_>, input: Value) -> Result<Value, Fault> {
    // Validation has been here before: what is left is a constraint that the schema cannot say.
    let input = O::Input::read(input)
        .map_err(|m| Fault::new(400, "SerializationException", m.to_string()))?;
    O::run(cx, input).map(|output| output.write())
}

/// Every service, in the order in which the coverage table lists them.
pub fn services() -> &'static [&'static Service] {
    SERVICES
}

static SERVICES: &[&Service] = &[
    &crate::cognito_idp::SERVICE,
    &crate::cognito_identity::SERVICE,
    &crate::cognito_sync::SERVICE,
    &crate::sts::SERVICE,
    &crate::iam::SERVICE,
    &crate::s3::SERVICE,
    &crate::dynamodb::SERVICE,
];

/// The service of this name.
pub(crate) fn service(name: &str) -> Option<&'static Service> {
    services().iter().copied().find(|s| s.name == name)
}

impl Service {
    /// The operation of this name.
    pub(crate) fn operation(&'static self, name: &str) -> Option<&'static Entry> {
        self.operations.iter().find(|o| o.name == name)
    }
}
