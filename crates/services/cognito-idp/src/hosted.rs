//! The pages and OAuth endpoints of a user pool's domain, and the documents at its issuer.
//!
//! A submitted form calls an API operation or runs a step of [`sign_in_steps`]. Either is an event
//! within the page's event.

pub(crate) mod oauth;
pub(crate) mod pages;
pub(crate) mod request;
pub(crate) mod sign_in_steps;
pub(crate) mod sso_session;

use cognitab_kernel::service::{Page, Reply, Site};
use cognitab_kernel::web::{csrf, page};
use cognitab_kernel::{ApiError, Cx, Protocol, Service, Stop, Wording, World};
use cognitab_trace::event::Station;
use cognitab_wire::http::{Request, Response};

use self::oauth::authorization_request::AuthorizationRequest;
use self::oauth::{authorize, issuer, revoke, token, user_info};
use self::pages::{confirm, forgot, layout, login, logout, sign_up};
use self::request::PageRequest;
use crate::model::domain::{self, Domain};
use crate::model::pool::{self, Pool};

/// The service of the pages in the event log. It has a station and no operations.
pub(crate) static SERVICE: Service = Service {
    wording: Wording {
        request_id: Some("x-amz-cognito-request-id"),
        ..Wording::of(Protocol::RestJson)
    },
    ..Service::new("hosted", Protocol::RestJson, Station::Login)
};

/// Finds the page of a domain, or the document of an issuer.
pub(crate) fn find(world: &World, request: &Request) -> Option<Page> {
    if let Some(response) = issuer::document(world, request) {
        return Some(Page::Document(response));
    }
    let url = request.url();
    let host = domain_host(request);
    let (_, region) = domain::parts(host)?;
    if url.path.strip_prefix('/') == Some(page::STYLESHEET_PATH) {
        return Some(Page::Document(page::stylesheet()));
    }
    let Some((domain, pool)) = by_host(world, host) else {
        // At AWS, the host of a domain that does not exist has no DNS record.
        let response = Response::new(404, "The domain does not exist.")
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

/// The host of the URL, or of the `Host` header if the request was sent to the local endpoint.
fn domain_host(request: &Request) -> &str {
    let host = request.url().host;
    if domain::parts(host).is_some() { host } else { request.host() }
}

fn by_host(world: &World, host: &str) -> Option<(Domain, Pool)> {
    let domain = domain::by_host(world, host)?;
    Some((domain.clone(), world.get::<Pool>(&domain.pool)?))
}

fn respond(cx: &mut Cx<'_>, request: &Request) -> Result<Reply, Stop> {
    let Some((domain, pool)) = by_host(&cx.world, domain_host(request)) else {
        return Ok(page::message(404, "Page not found", "The domain does not exist."));
    };
    pool::scope_to(cx, &pool);
    let request = PageRequest::new(request, domain, pool);
    let mut reply = route(cx, &request)?;
    reply.response = page::no_store(reply.response);
    Ok(reply)
}

fn route(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Result<Reply, Stop> {
    if let Some(page) = form_page(request) {
        return match AuthorizationRequest::read(cx, request) {
            Err(error) => Ok(error.reply(request)),
            Ok(_) if request.method() == "POST" && !csrf_token_matches(request) => {
                Ok(layout::csrf_mismatch())
            }
            Ok(authorization) => page(cx, request, &authorization),
        };
    }
    match (request.method(), request.path) {
        ("GET", "/oauth2/authorize" | "/authorize") => Ok(authorize::get(cx, request)),
        ("GET", "/confirmUser") => confirm::link(cx, request),
        ("GET", "/logout") => Ok(logout::get(cx, request)),
        ("GET", "/error") => {
            Ok(layout::error_page(request.param("error").unwrap_or("invalid_request")))
        }
        ("POST", "/oauth2/token") => token::post(cx, request),
        ("GET" | "POST", "/oauth2/userInfo") => Ok(user_info::get(cx, request)),
        ("POST", "/oauth2/revoke") => Ok(revoke::post(cx, request)),
        (_, "/oauth2/token" | "/oauth2/revoke") => {
            Ok(Reply::json(405, &serde_json::json!({"error": "invalid_request"}))
                .refused(ApiError::new(405, "invalid_request", "Method not allowed")))
        }
        _ => Ok(layout::not_found(request)),
    }
}

/// A page with a form. It needs a valid authorization request, and accepts a form only with the CSRF
/// token of this browser.
type FormPage = fn(&mut Cx<'_>, &PageRequest<'_>, &AuthorizationRequest) -> Result<Reply, Stop>;

fn form_page(request: &PageRequest<'_>) -> Option<FormPage> {
    Some(match (request.method(), request.path) {
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

fn csrf_token_matches(request: &PageRequest<'_>) -> bool {
    csrf::matches(request.cookie(csrf::COOKIE), request.field(csrf::FIELD))
}
