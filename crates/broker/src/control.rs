//! The control API of the simulator, under `/_cognitab/` on any host. Its shapes are in
//! `cognitab_trace::control`.

mod operations;
mod policy;
mod resource;
mod subjects;
mod who_could;

use cognitab_kernel::undo::Identity;
use cognitab_kernel::{Input, Random, World, clock, event_log, inbox, undo};
use cognitab_wire::http::{Request, Response, param};
use cognitab_wire::{Shape, json};
use serde_json::{Value as Json, json};

use crate::scenario;

/// The prefix of its paths.
const PREFIX: &str = "/_cognitab/";

/// Answers a request to the control API, with the world after it. `None` for other paths.
pub(crate) fn answer(world: &World, input: &Input, path: &str) -> Option<(World, Response)> {
    let name = path.strip_prefix(PREFIX)?;
    let request = &input.request;
    let policy = name.strip_prefix("policy/");
    let now = || clock::now(world, input.now);
    if let Some(answer) = policy.and_then(|name| policy::answer(world, now(), request, name)) {
        return Some((world.clone(), answer));
    }
    Some(match (request.method.as_str(), name) {
        ("GET", "health") => (world.clone(), reply(200, &json!({"status": "ok"}))),
        ("GET", "events") => (world.clone(), events(world, input, request)),
        ("GET", "operations") => (world.clone(), json_text(policy::write(&operations::models()))),
        ("GET", "inbox") => (world.clone(), messages(world)),
        ("GET", "scenario") => (world.clone(), reply(200, &json!(scenario::describe(world)))),
        ("POST", "reset") => with_body(world, input, reset),
        ("POST", "open") => with_body(world, input, open),
        ("POST", "undo") => undo_last(world),
        ("POST", "clock") => with_body(world, input, set_clock),
        _ => (world.clone(), reply(404, &json!({"error": format!("{path} does not exist")}))),
    })
}

/// Answers a request with its JSON body, which must be an object. An absent body is an empty one.
fn with_body(
    world: &World,
    input: &Input,
    answer: fn(&World, &Input, &Json) -> (World, Response),
) -> (World, Response) {
    let text: &[u8] = if input.request.body.is_empty() { b"{}" } else { &input.request.body };
    match serde_json::from_slice(text) {
        Ok(body @ Json::Object(_)) => answer(world, input, &body),
        Ok(_) => invalid_body(world, "it is not a JSON object"),
        Err(error) => invalid_body(world, error),
    }
}

fn invalid_body(world: &World, why: impl std::fmt::Display) -> (World, Response) {
    (world.clone(), reply(400, &json!({"error": format!("the body is invalid: {why}")})))
}

fn reply(status: u16, body: &Json) -> Response {
    Response::new(status, body.to_string()).with("content-type", "application/json")
}

fn json_text(body: String) -> Response {
    Response::new(200, body).with("content-type", "application/json")
}

fn events(world: &World, input: &Input, request: &Request) -> Response {
    let params = request.url().params();
    let since = param(&params, "since").and_then(|n| n.parse().ok()).unwrap_or_default();
    let Identity { id, turn } = undo::identity(world);
    // Events are stored as JSON text.
    let body = format!(
        "{{\"world\":{},\"turn\":{turn},\"undo\":{},\"now\":{},\"events\":[{}]}}",
        json!(id),
        json!(undo::next(world)),
        clock::now(world, input.now),
        event_log::since(world, since).join(",")
    );
    json_text(body)
}

fn messages(world: &World) -> Response {
    let messages: Vec<Json> =
        inbox::messages(world).iter().map(|m| json::to_json(&m.write())).collect();
    reply(200, &json!({"messages": messages}))
}

fn reset(world: &World, input: &Input, body: &Json) -> (World, Response) {
    match scenario::from_request(body, input.now) {
        Ok(mut fresh) => {
            // The same time and seed make the same rows, but another world.
            undo::identify(&mut fresh, Random::new(input.entropy));
            let described = reply(200, &json!(scenario::describe(&fresh)));
            (fresh, described)
        }
        Err(error) => (world.clone(), reply(400, &json!({"error": error}))),
    }
}

/// Resets a world that has not been used yet; any other stays as it is.
fn open(world: &World, input: &Input, body: &Json) -> (World, Response) {
    match body.get("script").is_some() && scenario::is_untouched(world) {
        true => reset(world, input, body),
        false => (world.clone(), reply(200, &json!(scenario::describe(world)))),
    }
}

fn undo_last(world: &World) -> (World, Response) {
    match undo::undo(world) {
        Some((before, call)) => {
            let Identity { id, turn } = undo::identity(&before);
            (before, reply(200, &json!({"undone": call, "world": id, "turn": turn})))
        }
        None => (world.clone(), reply(409, &json!({"error": "there is no change to undo"}))),
    }
}

fn set_clock(world: &World, input: &Input, body: &Json) -> (World, Response) {
    let current = clock::now(world, input.now);
    let advance = body.get("advance").and_then(Json::as_i64);
    let target = advance
        .map(|seconds| current.saturating_add(seconds.saturating_mul(1000)))
        .or_else(|| body.get("set").and_then(Json::as_i64));
    let Some(target) = target else {
        return (
            world.clone(),
            reply(400, &json!({"error": "the body must have `advance` or `set`"})),
        );
    };
    let mut later = world.clone();
    let target = clock::set(&mut later, input.now, target);
    undo::record(world, &mut later, Some("clock"));
    (later, reply(200, &json!({"now": target})))
}
