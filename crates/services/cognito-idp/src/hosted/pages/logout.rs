//! `GET /logout`: ends the session at the domain. Tokens stay valid.

use cognitab_policy::ladder::{Compare, Rung, RungKind};

use crate::hosted::oauth::authorization_request::{AuthorizationError, AuthorizationRequest};
use crate::hosted::pages::layout::invalid_request;
use crate::hosted::request::PageRequest;
use crate::hosted::sso_session;
use crate::model::types::items;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;

/// Signs out and redirects to `logout_uri`, or to the login page if the request is an authorization
/// request.
pub(crate) fn get(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Reply {
    let Some(id) = request.param("client_id") else {
        return invalid_request("Required String parameter 'client_id' is not present");
    };
    let Some(client) = request.client(cx, id) else {
        let why = "the app client does not exist in the user pool";
        cx.rung(Rung::refused(RungKind::State, why));
        return AuthorizationError::ShowOnDomain("invalid_request", why).reply(request);
    };
    let registered = items(&client.logout_urls);
    let logout_uri = request.param("logout_uri");
    if let Some(uri) = logout_uri.filter(|uri| registered.iter().any(|url| *url == *uri)) {
        cx.rung(Rung::passed(RungKind::State, "`logout_uri` is registered for this app client"));
        let cookie = sso_session::delete(cx, request);
        return Reply::redirect(uri).cookie(cookie);
    }
    if request.param("redirect_uri").is_some() && logout_uri.is_none() {
        return match AuthorizationRequest::read(cx, request) {
            Ok(_) => {
                let cookie = sso_session::delete(cx, request);
                Reply::redirect(request.url_of("login")).cookie(cookie)
            }
            Err(error) => error.reply(request),
        };
    }
    let compare = Compare {
        wanted: registered.iter().map(ToString::to_string).collect(),
        met: false,
        ..Compare::one("logout_uri", logout_uri.unwrap_or_default(), "")
    };
    let why = "`logout_uri` is not registered for this app client";
    cx.rung(Rung::refused(RungKind::State, why).comparing(vec![compare]));
    invalid_request("Required String parameter 'redirect_uri' is not present")
}
