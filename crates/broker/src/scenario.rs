//! Scenarios: worlds to begin with. A world has two accounts; a script adds what a list of ordinary
//! requests makes of it.
//!
//! A script is data that comes in from outside: `POST /_cognitab/reset` with `{"scenario": "its
//! name", "script": …, "seed": 7}`. Those that ship with the site are `static/scenarios/*.json`.

use std::collections::BTreeMap;

use cognitab_kernel::accounts::ACCOUNTS;
use cognitab_kernel::{Answer, Input, Question, Random, Row, Step, World, event_log, sealed, undo};
use cognitab_macros::Shape;
use cognitab_trace::control::Scenario;
use cognitab_wire::client;
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, Credentials};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::{handle, registry};

/// The region in which scripts run.
const REGION: &str = "us-east-1";

/// The name of the scenario without a script.
const EMPTY: &str = "empty";

/// The scenario of a world, and the ids that its steps produced.
#[derive(Clone, Debug, Shape)]
struct Origin {
    name: String,
    values: BTreeMap<String, String>,
}

impl Row for Origin {
    const TABLE: &'static str = "scenario";
    fn key(&self) -> String {
        String::new()
    }
}

/// The script of a scenario: calls in order, with names for what they return.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Values known beforehand. `<<name>>` in an input stands for a value.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// The calls.
    steps: Vec<Call>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    /// Service and operation: `cognito-idp.CreateUserPool`.
    call: String,
    /// The input as JSON. A policy document needs no quotes.
    #[serde(default)]
    input: Json,
    /// Which account's administrator calls: 0 for Studio, 1 for Archive.
    #[serde(default)]
    account: usize,
    /// Names for values of the response: name to JSON pointer.
    #[serde(default)]
    save: BTreeMap<String, String>,
}

/// The world of a request to `reset` or `open`: that of its script, or an empty one.
pub(crate) fn from_request(body: &Json, now: i64) -> Result<World, String> {
    let name = match body.get("scenario") {
        None => EMPTY,
        Some(name) => name.as_str().ok_or("`scenario` must be a string")?,
    };
    let seed = match body.get("seed") {
        None => 0,
        Some(seed) => seed.as_u64().ok_or("`seed` must be a non-negative integer")?,
    };
    match body.get("script") {
        Some(script) => {
            let script = Script::deserialize(script).map_err(|e| format!("`script`: {e}"))?;
            open(name, &script, now, seed)
        }
        None if name == EMPTY => Ok(empty(now, seed)),
        None => Err(format!("`script` is required for the scenario `{name}`")),
    }
}

/// A world of two accounts. The same time (milliseconds since 1970) and seed make the same world.
pub fn empty(now: i64, seed: u64) -> World {
    let mut world = World::default();
    sealed::make(&mut world, now, seed);
    for account in ACCOUNTS {
        cognitab_iam::create_account(&mut world, &account, now);
    }
    settle(&mut world, EMPTY, BTreeMap::new(), now, seed);
    world
}

/// The world of a script. The same script, time and seed make the same world.
pub fn open(name: &str, script: &Script, now: i64, seed: u64) -> Result<World, String> {
    let mut world = empty(now, seed);
    let mut random = Random::new(seed_bytes(seed));
    let mut values = script.values.clone();
    for call in &script.steps {
        world = step(world, call, &mut values, now, &mut random)
            .map_err(|e| format!("{}: {e}", call.call))?;
    }
    settle(&mut world, name, values, now, seed);
    Ok(world)
}

/// Completes a new world: its making is neither in the event log nor can it be undone.
fn settle(world: &mut World, name: &str, values: BTreeMap<String, String>, now: i64, seed: u64) {
    event_log::cut(world, 0);
    undo::clear(world);
    world.put(&Origin { name: name.to_owned(), values });
    undo::identify(world, Random::new(seed_bytes(seed ^ now.unsigned_abs())));
}

fn seed_bytes(seed: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().zip(seed.to_be_bytes()) {
        *to = from;
    }
    bytes
}

fn step(
    world: World,
    call: &Call,
    values: &mut BTreeMap<String, String>,
    now: i64,
    random: &mut Random,
) -> Result<World, String> {
    let text = fill(&call.input.to_string(), values);
    let mut entropy = [0; 32];
    entropy.copy_from_slice(&random.bytes(32));
    let request = request(call, &text, now)?;
    let mut input = Input { now, entropy, request, ..Input::default() };
    loop {
        match handle(&world, &input) {
            Step::Ask(Question::RsaKey) => {
                let used = input.answers.len() + values.len();
                let key = cognitab_jose::published_key(used).to_vec();
                input.answers.push(Answer::RsaKey(key));
            }
            Step::Ask(Question::Invoke { function, .. }) => {
                return Err(format!("a script cannot invoke the Lambda function {function}"));
            }
            Step::Done(done) if done.response.status >= 300 => {
                return Err(done.response.text().into_owned());
            }
            Step::Done(done) => {
                let answer: Json =
                    serde_json::from_slice(&done.response.body).unwrap_or(Json::Null);
                for (name, pointer) in &call.save {
                    let found = answer.pointer(pointer).and_then(Json::as_str);
                    let found = found.ok_or_else(|| {
                        format!("the response has no string at {pointer}: {answer}")
                    })?;
                    values.insert(name.clone(), found.to_owned());
                }
                return Ok(done.world);
            }
        }
    }
}

/// Puts values in the place of their `<<name>>` in JSON text. Values are not searched for others,
/// whose length would grow without bound.
fn fill(text: &str, values: &BTreeMap<String, String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<<") {
        filled.push_str(before);
        let value = after.split_once(">>").and_then(|(name, tail)| Some((values.get(name)?, tail)));
        match value {
            Some((value, tail)) => {
                filled.push_str(&value.replace('\\', "\\\\").replace('"', "\\\""));
                rest = tail;
            }
            None => {
                filled.push_str("<<");
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The request that a client would send, signed by the account's administrator.
fn request(call: &Call, input: &str, now: i64) -> Result<Request, String> {
    let unknown = || format!("unknown operation `{}`", call.call);
    let (service, name) = call.call.split_once('.').ok_or_else(unknown)?;
    let service = registry::service(service).ok_or_else(unknown)?;
    let operation = service.operation(name).ok_or_else(unknown)?;
    let input = serde_json::from_str(input).map_err(|e| e.to_string())?;
    let input = client::input_from_json(input, operation.input).map_err(|e| e.to_string())?;
    let (service, operation) = (service.client(), operation.client());
    let mut request = client::encode(&service, &operation, &input, REGION);
    let account =
        ACCOUNTS.get(call.account).ok_or_else(|| "`account` must be 0 or 1".to_owned())?;
    let credentials = Credentials {
        access_key_id: account.access_key_id.to_owned(),
        secret_access_key: account.secret_access_key.to_owned(),
        session_token: None,
    };
    let region = service.signing_region(REGION);
    sigv4::sign(&mut request, &credentials, region, service.endpoint_prefix, now);
    Ok(request)
}

/// Whether the world is empty and unused, so that replacing it loses nothing.
pub(crate) fn is_untouched(world: &World) -> bool {
    describe(world).name == EMPTY && event_log::next(world) == 1 && undo::next(world).is_none()
}

/// Name and values of the scenario of a world.
pub(crate) fn describe(world: &World) -> Scenario {
    let origin: Option<Origin> = world.get("");
    let empty = || Scenario { name: EMPTY.to_owned(), values: BTreeMap::new() };
    origin.map_or_else(empty, |Origin { name, values }| Scenario { name, values })
}
