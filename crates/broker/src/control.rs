//! What a host and a test may ask of the simulator itself, under `/_cognitab/` on any host.

mod policy;
mod subjects;
mod who_could;

use cognitab_macros::Shape;
use cognitab_wire::http::{Request, Response, param};
use cognitab_wire::{Shape, json};
use serde_json::{Value as Json, json};

use crate::history::{self, Identity};
use crate::input::Input;
use crate::random::Random;
use crate::world::{Row, World};
use crate::{journal, mail, scenario};

/// The path below which the simulator itself answers.
pub(crate) const PREFIX: &str = "/_cognitab/";

/// The end of the year 9999: beyond it dates have no text, and lives added to it no number.
const LATEST: i64 = 253_402_300_799_000;

/// How far the simulated clock is ahead of the real one.
#[derive(Clone, Debug, Shape)]
struct Clock {
    /// Milliseconds.
    offset: i64,
}

impl Row for Clock {
    const TABLE: &'static str = "clock";
    fn key(&self) -> String {
        String::new()
    }
}

/// Simulated time at a real time, both in milliseconds since 1970.
pub(crate) fn now(world: &World, real: i64) -> i64 {
    real.saturating_add(world.get::<Clock>("").map_or(0, |clock| clock.offset))
}

/// Answers a request to the simulator; returns the world after it.
pub(crate) fn answer(world: &World, input: &Input, path: &str) -> (World, Response) {
    let request = &input.request;
    let body: Json = serde_json::from_slice(&request.body).unwrap_or(Json::Null);
    let name = path.strip_prefix(PREFIX).unwrap_or_default();
    let asked = name.strip_prefix("policy/");
    let now = || now(world, input.now);
    if let Some(answer) = asked.and_then(|name| policy::answer(world, now(), request, name)) {
        return (world.clone(), answer);
    }
    match (request.method.as_str(), name) {
        ("GET", "health") => (world.clone(), reply(200, &json!({"status": "ok"}))),
        ("GET", "events") => (world.clone(), events(world, input, request)),
        ("GET", "inbox") => (world.clone(), inbox(world)),
        ("GET", "scenario") => (world.clone(), reply(200, &scenario::describe(world))),
        ("POST", "reset") => reset(world, input, &body),
        ("POST", "open") => open(world, input, &body),
        ("POST", "undo") => undo(world),
        ("POST", "clock") => clock(world, input, &body),
        _ => (world.clone(), reply(404, &json!({"error": format!("nothing at {path}")}))),
    }
}

fn reply(status: u16, body: &Json) -> Response {
    Response::new(status, body.to_string()).with("content-type", "application/json")
}

fn events(world: &World, input: &Input, request: &Request) -> Response {
    let params = request.url().params();
    let since = param(&params, "since").and_then(|n| n.parse().ok()).unwrap_or_default();
    let Identity { id, turn } = history::identity(world);
    // The events are texts already.
    let body = format!(
        "{{\"world\":{},\"turn\":{turn},\"undo\":{},\"now\":{},\"events\":[{}]}}",
        json!(id),
        json!(history::next(world)),
        now(world, input.now),
        journal::since(world, since).join(",")
    );
    Response::new(200, body).with("content-type", "application/json")
}

fn inbox(world: &World) -> Response {
    let messages: Vec<Json> =
        mail::inbox(world).iter().map(|m| json::to_json(&m.write())).collect();
    reply(200, &json!({"messages": messages}))
}

fn reset(world: &World, input: &Input, body: &Json) -> (World, Response) {
    let name = body.get("scenario").and_then(Json::as_str).unwrap_or("empty");
    let seed = body.get("seed").and_then(Json::as_u64);
    match scenario::open(name, input.now, seed.unwrap_or_default()) {
        Ok(mut fresh) => {
            // The same time and seed make the same rows, and yet another world.
            history::identify(&mut fresh, Random::new(input.entropy));
            let described = scenario::describe(&fresh);
            (fresh, reply(200, &described))
        }
        Err(error) => (world.clone(), reply(400, &json!({"error": error}))),
    }
}

/// An untouched world becomes a scenario, named or found by one of its hosts; another one stays.
fn open(world: &World, input: &Input, body: &Json) -> (World, Response) {
    let text = |name: &str| body.get(name).and_then(Json::as_str);
    let name = text("scenario").or_else(|| scenario::of_host(text("host")?));
    match name.filter(|_| scenario::untouched(world)) {
        Some(name) => reset(world, input, &json!({"scenario": name, "seed": body.get("seed")})),
        None => (world.clone(), reply(200, &scenario::describe(world))),
    }
}

fn undo(world: &World) -> (World, Response) {
    match history::undo(world) {
        Some((before, call)) => {
            let Identity { id, turn } = history::identity(&before);
            (before, reply(200, &json!({"undone": call, "world": id, "turn": turn})))
        }
        None => (world.clone(), reply(409, &json!({"error": "there is nothing to take back"}))),
    }
}

fn clock(world: &World, input: &Input, body: &Json) -> (World, Response) {
    let current = now(world, input.now);
    let advance = body.get("advance").and_then(Json::as_i64);
    let target = advance
        .map(|seconds| current.saturating_add(seconds.saturating_mul(1000)))
        .or_else(|| body.get("set").and_then(Json::as_i64));
    let Some(target) = target else {
        return (world.clone(), reply(400, &json!({"error": "say `advance` or `set`"})));
    };
    let target = target.clamp(0, LATEST);
    let mut later = world.clone();
    later.put(&Clock { offset: target.saturating_sub(input.now) });
    history::note(world, &mut later, Some("clock"));
    (later, reply(200, &json!({"now": target})))
}
