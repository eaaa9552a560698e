//! `/confirm`, `/resendcode` and `/confirmUser`: the code that ends a sign-up.

use super::ask::Ask;
use super::page::{self, Field, Form, Notice};
use super::reply::Reply;
use super::target::Target;
use super::{login, session};
use crate::caller::Caller;
use crate::cognito_idp::client::UserPoolClientType;
use crate::cognito_idp::confirm_sign_up::{ConfirmSignUp, ConfirmSignUpRequest};
use crate::cognito_idp::resend_confirmation_code::{
    ResendConfirmationCode, ResendConfirmationCodeRequest,
};
use crate::cognito_idp::{self, user};
use crate::cx::Cx;
use crate::fault::Fault;

/// Shows the form.
pub(super) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let name = ask.param("username").unwrap_or_default();
    form(cx, ask, target, name, &Notice::None)
}

fn form(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    username: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = session::csrf(cx, ask);
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
    page::show(target, "Confirm your account", notice, &body).cookie(cookie)
}

/// Takes the code to the pool. Whoever signed up in this browser is signed in by it.
pub(super) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let name = ask.field("username").unwrap_or_default();
    let code = ask.field("code").unwrap_or_default();
    if let Err(fault) = confirm(cx, ask, &target.client, name, code) {
        let notice = Notice::Bad(&fault.message);
        return form(cx, ask, target, name, &notice).refused(fault.clone());
    }
    match user::find(&cx.world, &ask.pool, name) {
        Some(user) if session::signed_up(cx, ask, &user) => {
            login::enter(cx, ask, target, &user.username)
        }
        _ => Reply::redirect(ask.sibling("login")),
    }
}

fn confirm(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    client: &UserPoolClientType,
    name: &str,
    code: &str,
) -> Result<(), Fault> {
    let input = ConfirmSignUpRequest {
        client_id: client.client_id.clone(),
        secret_hash: client.secret_hash(name),
        username: name.to_owned(),
        confirmation_code: code.to_owned(),
        force_alias_creation: false,
    };
    let account = ask.pool.account.clone();
    cx.call::<ConfirmSignUp>(&cognito_idp::SERVICE, &account, Caller::Anonymous, input)
}

/// Has the pool send another code.
pub(super) fn resend(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let name = ask.field("username").unwrap_or_default();
    let input = ResendConfirmationCodeRequest {
        client_id: target.client.client_id.clone(),
        secret_hash: target.client.secret_hash(name),
        username: name.to_owned(),
    };
    let account = ask.pool.account.clone();
    let service = &cognito_idp::SERVICE;
    match cx.call::<ResendConfirmationCode>(service, &account, Caller::Anonymous, input) {
        Ok(sent) => {
            let to = format!("A new code is on its way to {}.", sent.destination());
            form(cx, ask, target, name, &Notice::Good(&to))
        }
        Err(fault) => {
            form(cx, ask, target, name, &Notice::Bad(&fault.message)).refused(fault.clone())
        }
    }
}

/// The link in a verification mail.
pub(super) fn link(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Reply {
    let Some(client) = ask.param("client_id").and_then(|id| ask.client(cx, id)) else {
        return page::error("invalid_request").refused(Fault::new(400, "invalid_request", ""));
    };
    let name = ask.param("user_name").unwrap_or_default();
    let code = ask.param("confirmation_code").unwrap_or_default();
    if let Err(fault) = confirm(cx, ask, &client, name, code) {
        return page::say(400, "Confirm your account", &fault.message).refused(fault);
    }
    let back = ask
        .param("redirect_uri")
        .filter(|uri| client.callback_urls.iter().flatten().any(|known| known == uri));
    match back {
        Some(uri) => Reply::redirect(uri.to_owned()),
        None => page::say(200, "Confirm your account", "Your registration has been confirmed!"),
    }
}
