//! The one door: a request goes through these phases, and each leaves its rung in the event.

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::{Value, time, validate};

use crate::event::{Event, Station};
use crate::fault::Fault;
use crate::input::{Done, Input, Step};
use crate::operation::{Auth, Entry, Protocol, Service};
use crate::world::World;
use crate::{
    address, authenticate, authorize, cognito_identity, cognito_idp, control, cx::Cx, history,
    journal, protocol,
};

/// Answers a request. The world that was handed in stays as it is.
pub fn handle(world: &World, input: Input) -> Step {
    let url = input.request.url();
    let path = if url.path.is_empty() { "/" } else { url.path }.to_owned();
    if path.starts_with(control::PREFIX) {
        let (world, response) = control::answer(world, &input, &path);
        return done(world, cors(&input.request, response), Vec::new(), Vec::new());
    }
    let mut step = simulated(world, &input);
    if let Step::Done(done) = &mut step {
        history::note(world, &mut done.world, None);
    }
    step
}

/// Answers a request to the simulated internet.
fn simulated(world: &World, input: &Input) -> Step {
    if input.request.method == "OPTIONS" {
        let response = cors(&input.request, Response::new(200, Vec::new()));
        return done(world.clone(), response, Vec::new(), Vec::new());
    }
    if let Some(step) = cognito_idp::hosted::answer(world, input) {
        return step;
    }
    if let Some(response) = cognito_identity::document(world, &input.request) {
        return done(world.clone(), cors(&input.request, response), Vec::new(), Vec::new());
    }
    let Some(address) = address::find(&input.request) else {
        let response = Response::new(404, "there is nothing at this address");
        return done(world.clone(), cors(&input.request, response), Vec::new(), Vec::new());
    };
    let mut cx = Cx::new(world.clone(), input, address.service);
    cx.region = address.region.clone();
    let mut call = Call { name: String::new(), input: Value::Null };
    let path = protocol::path(&input.request, address.bucket.as_deref());
    let result = operate(&mut cx, &path, &mut call);
    conclude(cx, world, &input.request, &call, result)
}

/// What is known of the operation once it is found.
struct Call {
    name: String,
    input: Value,
}

/// The phases in AWS's order: form, caller, permission, constraints, body.
fn operate(cx: &mut Cx<'_>, path: &str, call: &mut Call) -> Result<(&'static Entry, Value), Fault> {
    let service = cx.service;
    let found = protocol::find(service, cx.request, path);
    let (operation, labels) =
        found.ok_or_else(|| formless(cx, unknown_operation(service, cx.request)))?;
    call.name = operation.name.to_owned();
    let input = protocol::decode(service, operation, cx.request, labels)
        .map_err(|m| formless(cx, malformed(service, &m.to_string())))?;
    call.input = input.clone();
    if operation.auth == Auth::Signed {
        cx.caller = authenticate::signed(cx)?;
        cx.account = cx.caller.key().map(|k| k.account.clone()).unwrap_or_default();
        authorize::operation(cx, operation, &input)?;
    }
    if let Some(message) = validate::message(&validate::violations(&input, operation.input)) {
        cx.rung(Rung::refused(RungKind::WellFormed, message.clone()));
        return Err(invalid(service, message));
    }
    if operation.auth == Auth::AccessToken {
        cognito_idp::access_token(cx, input.text("AccessToken"))?;
    }
    let output = (operation.run)(cx, input)?;
    Ok((operation, output))
}

/// Notes that a request has no form that could be read.
fn formless(cx: &mut Cx<'_>, fault: Fault) -> Fault {
    let note = if fault.message.is_empty() { &*fault.code } else { &fault.message };
    cx.rung(Rung::refused(RungKind::WellFormed, note.trim_end_matches('.')));
    fault
}

