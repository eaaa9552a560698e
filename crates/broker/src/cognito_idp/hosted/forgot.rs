//! `/forgotPassword` and `/confirmforgotPassword`: a new password by way of a code.

use super::ask::Ask;
use super::login::name_label;
use super::page::{self, Field, Form, Notice};
use super::reply::Reply;
use super::session;
use super::target::Target;
use crate::caller::Caller;
use crate::cognito_idp;
use crate::cognito_idp::confirm_forgot_password::{
    ConfirmForgotPassword, ConfirmForgotPasswordRequest,
};
use crate::cognito_idp::forgot_password::{ForgotPassword, ForgotPasswordRequest};
use crate::cx::Cx;

/// Asks whose password was forgotten.
pub(super) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    who(cx, ask, target, &Notice::None)
}

fn who(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target, notice: &Notice<'_>) -> Reply {
    let (csrf, cookie) = session::csrf(cx, ask);
    let form = Form {
        action: "forgotPassword",
        csrf: &csrf,
        hidden: &[],
        fields: &[Field {
            name: "username",
            label: name_label(&ask.pool),
            kind: "text",
            value: ask.field("username").unwrap_or_default(),
            autocomplete: "username",
        }],
        button: "Reset my password",
    };
    page::show(target, "Forgot your password?", notice, &form.html(ask)).cookie(cookie)
}

/// Has the pool send a code.
pub(super) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let name = ask.field("username").unwrap_or_default();
    let input = ForgotPasswordRequest {
        client_id: target.client.client_id.clone(),
        secret_hash: target.client.secret_hash(name),
        username: name.to_owned(),
    };
    let account = ask.pool.account.clone();
    match cx.call::<ForgotPassword>(&cognito_idp::SERVICE, &account, Caller::Anonymous, input) {
        Ok(sent) => {
            let to = format!("A code is on its way to {}.", sent.destination());
            choose(cx, ask, target, &Notice::Good(&to))
        }
        Err(fault) => who(cx, ask, target, &Notice::Bad(&fault.message)).refused(fault.clone()),
    }
}

fn choose(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target, notice: &Notice<'_>) -> Reply {
    let (csrf, cookie) = session::csrf(cx, ask);
    let name = ask.field("username").unwrap_or_default();
    let field =
        |name, label, kind, autocomplete| Field { name, label, kind, value: "", autocomplete };
    let form = Form {
        action: "confirmforgotPassword",
        csrf: &csrf,
        hidden: &[("username", name)],
        fields: &[
            field("code", "Code from the message we sent you", "text", "one-time-code"),
            field("password", "New password", "password", "new-password"),
        ],
        button: "Change password",
    };
    page::show(target, "Choose a new password", notice, &form.html(ask)).cookie(cookie)
}

/// Takes code and new password to the pool; the person then signs in with it.
pub(super) fn confirm(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let field = |name: &str| ask.field(name).unwrap_or_default().to_owned();
    let name = field("username");
    let input = ConfirmForgotPasswordRequest {
        client_id: target.client.client_id.clone(),
        secret_hash: target.client.secret_hash(&name),
        username: name,
        confirmation_code: field("code"),
        password: field("password"),
    };
    let account = ask.pool.account.clone();
    let service = &cognito_idp::SERVICE;
    match cx.call::<ConfirmForgotPassword>(service, &account, Caller::Anonymous, input) {
        Ok(()) => Reply::redirect(ask.sibling("login")),
        Err(fault) => choose(cx, ask, target, &Notice::Bad(&fault.message)).refused(fault.clone()),
    }
}
