//! `GET /oauth2/authorize`, and the authorization response.

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::encode;
use cognitab_wire::shape::Timestamp;

use crate::auth::app::App;
use crate::auth::tokens::{self, NewSignIn};
use crate::hosted::oauth::authorization_code::{self, Code, CodeState};
use crate::hosted::oauth::authorization_request::{
    AuthorizationError, AuthorizationRequest, ResponseType, with_parameters,
};
use crate::hosted::request::PageRequest;
use crate::hosted::sso_session;
use crate::model::user::User;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;
use cognitab_trace::event::ArtifactKind;

/// Redirects to the login page, or to the application if the browser has a session.
pub(crate) fn get(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Reply {
    let authorization = match AuthorizationRequest::read(cx, request) {
        Ok(authorization) => authorization,
        Err(error) => return error.reply(request),
    };
    // Only managed login supports the parameter.
    let managed = *request.domain.managed_login_version == 2;
    let prompt = request.param("prompt").filter(|_| managed).unwrap_or_default();
    let login_again = prompt.split(' ').any(|p| p == "login");
    match sso_session::signed_in(cx, request).filter(|_| !login_again) {
        Some((session, user)) => {
            let note = format!("{} has a session at this domain", user.username);
            cx.rung(Rung::passed(RungKind::Authentication, note));
            respond(cx, request, &authorization, &user, session.started)
        }
        None if prompt == "none" => {
            let why = "the browser has no session at this domain";
            cx.rung(Rung::refused(RungKind::Authentication, why));
            let AuthorizationRequest { redirect_uri, state, .. } = authorization;
            AuthorizationError::RedirectToClient {
                redirect_uri,
                state,
                error: "login_required",
                why,
            }
            .reply(request)
        }
        None => Reply::redirect(request.url_of("login")),
    }
}

/// The authorization response: redirects to the application with a code or with tokens.
pub(crate) fn respond(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    user: &User,
    auth_time: Timestamp,
) -> Reply {
    let state = authorization.state.as_ref().map(|s| format!("&state={}", encode(s)));
    let state = state.unwrap_or_default();
    if authorization.response_type == ResponseType::Code {
        let code = issue_code(cx, request, authorization, user, auth_time);
        return Reply::redirect(with_parameters(
            &authorization.redirect_uri,
            &format!("code={code}{state}"),
        ));
    }
    let sign_in = NewSignIn {
        scopes: authorization.scopes.clone(),
        nonce: authorization.nonce.clone(),
        oauth: true,
        auth_time,
        refresh: false,
    };
    let tokens = tokens::sign_in(
        cx,
        App { pool: &request.pool, client: &authorization.client },
        user,
        sign_in,
    );
    let id = tokens.id.map(|id| format!("id_token={id}&")).unwrap_or_default();
    Reply::redirect(format!(
        "{}#{id}access_token={}&token_type=Bearer&expires_in={}{state}",
        authorization.redirect_uri, tokens.access, tokens.expires_in
    ))
}

fn issue_code(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    user: &User,
    auth_time: Timestamp,
) -> String {
    let code = Code {
        code: cx.random.uuid(),
        pool: request.pool.id.to_string(),
        client: authorization.client.client_id.to_string(),
        username: user.username.to_string(),
        sub: user.sub.clone(),
        redirect_uri: authorization.redirect_uri.clone(),
        scopes: authorization.scopes.clone(),
        challenge: authorization.challenge.clone(),
        nonce: authorization.nonce.clone(),
        auth_time,
        expires: Timestamp(cx.now + authorization_code::LIFETIME),
        state: CodeState::Issued,
    };
    cx.world.put(&code);
    tokens::add_returned(cx, ArtifactKind::Code, &code.code, &user.username, code.expires.0);
    code.code
}