/// Keeps or drops the world, writes the event, answers.
fn conclude(
    mut cx: Cx<'_>,
    before: &World,
    request: &Request,
    call: &Call,
    result: Result<(&'static Entry, Value), Fault>,
) -> Step {
    if let Some(question) = result.as_ref().err().and_then(|f| f.question) {
        return Step::Ask(question);
    }
    let request_id = cx.random.uuid();
    let response = match &result {
        Ok((operation, output)) => protocol::answer(cx.service, operation, output, &request_id)
            .with("date", time::http(cx.now)),
        Err(fault) => protocol::refusal(cx.service, fault, &request_id, cx.now),
    };
    let mut response = identified(cx.service, response, request_id);
    if request.method == "HEAD" {
        response.body.clear();
    }
    if result.is_err() {
        cx.world = cx.kept().unwrap_or_else(|| before.clone());
    }
    let mut event = cx.event(&call.name, Station::App, before);
    if !event.ladder.iter().any(|r| r.kind == RungKind::WellFormed) {
        event.ladder.insert(0, Rung::passed(RungKind::WellFormed, ""));
    }
    event.input = protocol::shown_tree(&call.input);
    event.request = protocol::message_of_request(request);
    event.response = protocol::message_of(&response);
    match &result {
        Ok((_, output)) => event.output = protocol::shown_tree(output),
        Err(fault) => cx.refuse(&mut event, fault),
    }
    commit(cx, event, cors(request, response))
}

/// Writes the events into the world and hands everything to the host.
pub(crate) fn commit(mut cx: Cx<'_>, event: Event, response: Response) -> Step {
    let mut events = cx.finished();
    events.push(event);
    events.sort_by_key(|e| e.number);
    let mut world = std::mem::take(&mut cx.world);
    for event in &events {
        journal::add(&mut world, event);
    }
    let numbers = events.iter().map(|e| e.number).collect();
    done(world, response, std::mem::take(&mut cx.signing), numbers)
}

fn done(
    world: World,
    response: Response,
    signing: Vec<crate::input::Signing>,
    events: Vec<u64>,
) -> Step {
    Step::Done(Box::new(Done { world, response, signing, events }))
}

fn identified(service: &Service, response: Response, id: String) -> Response {
    if service.protocol == Protocol::RestXml {
        let short: String = id.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
        return response
            .with("x-amz-request-id", short.to_ascii_uppercase())
            .with("x-amz-id-2", id);
    }
    response.with("x-amzn-requestid", id)
}

/// AWS's hosts answer every origin; a page must be able to read every header.
pub(crate) fn cors(request: &Request, response: Response) -> Response {
    let exposed: Vec<&str> = response.headers.iter().map(|(n, _)| n.as_str()).collect();
    let exposed = exposed.join(",");
    let asked = request.header("access-control-request-headers").unwrap_or("*").to_owned();
    let response = response
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", exposed);
    if request.method == "OPTIONS" {
        response
            .with("access-control-allow-methods", "GET,HEAD,POST,PUT,DELETE,OPTIONS")
            .with("access-control-allow-headers", asked)
            .with("access-control-max-age", "172800")
    } else {
        response
    }
}

fn unknown_operation(service: &Service, request: &Request) -> Fault {
    match service.protocol {
        Protocol::Query => {
            let params = address::query_params(request);
            let get = |name| cognitab_wire::http::param(&params, name).unwrap_or_default();
            if get("Action").is_empty() {
                return Fault::new(400, "MissingAction", "Missing Action");
            }
            let message = format!(
                "Could not find operation {} for version {}",
                get("Action"),
                if get("Version").is_empty() { service.version } else { get("Version") }
            );
            Fault::new(400, "InvalidAction", message)
        }
        Protocol::RestXml => Fault::new(
            405,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
        ),
        _ => Fault::new(400, "UnknownOperationException", ""),
    }
}

fn malformed(service: &Service, message: &str) -> Fault {
    match service.protocol {
        Protocol::Query => Fault::new(400, "MalformedInput", message),
        Protocol::RestXml => Fault::new(
            400,
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
        ),
        _ => Fault::new(400, "SerializationException", message),
    }
}

/// Each family has its own name for input that breaks a constraint.
fn invalid(service: &Service, message: String) -> Fault {
    let code = match service.name {
        "cognito-idp" | "cognito-identity" | "cognito-sync" => "InvalidParameterException",
        "dynamodb" => "ValidationException",
        "s3" => "InvalidArgument",
        _ => "ValidationError",
    };
    Fault::new(400, code, message)
}
