//! The entry point. The first phase that recognizes a request answers it.

use cognitab_kernel::operation::{Auth, Entry};
use cognitab_kernel::service::{Page, Protocol, Reply, Service, Site};
use cognitab_kernel::web::{cookies, csrf};
use cognitab_kernel::{
    ApiError, Cx, Done, Input, Step, Stop, World, authenticate, authorize, event_log, protocol,
    undo,
};
use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_trace::event::Station;
use cognitab_wire::http::{Request, Response};
use cognitab_wire::{Value, time, validate};
use serde_json::{Map, Value as Json};

use crate::address::{self, Address};
use crate::{control, registry};

/// A phase: its answer, or `None` if the request is for a later phase.
type Phase = fn(&World, &Input) -> Option<Step>;

/// The phases, in order.
const PHASES: &[Phase] = &[simulator, preflight, page, operation, not_simulated];

/// Answers a request. The answer has the world after it.
pub fn handle(world: &World, input: &Input) -> Step {
    let answer = PHASES.iter().find_map(|phase| phase(world, input));
    // The last phase answers everything.
    answer.unwrap_or_else(|| unlogged(world, Response::new(404, Vec::new())))
}

/// An answer that is not logged.
fn unlogged(world: &World, response: Response) -> Step {
    let world = world.clone();
    Step::Done(Box::new(Done { world, response, signing: Vec::new(), events: Vec::new() }))
}

/// Requests to the simulator itself.
fn simulator(world: &World, input: &Input) -> Option<Step> {
    let path = input.request.url().path;
    let path = if path.is_empty() { "/" } else { path };
    let (world, response) = control::answer(world, input, path)?;
    Some(unlogged(&world, protocol::cors(&input.request, response)))
}

/// CORS preflights.
fn preflight(world: &World, input: &Input) -> Option<Step> {
    let preflight = input.request.method == "OPTIONS";
    let answer = || protocol::cors(&input.request, Response::new(200, Vec::new()));
    preflight.then(|| unlogged(world, answer()))
}

/// Pages and documents of a service.
fn page(world: &World, input: &Input) -> Option<Step> {
    let find = |service: &&'static Service| service.pages?(world, &input.request);
    match registry::services().iter().find_map(find)? {
        Page::Document(response) => Some(unlogged(world, response)),
        Page::Site(site) => Some(of_site(world, input, site)),
    }
}

fn of_site(world: &World, input: &Input, site: Site) -> Step {
    let mut request = input.request.clone();
    if let Some(browser) = &input.browser {
        cookies::attach(world, &mut request, browser, &site.host);
    }
    let mut cx = Cx::new(world, input, registry::services(), site.service);
    cx.call.account = site.account;
    cx.call.region = site.region;
    let Reply { response, refusal } = match (site.respond)(&mut cx, &request) {
        Ok(reply) => reply,
        Err(Stop::Ask(question)) => return Step::Ask(question),
        Err(Stop::Error(error)) => {
            let body = Response::new(error.status, error.message.clone());
            Reply { response: body, refusal: Some(error) }
        }
    };
    let response = response.with("date", time::http(cx.now));
    let response = identified(&mut cx, response);
    let call = format!("{} {}", request.method, request.url().path);
    let answer = Answered {
        input: fields(&request),
        output: Json::Null,
        request: &request,
        response,
        refusal,
        call,
    };
    conclude(cx, world, answer, |cx, response| {
        if let Some(browser) = &input.browser {
            cookies::absorb(&mut cx.world, response, browser, &site.host);
        }
    })
}

/// The parameters of a request for a page: query and form, without the CSRF token.
fn fields(request: &Request) -> Json {
    let form = match request.method == "POST" {
        true => cognitab_wire::http::form(&request.body),
        false => Vec::new(),
    };
    let all =
        request.url().params().into_iter().chain(form).filter(|(name, _)| name != csrf::FIELD);
    Json::Object(all.map(|(name, value)| (name, Json::from(value))).collect::<Map<_, _>>())
}

/// Operations of the services.
fn operation(world: &World, input: &Input) -> Option<Step> {
    let Address { service, region, bucket } = address::find(&input.request)?;
    let mut cx = Cx::new(world, input, registry::services(), service);
    cx.call.region = region;
    let path = address::path(&input.request, bucket.as_deref());
    let mut found = Found { name: String::new(), input: Value::Null };
    let result = match run(&mut cx, &path, &mut found) {
        Ok(success) => Ok(success),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Ask(question)) => return Some(Step::Ask(question)),
    };
    if result.is_err() {
        cx.world = cx.persisted().unwrap_or_else(|| world.clone());
    }
    let request_id = cx.random.uuid();
    let response = match &result {
        Ok((operation, output)) => protocol::response(service, operation, output, &request_id)
            .with("date", time::http(cx.now)),
        Err(error) => protocol::error(service, error, &request_id, cx.now),
    };
    let mut response = with_id(service, response, request_id);
    if input.request.method == "HEAD" {
        response.body.clear();
    }
    let (output, refusal) = match result {
        Ok((_, output)) => (protocol::shown_tree(&output), None),
        Err(error) => (Json::Null, Some(error)),
    };
    let answer = Answered {
        call: found.name,
        input: protocol::shown_tree(&found.input),
        output,
        request: &input.request,
        response,
        refusal,
    };
    Some(conclude(cx, world, answer, |_, response| {
        *response = protocol::cors(&input.request, std::mem::take(response));
    }))
}

