//! `/confirm`, `/resendcode` and `/confirmUser`: the code that ends a sign-up.

use crate::hosted::oauth::authorization_request::Target;
use crate::hosted::pages::html::{self, Field, Form, Notice};
use crate::hosted::pages::login;
use crate::hosted::request::Ask;
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
pub(crate) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let name = ask.param("username").unwrap_or_default();
    Ok(form(cx, ask, target, name, &Notice::None))
}

fn form(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    username: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, ask);
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
    let body = format!("{}{}", code.html(ask), again.html(ask));
    html::show(target, "Confirm your account", notice, &body).cookie(cookie)
}

/// Confirms the sign-up. Whoever signed up in this browser is then signed in.
pub(crate) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let name = ask.field("username").unwrap_or_default();
    let code = ask.field("code").unwrap_or_default();
    if let Err(stop) = confirm(cx, ask, &target.client, name, code) {
        let error = stop.error()?;
        let page = form(cx, ask, target, name, &Notice::Bad(&error.message));
        return Ok(page.refused(error));
    }
    Ok(match user::find(&cx.world, &ask.pool, name) {
        Some(user) if sso_session::signed_up(cx, ask, &user) => {
            login::enter(cx, ask, target, &user)
        }
        _ => Reply::redirect(ask.sibling("login")),
    })
}

fn confirm(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
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
    let account = ask.pool.account.clone();
    cx.call::<ConfirmSignUp>(&account, Caller::Anonymous, input)
}

/// Sends another code.
pub(crate) fn resend(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let name = ask.field("username").unwrap_or_default();
    let input = ResendConfirmationCodeRequest {
        client_id: target.client.client_id.clone(),
        secret_hash: target.client.secret_hash(name),
        username: name.into(),
    };
    let account = &ask.pool.account;
    match cx.call::<ResendConfirmationCode>(account, Caller::Anonymous, input) {
        Ok(sent) => {
            let to = format!("A new code is on its way to {}.", sent.destination());
            Ok(form(cx, ask, target, name, &Notice::Good(&to)))
        }
        Err(stop) => {
            let error = stop.error()?;
            let page = form(cx, ask, target, name, &Notice::Bad(&error.message));
            Ok(page.refused(error))
        }
    }
}

/// Follows the link of a verification email.
pub(crate) fn link(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Result<Reply, Stop> {
    let Some(client) = ask.param("client_id").and_then(|id| ask.client(cx, id)) else {
        let error = ApiError::new(400, "invalid_request", "");
        return Ok(html::error("invalid_request").refused(error));
    };
    let name = ask.param("user_name").unwrap_or_default();
    let code = ask.param("confirmation_code").unwrap_or_default();
    let title = "Confirm your account";
    if let Err(stop) = confirm(cx, ask, &client, name, code) {
        let error = stop.error()?;
        return Ok(html::say(400, title, &error.message).refused(error));
    }
    let back = ask
        .param("redirect_uri")
        .filter(|uri| items(&client.callback_urls).iter().any(|known| known == uri));
    Ok(match back {
        Some(uri) => Reply::redirect(uri),
        None => html::say(200, title, "Your registration has been confirmed!"),
    })
}
