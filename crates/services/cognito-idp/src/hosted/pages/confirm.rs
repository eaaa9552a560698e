//! `/confirm`, `/resendcode` and `/confirmUser`: the code that ends a sign-up.

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::pages::html::{self, Field, Form, Notice};
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

/// Shows the form.
pub(crate) fn get(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.param("username").unwrap_or_default();
    Ok(form(cx, request, authorization, name, &Notice::None))
}

fn form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    username: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, request);
    let hidden = [("username", username)];
    let code = Form {
        action: "confirm",
        csrf: &csrf,
        hidden: &hidden,
        fields: &[Field {
            name: "code",
            label: "Code from the message we sent you",
            kind: "text",
            value: "",
            autocomplete: "one-time-code",
        }],
        button: "Confirm account",
    };
    let again = Form {
        action: "resendcode",
        csrf: &csrf,
        hidden: &hidden,
        fields: &[],
        button: "Send a new code",
    };
    let body = format!("{}{}", code.html(request), again.html(request));
    html::show(authorization, "Confirm your account", notice, &body).cookie(cookie)
}

/// Confirms the sign-up. Whoever signed up in this browser is then signed in.
pub(crate) fn post(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.field("username").unwrap_or_default();
    let code = request.field("code").unwrap_or_default();
    if let Err(stop) = confirm(cx, request, &authorization.client, name, code) {
        let error = stop.error()?;
        let page = form(cx, request, authorization, name, &Notice::Bad(&error.message));
        return Ok(page.refused(error));
    }
    Ok(match user::find(&cx.world, &request.pool, name) {
        Some(user) if sso_session::signed_up(cx, request, &user) => {
            login::enter(cx, request, authorization, &user)
        }
        _ => Reply::redirect(request.sibling("login")),
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

/// Sends another code.
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
            let to = format!("A new code is on its way to {}.", sent.destination());
            Ok(form(cx, request, authorization, name, &Notice::Good(&to)))
        }
        Err(stop) => {
            let error = stop.error()?;
            let page = form(cx, request, authorization, name, &Notice::Bad(&error.message));
            Ok(page.refused(error))
        }
    }
}

/// Follows the link of a verification email.
pub(crate) fn link(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Result<Reply, Stop> {
    let Some(client) = request.param("client_id").and_then(|id| request.client(cx, id)) else {
        let error = ApiError::new(400, "invalid_request", "");
        return Ok(html::error("invalid_request").refused(error));
    };
    let name = request.param("user_name").unwrap_or_default();
    let code = request.param("confirmation_code").unwrap_or_default();
    let title = "Confirm your account";
    if let Err(stop) = confirm(cx, request, &client, name, code) {
        let error = stop.error()?;
        return Ok(html::say(400, title, &error.message).refused(error));
    }
    let back = request
        .param("redirect_uri")
        .filter(|uri| items(&client.callback_urls).iter().any(|known| known == uri));
    Ok(match back {
        Some(uri) => Reply::redirect(uri),
        None => html::say(200, title, "Your registration has been confirmed!"),
    })
}
