//! `/confirm`, `/resendcode` and `/confirmUser`: the code that confirms a sign-up.

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::pages::layout::{self, app_page};
use crate::hosted::pages::login;
use crate::hosted::request::PageRequest;
use crate::hosted::sso_session;
use crate::model::client::UserPoolClientType;
use crate::model::types::items;
use crate::model::user;
use crate::operations::registration::confirm_sign_up::{ConfirmSignUp, ConfirmSignUpRequest};
use crate::operations::registration::resend_confirmation_code::{
    ResendConfirmationCode, ResendConfirmationCodeRequest,
};
use cognitab_kernel::ApiError;
use cognitab_kernel::Caller;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::service::Reply;
use cognitab_kernel::web::form::{Field, Form, Notice};
use cognitab_kernel::web::page;
use maud::html;

const TITLE: &str = "Confirm your account";

/// `GET /confirm`.
pub(crate) fn get(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.param("username").unwrap_or_default();
    Ok(code_form(cx, request, authorization, name, Notice::None))
}

fn code_form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    username: &str,
    notice: Notice<'_>,
) -> Reply {
    let (csrf, cookie) = request.csrf_token(cx);
    let hidden = [("username", username)];
    let code = Form {
        action: &layout::relative_url(request, "confirm"),
        csrf: &csrf,
        hidden: &hidden,
        fields: &[Field {
            name: "code",
            label: "Verification code",
            kind: "text",
            value: "",
            autocomplete: "one-time-code",
        }],
        button: "Confirm account",
    };
    let resend = Form {
        action: &layout::relative_url(request, "resendcode"),
        csrf: &csrf,
        hidden: &hidden,
        fields: &[],
        button: "Send a new code",
    };
    app_page(authorization, TITLE, notice, &html! { (code) (resend) }).cookie(cookie)
}

/// `POST /confirm`. A user who signed up in this browser is then signed in.
pub(crate) fn post(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.field("username").unwrap_or_default();
    let code = request.field("code").unwrap_or_default();
    if let Err(stop) = confirm(cx, request, &authorization.client, name, code) {
        let error = stop.error()?;
        let notice = Notice::Error(&error.message);
        let page = code_form(cx, request, authorization, name, notice);
        return Ok(page.refused(error));
    }
    Ok(match user::find(&cx.world, &request.pool, name) {
        Some(user) if sso_session::signed_up(cx, request, &user) => {
            login::complete_sign_in(cx, request, authorization, &user)
        }
        _ => Reply::redirect(request.url_of("login")),
    })
}

fn confirm(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    client: &UserPoolClientType,
    name: &str,
    code: &str,
) -> Result<(), Stop> {
    let input = ConfirmSignUpRequest {
        client_id: client.client_id.clone(),
        secret_hash: client.secret_hash(name),
        username: name.into(),
        confirmation_code: code.into(),
        force_alias_creation: false,
    };
    let account = request.pool.account.clone();
    cx.call::<ConfirmSignUp>(&account, Caller::Anonymous, input)
}

/// `POST /resendcode`.
pub(crate) fn resend(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.field("username").unwrap_or_default();
    let input = ResendConfirmationCodeRequest {
        client_id: authorization.client.client_id.clone(),
        secret_hash: authorization.client.secret_hash(name),
        username: name.into(),
    };
    let account = &request.pool.account;
    match cx.call::<ResendConfirmationCode>(account, Caller::Anonymous, input) {
        Ok(sent) => {
            let text = format!("We sent a new code to {}.", sent.destination());
            Ok(code_form(cx, request, authorization, name, Notice::Success(&text)))
        }
        Err(stop) => {
            let error = stop.error()?;
            let notice = Notice::Error(&error.message);
            let page = code_form(cx, request, authorization, name, notice);
            Ok(page.refused(error))
        }
    }
}

/// `GET /confirmUser`: the link in a verification email.
pub(crate) fn link(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Result<Reply, Stop> {
    let Some(client) = request.param("client_id").and_then(|id| request.client(cx, id)) else {
        let error = ApiError::new(400, "invalid_request", "");
        return Ok(layout::error_page("invalid_request").refused(error));
    };
    let name = request.param("user_name").unwrap_or_default();
    let code = request.param("confirmation_code").unwrap_or_default();
    if let Err(stop) = confirm(cx, request, &client, name, code) {
        let error = stop.error()?;
        return Ok(page::message(400, TITLE, &error.message).refused(error));
    }
    let redirect_uri = request
        .param("redirect_uri")
        .filter(|uri| items(&client.callback_urls).iter().any(|url| url == uri));
    Ok(match redirect_uri {
        Some(uri) => Reply::redirect(uri),
        None => page::message(200, TITLE, "Your registration has been confirmed!"),
    })
}
