//! Worlds to begin with: two accounts, and what a list of ordinary requests makes of them.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, Credentials};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::cognito_idp::domain_parts;
use crate::input::{Answer, Input, Step};
use crate::random::Random;
use crate::world::{Row, World};
use crate::{handle, history, iam, journal, seal};

/// Access key of account Studio's administrator.
pub(crate) const STUDIO_KEY: &str = "AKIAIOSFODNN7EXAMPLE";

/// The two accounts that every world begins with: AWS's published example keys.
/// Studio and Archive.
const ACCOUNTS: [(&str, &str, &str); 2] = [
    ("111122223333", STUDIO_KEY, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ("444455556666", "AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"),
];

/// The scenarios that ship with the site.
const FILES: [(&str, &str); 2] = [
    ("empty", "{\"steps\": []}"),
    ("photo-app", include_str!("../../../static/scenarios/photo-app.json")),
];

/// Which scenario a world came from, and the ids that its making produced.
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

/// A scenario file: requests in order, with names for what they answer.
#[derive(Deserialize)]
struct Script {
    /// Values known beforehand.
    #[serde(default)]
    values: BTreeMap<String, String>,
    steps: Vec<Call>,
}

#[derive(Deserialize)]
struct Call {
    /// `cognito-idp.CreateUserPool`, or for S3 `PUT /bucket/key`.
    call: String,
    #[serde(default)]
    input: Json,
    /// Account in whose name it is called.
    #[serde(default)]
    account: usize,
    /// Names for values of the answer: name to JSON pointer.
    #[serde(default)]
    save: BTreeMap<String, String>,
}

/// Opens a scenario by name. The same time and seed make the same world.
pub fn open(name: &str, now: i64, seed: u64) -> Result<World, String> {
    let file = FILES.iter().find(|(known, _)| *known == name);
    let (_, text) = file.ok_or_else(|| format!("there is no scenario `{name}`"))?;
    let script: Script = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut world = World::default();
    seal::make(&mut world, now, seed);
    let mut random = Random::new(seed_bytes(seed));
    for (account, key, secret) in ACCOUNTS {
        iam::found_account(&mut world, account, key, secret, now);
    }
    let mut values = script.values;
    for call in &script.steps {
        world = step(world, call, &mut values, now, &mut random)
            .map_err(|e| format!("{}: {e}", call.call))?;
    }
    journal::cut(&mut world, 0);
    history::clear(&mut world);
    world.put(&Origin { name: name.to_owned(), values });
    history::identify(&mut world, Random::new(seed_bytes(seed ^ now.unsigned_abs())));
    Ok(world)
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
    let request = request(&call.call, &text, call.account, now)?;
    let mut input = Input { now, entropy, request, ..Input::default() };
    loop {
        match handle(&world, input.clone()) {
            Step::Ask(_) => {
                let used = input.answers.len() + values.len();
                let key = cognitab_jose::published_key(used).to_vec();
                input.answers.push(Answer::RsaKey(key));
            }
            Step::Done(done) if done.response.status >= 300 => {
                return Err(done.response.text().into_owned());
            }
            Step::Done(done) => {
                let answer: Json =
                    serde_json::from_slice(&done.response.body).unwrap_or(Json::Null);
                for (name, pointer) in &call.save {
                    let found = answer.pointer(pointer).and_then(Json::as_str);
                    let found = found.ok_or_else(|| format!("no {pointer} in {answer}"))?;
                    values.insert(name.clone(), found.to_owned());
                }
                return Ok(done.world);
            }
        }
    }
}

fn fill(text: &str, values: &BTreeMap<String, String>) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("<<{name}>>"), &value.replace('"', "\\\""))
    })
}

/// The request that a client would send, signed by the account's administrator.
fn request(call: &str, input: &str, account: usize, now: i64) -> Result<Request, String> {
    let unknown = || format!("no operation `{call}`");
    let region = "us-east-1";
    let (service, mut request) = if let Some((method, path)) = call.split_once(" /") {
        let body: Json = serde_json::from_str(input).map_err(|e| e.to_string())?;
        let url = format!("https://s3.{region}.amazonaws.com/{path}");
        let body = body.as_str().unwrap_or_default().as_bytes().to_vec();
        ("s3", Request { method: method.to_owned(), url, headers: Vec::new(), body })
    } else {
        let (service, name) = call.split_once('.').ok_or_else(unknown)?;
        let service = crate::operation::service(service).ok_or_else(unknown)?;
        let url = format!("https://{}.{region}.amazonaws.com/", service.name);
        let (headers, body) = if service.name == "iam" || service.name == "sts" {
            (
                vec![("content-type".into(), "application/x-www-form-urlencoded".into())],
                form(name, input)?,
            )
        } else {
            (vec![("x-amz-target".into(), format!("{}.{name}", service.target))], input.to_owned())
        };
        (service.name, Request { method: "POST".into(), url, headers, body: body.into_bytes() })
    };
    let (_, key, secret) = ACCOUNTS.get(account).ok_or_else(|| "no such account".to_owned())?;
    let credentials = Credentials {
        access_key_id: (*key).to_owned(),
        secret_access_key: (*secret).to_owned(),
        session_token: None,
    };
    sigv4::sign(&mut request, &credentials, region, service, now);
    Ok(request)
}

/// Flat JSON as form parameters; what is no text goes in as JSON text (policy documents).
fn form(action: &str, input: &str) -> Result<String, String> {
    let input: Json = serde_json::from_str(input).map_err(|e| e.to_string())?;
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action).append_pair("Version", "2010-05-08");
    for (name, value) in input.as_object().into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        form.append_pair(name, &text);
    }
    Ok(form.finish())
}

/// The scenario to which a host of login pages belongs.
pub(crate) fn of_host(host: &str) -> Option<&'static str> {
    let (prefix, _) = domain_parts(host)?;
    let has = |text: &str| {
        let script: Option<Script> = serde_json::from_str(text).ok();
        script.is_some_and(|script| script.values.get("domain") == Some(&prefix))
    };
    FILES.iter().find(|(_, text)| has(text)).map(|(name, _)| *name)
}

/// Whether nobody would lose anything with this world: empty, and nothing has happened in it.
pub(crate) fn untouched(world: &World) -> bool {
    origin(world).name == "empty" && journal::next(world) == 1 && history::next(world).is_none()
}

fn origin(world: &World) -> Origin {
    let unknown = || Origin { name: "empty".to_owned(), values: BTreeMap::new() };
    world.get("").unwrap_or_else(unknown)
}

/// Name and ids of the scenario that a world came from.
pub(crate) fn describe(world: &World) -> Json {
    let Origin { name, values } = origin(world);
    json!({"name": name, "values": values})
}
