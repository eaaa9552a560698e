//! The pages and OAuth endpoints of a user pool's domain, and the documents at its issuer.
//!
//! The pages are the pool's own: they see its rows, and whatever a person does on them goes to
//! the pool as an operation of its API, which is an event inside that of the page.

mod ask;
mod authorize;
mod client_auth;
mod confirm;
mod forgot;
mod issuer;
mod login;
mod logout;
mod page;
mod reply;
mod revoke;
mod session;
mod sign_up;
mod target;
mod token;
mod user_info;

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::time;
use serde_json::{Map, Value as Json};

use self::ask::Ask;
use self::reply::Reply;
use self::target::Target;
use crate::cognito_idp::domain;
use crate::cognito_idp::pool::{self, Pool};
use crate::cx::Cx;
use crate::event::Station;
use crate::fault::Fault;
use crate::handle::commit;
use crate::input::{Done, Input, Step};
use crate::operation::{Protocol, Service};
use crate::world::World;
use crate::{jar, protocol};

/// The pages as a service: they have a station and no operations.
static SERVICE: Service = Service {
    name: "hosted",
    protocol: Protocol::RestJson,
    target: "",
    version: "",
    station: Station::Login,
    operations: &[],
};

const STYLE: &str = include_str!("hosted/hosted.css");

/// Answers a request to a domain or an issuer; nothing where it is for neither.
pub(crate) fn answer(world: &World, input: &Input) -> Option<Step> {
    let url = input.request.url();
    if let Some(response) = issuer::answer(world, &input.request) {
        return Some(plain(world, response));
    }
    let named = if domain::parts(url.host).is_some() { url.host } else { input.request.host() };
    let (_, region) = domain::parts(named)?;
    if url.path == "/assets/hosted.css" {
        let response = Response::new(200, STYLE)
            .with("content-type", "text/css; charset=utf-8")
            .with("cache-control", "max-age=3600");
        return Some(plain(world, response));
    }
    let domain = domain::by_host(world, named);
    let found = domain.and_then(|d| Some((world.get::<Pool>(&d.pool)?, d)));
    let Some((pool, domain)) = found else {
        // At AWS the name of a domain that nobody has leads nowhere.
        let response = Response::new(404, "there is no such domain")
            .with("content-type", "text/plain; charset=utf-8");
        return Some(plain(world, response));
    };
    let mut request = input.request.clone();
    let host = domain.host();
    if let Some(browser) = &input.browser {
        jar::fill(world, &mut request, browser, &host);
    }
    let mut cx = Cx::new(world.clone(), input, &SERVICE);
    cx.region = region;
    pool::enter(&mut cx, &pool);
    let ask = Ask::new(&request, domain, pool);
    let reply = route(&mut cx, &ask);
    Some(conclude(cx, world, input.browser.as_deref(), &ask, reply))
}

fn plain(world: &World, response: Response) -> Step {
    let world = world.clone();
    Step::Done(Box::new(Done { world, response, signing: Vec::new(), events: Vec::new() }))
}

fn route(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Reply {
    if let Some(page) = form_page(ask) {
        return match Target::read(cx, ask) {
            Err(trouble) => trouble.reply(ask),
            Ok(_) if ask.method() == "POST" && !session::genuine(ask) => page::forged(),
            Ok(target) => page(cx, ask, &target),
        };
    }
    match (ask.method(), ask.path) {
        ("GET", "/oauth2/authorize" | "/authorize") => authorize::get(cx, ask),
        ("GET", "/confirmUser") => confirm::link(cx, ask),
        ("GET", "/logout") => logout::get(cx, ask),
        ("GET", "/error") => page::error(ask.param("error").unwrap_or("invalid_request")),
        ("POST", "/oauth2/token") => token::post(cx, ask),
        ("GET" | "POST", "/oauth2/userInfo") => user_info::get(cx, ask),
        ("POST", "/oauth2/revoke") => revoke::post(cx, ask),
        (_, "/oauth2/token" | "/oauth2/revoke") => Reply::json(
            405,
            &serde_json::json!({"error": "invalid_request"}),
        )
        .refused(Fault::new(405, "invalid_request", "The method is not allowed")),
        _ => page::not_found(ask),
    }
}

/// A page with a form on the way to an application: it is reached only where the application may
/// be returned to, and takes a form only from this browser.
type FormPage = fn(&mut Cx<'_>, &Ask<'_>, &Target) -> Reply;

fn form_page(ask: &Ask<'_>) -> Option<FormPage> {
    Some(match (ask.method(), ask.path) {
        ("GET", "/login") => login::get,
        ("POST", "/login") => login::post,
        ("POST", "/newPassword") => login::new_password,
        ("GET", "/signup") => sign_up::get,
        ("POST", "/signup") => sign_up::post,
        ("GET", "/confirm") => confirm::get,
        ("POST", "/confirm") => confirm::post,
        ("POST", "/resendcode") => confirm::resend,
        ("GET", "/forgotPassword") => forgot::get,
        ("POST", "/forgotPassword") => forgot::post,
        ("POST", "/confirmforgotPassword") => forgot::confirm,
        _ => return None,
    })
}

/// Adds what all answers have, writes the event, keeps the cookies.
fn conclude(
    mut cx: Cx<'_>,
    before: &World,
    browser: Option<&str>,
    ask: &Ask<'_>,
    reply: Reply,
) -> Step {
    let id = cx.random.uuid();
    let mut response = reply
        .response
        .with("date", time::http(cx.now))
        .with("cache-control", "no-store")
        .with("x-content-type-options", "nosniff")
        .with("x-amz-cognito-request-id", id);
    let shown = protocol::message_of(&response);
    if let Some(browser) = browser {
        jar::empty(&mut cx.world, &mut response, browser, &ask.domain.host());
    }
    let call = format!("{} {}", ask.method(), ask.path);
    let mut event = cx.event(&call, Station::App, before);
    if !event.ladder.iter().any(|r| r.kind == RungKind::WellFormed) {
        event.ladder.insert(0, Rung::passed(RungKind::WellFormed, ""));
    }
    event.input = input(ask);
    event.request = protocol::message_of_request(ask.request);
    event.response = shown;
    if let Some(fault) = reply.refusal {
        cx.refuse(&mut event, &fault);
    }
    commit(cx, event, response)
}

fn input(ask: &Ask<'_>) -> Json {
    let all = ask.params.iter().chain(&ask.form).filter(|(name, _)| name != "_csrf");
    Json::Object(all.map(|(n, v)| (n.clone(), Json::from(v.as_str()))).collect::<Map<_, _>>())
}

/// A request's cookies by name.
fn cookies(request: &Request) -> Vec<(String, String)> {
    let header = request.header("cookie").unwrap_or_default();
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
}
