//! `GET /logout`: ends the session at the domain; tokens live on.

use cognitab_policy::ladder::{Compare, Rung, RungKind};

use crate::hosted::oauth::authorization_request::{AuthorizationError, AuthorizationRequest};
use crate::hosted::pages::html;
use crate::hosted::request::PageRequest;
use crate::hosted::sso_session;
use crate::model::types::items;
use cognitab_kernel::ApiError;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;

/// Signs out and goes away, or signs out to sign in again.
pub(crate) fn get(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Reply {
    let Some(id) = request.param("client_id") else {
        return missing("Required String parameter 'client_id' is not present");
    };
    let Some(client) = request.client(cx, id) else {
        let why = "the user pool has no such app client";
        cx.rung(Rung::refused(RungKind::State, why));
        return AuthorizationError::ShowOnDomain("invalid_request", why).reply(request);
    };
    let registered = items(&client.logout_urls);
    let asked = request.param("logout_uri");
    if let Some(uri) = asked.filter(|uri| registered.iter().any(|known| *known == *uri)) {
        cx.rung(Rung::passed(RungKind::State, "`logout_uri` is registered for this app client"));
        let cookie = sso_session::end(cx, request);
        return Reply::redirect(uri).cookie(cookie);
    }
    if request.param("redirect_uri").is_some() && asked.is_none() {
        return match AuthorizationRequest::read(cx, request) {
            Ok(_) => {
                let cookie = sso_session::end(cx, request);
                Reply::redirect(request.sibling("login")).cookie(cookie)
            }
            Err(error) => error.reply(request),
        };
    }
    let compare = Compare {
        wanted: registered.iter().map(ToString::to_string).collect(),
        met: false,
        ..Compare::one("logout_uri", asked.unwrap_or_default(), "")
    };
    let why = "`logout_uri` is not registered for this app client";
    cx.rung(Rung::refused(RungKind::State, why).comparing(vec![compare]));
    missing("Required String parameter 'redirect_uri' is not present")
}

fn missing(text: &'static str) -> Reply {
    html::say(400, "An error was encountered with the requested page.", text)
        .refused(ApiError::new(400, "invalid_request", text))
}
