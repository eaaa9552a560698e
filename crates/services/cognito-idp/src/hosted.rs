//! The pages and OAuth endpoints of a user pool's domain, and the documents at its issuer.
//!
//! The pages see the pool's rows. What a person does on them goes to the pool as an operation of its
//! API or as a step of the page, which is an event within that of the page.

pub(crate) mod oauth;
pub(crate) mod pages;
pub(crate) mod request;
pub(crate) mod sign_in_steps;
pub(crate) mod sso_session;

use cognitab_kernel::service::{Page, Reply, Site};
use cognitab_kernel::{ApiError, Cx, Protocol, Service, Stop, Wording, World};
use cognitab_trace::event::Station;
use cognitab_wire::http::{Request, Response};

use self::oauth::authorization_request::Target;
use self::oauth::{authorize, issuer, revoke, token, user_info};
use self::pages::{confirm, forgot, html, login, logout, sign_up};
use self::request::Ask;
use crate::model::domain::{self, Domain};
use crate::model::pool::{self, Pool};

/// The service by which events of the pages are named: they have a station and no operations.
pub(crate) static SERVICE: Service = Service {
    wording: Wording {
        request_id: Some("x-amz-cognito-request-id"),
        ..Wording::of(Protocol::RestJson)
    },
    ..Service::new("hosted", Protocol::RestJson, Station::Login)
};

const STYLE: &str = include_str!("hosted/hosted.css");

/// Finds the page of a domain, or the document of an issuer.
pub(crate) fn find(world: &World, request: &Request) -> Option<Page> {
    if let Some(response) = issuer::document(world, request) {
        return Some(Page::Document(response));
    }
    let url = request.url();
    let named = named(request);
    let (_, region) = domain::parts(named)?;
    if url.path == "/assets/hosted.css" {
        let response = Response::new(200, STYLE)
            .with("content-type", "text/css; charset=utf-8")
            .with("cache-control", "max-age=3600");
        return Some(Page::Document(response));
    }
    let Some((domain, pool)) = of_host(world, named) else {
        // At AWS the name of a domain that does not exist has no address.
        let response = Response::new(404, "there is no such domain")
            .with("content-type", "text/plain; charset=utf-8");
        return Some(Page::Document(response));
    };
    Some(Page::Site(Site {
        service: &SERVICE,
        account: pool.account,
        region,
        host: domain.host(),
        respond,
    }))
}

/// The host of the URL, or behind the endpoint that of the header.
fn named(request: &Request) -> &str {
    let host = request.url().host;
    if domain::parts(host).is_some() { host } else { request.host() }
}

fn of_host(world: &World, host: &str) -> Option<(Domain, Pool)> {
    let domain = domain::by_host(world, host)?;
    Some((domain.clone(), world.get::<Pool>(&domain.pool)?))
}

fn respond(cx: &mut Cx<'_>, request: &Request) -> Result<Reply, Stop> {
    let Some((domain, pool)) = of_host(&cx.world, named(request)) else {
        return Ok(html::say(404, "Not found", "There is no such domain."));
    };
    pool::scope_to(cx, &pool);
    let ask = Ask::new(request, domain, pool);
    let mut reply = route(cx, &ask)?;
    reply.response =
        reply.response.with("cache-control", "no-store").with("x-content-type-options", "nosniff");
    Ok(reply)
}

fn route(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Result<Reply, Stop> {
    if let Some(page) = form_page(ask) {
        return match Target::read(cx, ask) {
            Err(trouble) => Ok(trouble.reply(ask)),
            Ok(_) if ask.method() == "POST" && !sso_session::genuine(ask) => Ok(html::forged()),
            Ok(target) => page(cx, ask, &target),
        };
    }
    match (ask.method(), ask.path) {
        ("GET", "/oauth2/authorize" | "/authorize") => Ok(authorize::get(cx, ask)),
        ("GET", "/confirmUser") => confirm::link(cx, ask),
        ("GET", "/logout") => Ok(logout::get(cx, ask)),
        ("GET", "/error") => Ok(html::error(ask.param("error").unwrap_or("invalid_request"))),
        ("POST", "/oauth2/token") => token::post(cx, ask),
        ("GET" | "POST", "/oauth2/userInfo") => Ok(user_info::get(cx, ask)),
        ("POST", "/oauth2/revoke") => Ok(revoke::post(cx, ask)),
        (_, "/oauth2/token" | "/oauth2/revoke") => {
            Ok(Reply::json(405, &serde_json::json!({"error": "invalid_request"}))
                .refused(ApiError::new(405, "invalid_request", "The method is not allowed")))
        }
        _ => Ok(html::not_found(ask)),
    }
}

/// A page with a form on the way to an application: it is reached only where the application may
/// be returned to, and takes a form only from this browser.
type FormPage = fn(&mut Cx<'_>, &Ask<'_>, &Target) -> Result<Reply, Stop>;

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

/// A request's cookies by name.
fn cookies(request: &Request) -> Vec<(String, String)> {
    let header = request.header("cookie").unwrap_or_default();
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
}
