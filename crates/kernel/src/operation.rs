//! What an operation declares; `#[operation]` writes the implementation.

use cognitab_wire::shape::Reader;
use cognitab_wire::{Schema, Shape, Value, client};

use crate::cx::Cx;
use crate::error::{ApiError, Stop};
use crate::service::Service;

/// An operation of AWS: a zero-sized type that `#[operation]` makes of a function.
pub trait Operation: Sized {
    /// The service that it belongs to.
    const SERVICE: &'static Service;
    /// AWS's name for it.
    const NAME: &'static str;
    /// How its callers authenticate.
    const AUTH: Auth;
    /// Method and path for REST protocols; empty for the others.
    const HTTP: &'static str = "";
    /// Status of a success.
    const STATUS: u16 = 200;
    /// What it takes.
    type Input: Shape;
    /// What it answers.
    type Output: Shape;
    /// What IAM must allow a signed caller: by default the action of the operation's name on every
    /// resource. An empty list needs no permission.
    fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
        let _ = (cx, input);
        vec![Access::of::<Self>("*")]
    }
    /// Runs it.
    fn run(cx: &mut Cx<'_>, input: Self::Input) -> Result<Self::Output, Stop>;
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Anonymous callers. A signature is ignored.
    Public,
    /// Callers with a valid access token in the member `AccessToken`.
    AccessToken,
    /// Callers that sign with SigV4 and that IAM allows.
    Signed,
}

/// An action that IAM must allow, with the condition keys of its request.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// `service:Operation`.
    pub action: String,
    /// ARN, or `*`.
    pub resource: String,
    /// Account that owns the resource; absent where it is the caller's own.
    pub owner: Option<String>,
    /// Policy attached to the resource, as JSON text.
    pub policy: Option<String>,
    /// Condition keys that this request adds.
    pub context: Vec<(String, Vec<String>)>,
}

impl Access {
    /// The action of an operation's name on a resource of the caller's account.
    pub fn of<O: Operation>(resource: impl Into<String>) -> Access {
        Access::new(format!("{}:{}", O::SERVICE.name, O::NAME), resource)
    }

    /// An action on a resource of the caller's account.
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Access {
        Access {
            action: action.into(),
            resource: resource.into(),
            owner: None,
            policy: None,
            context: Vec::new(),
        }
    }

    /// The same with one more condition key.
    pub fn key(mut self, name: &str, values: impl IntoIterator<Item = String>) -> Access {
        self.context.push((name.to_owned(), values.into_iter().collect()));
        self
    }
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
    /// How its callers authenticate.
    pub auth: Auth,
    /// HTTP status of a success.
    pub status: u16,
    /// What it returns.
    pub output: &'static Schema,
    /// What IAM must allow a signed caller, from the input.
    pub access: fn(&Cx<'_>, &Value) -> Vec<Access>,
    /// Runs it on an input that satisfies the constraints of its schema.
    pub run: fn(&mut Cx<'_>, Value) -> Result<Value, Stop>,
}

impl Entry {
    /// What a client knows of it.
    pub const fn client(&self) -> client::Operation<'static> {
        client::Operation { name: self.name, http: self.http, input: self.input }
    }
}

/// The row of an operation in its service's list.
pub const fn entry<O: Operation>() -> Entry {
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

fn run<O: Operation>(cx: &mut Cx<'_>, input: Value) -> Result<Value, Stop> {
    let mut reader = Reader::default();
    let input = O::Input::read_with(input, &mut reader);
    checked(reader)?;
    O::run(cx, input).map(|output| output.write())
}

/// Validation has accepted the input: what is left is a constraint that the schema cannot express.
// Once for all operations, which keeps each of them small.
#[inline(never)]
fn checked(reader: Reader) -> Result<(), ApiError> {
    reader.finish().map_err(|m| ApiError::new(400, "SerializationException", m.to_string()))
}