/// What is known of an operation once it is found.
struct Found {
    name: String,
    input: Value,
}

/// The steps of an operation in AWS's order: form, caller, permission, constraints, body.
fn run(cx: &mut Cx<'_>, path: &str, known: &mut Found) -> Result<(&'static Entry, Value), Stop> {
    let service = cx.call.service;
    let found = protocol::find(service, cx.request(), path);
    let (operation, labels) =
        found.ok_or_else(|| unreadable(cx, protocol::unknown_operation(service, cx.request())))?;
    known.name = operation.name.to_owned();
    let input = protocol::decode(service, operation, cx.request(), labels)
        .map_err(|m| unreadable(cx, protocol::malformed(service, &m.to_string())))?;
    known.input = input.clone();
    if operation.auth == Auth::Signed {
        cx.call.caller = authenticate::signed(cx)?;
        cx.call.account = cx.call.caller.key().map(|k| k.account.clone()).unwrap_or_default();
        authorize::operation(cx, operation, &input)?;
    }
    if let Some(message) = validate::message(&validate::violations(&input, operation.input)) {
        cx.rung(Rung::refused(RungKind::WellFormed, message.clone()));
        return Err(ApiError::new(400, service.wording.validation_error, message).into());
    }
    if let (Auth::AccessToken, Some(verify)) = (operation.auth, service.access_token) {
        verify(cx, input.text("AccessToken"))?;
    }
    let output = (operation.run)(cx, input)?;
    Ok((operation, output))
}

/// Notes that a request cannot be read.
fn unreadable(cx: &mut Cx<'_>, error: ApiError) -> ApiError {
    let note = if error.message.is_empty() { &*error.code } else { &error.message };
    cx.rung(Rung::refused(RungKind::WellFormed, note.trim_end_matches('.')));
    error
}

/// Requests to addresses that are not simulated.
fn not_simulated(world: &World, input: &Input) -> Option<Step> {
    let address = input.request.url();
    let text = format!("Cognitab does not simulate {}{}.", input.request.host(), address.path);
    let response = Response::new(404, text).with("content-type", "text/plain; charset=utf-8");
    Some(unlogged(world, protocol::cors(&input.request, response)))
}

/// A request that was answered.
struct Answered<'a> {
    /// Operation, or method and path.
    call: String,
    input: Json,
    output: Json,
    request: &'a Request,
    response: Response,
    refusal: Option<ApiError>,
}

/// Logs the events, records the undo step, and returns the result to the host. The event has the
/// response before `last` changes it.
fn conclude(
    mut cx: Cx<'_>,
    before: &World,
    answered: Answered<'_>,
    last: impl FnOnce(&mut Cx<'_>, &mut Response),
) -> Step {
    let Answered { call, input, output, request, mut response, refusal } = answered;
    let shown = protocol::message_of(&response);
    last(&mut cx, &mut response);
    let mut event = cx.event(&call, Station::App, before);
    if !event.ladder.iter().any(|rung| rung.kind == RungKind::WellFormed) {
        event.ladder.insert(0, Rung::passed(RungKind::WellFormed, ""));
    }
    event.input = input;
    event.output = output;
    event.request = protocol::message_of_request(request);
    event.response = shown;
    if let Some(error) = &refusal {
        cx.refuse(&mut event, error);
    }
    let mut events = cx.finished();
    events.push(event);
    events.sort_by_key(|event| event.number);
    let mut world = std::mem::take(&mut cx.world);
    for event in &events {
        event_log::add(&mut world, event);
    }
    undo::record(before, &mut world, None);
    let events = events.iter().map(|event| event.number).collect();
    Step::Done(Box::new(Done { world, response, signing: std::mem::take(&mut cx.signing), events }))
}

fn identified(cx: &mut Cx<'_>, response: Response) -> Response {
    let id = cx.random.uuid();
    with_id(cx.call.service, response, id)
}

/// The response with the headers that name the request.
fn with_id(service: &Service, response: Response, id: String) -> Response {
    match service.wording.request_id {
        None => response,
        Some(header) if service.protocol == Protocol::RestXml => {
            let short: String = id.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
            response.with(header, short.to_ascii_uppercase()).with("x-amz-id-2", id)
        }
        Some(header) => response.with(header, id),
    }
}
