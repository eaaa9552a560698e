//! `/forgotPassword` and `/confirmforgotPassword`: a new password by way of a code.

use crate::hosted::oauth::authorization_request::Target;
use crate::hosted::pages::html::{self, Field, Form, Notice};
use crate::hosted::pages::login::name_label;
use crate::hosted::request::Ask;
use crate::hosted::sso_session;
use crate::operations::registration::confirm_forgot_password::{
    ConfirmForgotPassword, ConfirmForgotPasswordRequest,
};
use crate::operations::registration::forgot_password::{ForgotPassword, ForgotPasswordRequest};
use cognitab_kernel::Caller;
use cognitab_kernel::service::Reply;
use cognitab_kernel::{Cx, Stop};

/// Asks whose password was forgotten.
pub(crate) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    Ok(who(cx, ask, target, &Notice::None))
}

fn who(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target, notice: &Notice<'_>) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, ask);
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
    html::show(target, "Forgot your password?", notice, &form.html(ask)).cookie(cookie)
}

/// Has the pool send a code.
pub(crate) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let name = ask.field("username").unwrap_or_default();
    let input = ForgotPasswordRequest {
        client_id: target.client.client_id.clone(),
        secret_hash: target.client.secret_hash(name),
        username: name.into(),
    };
    let account = ask.pool.account.clone();
    match cx.call::<ForgotPassword>(&account, Caller::Anonymous, input) {
        Ok(sent) => {
            let to = format!("A code is on its way to {}.", sent.destination());
            Ok(choose(cx, ask, target, &Notice::Good(&to)))
        }
        Err(stop) => {
            let error = stop.error()?;
            Ok(who(cx, ask, target, &Notice::Bad(&error.message)).refused(error))
        }
    }
}

fn choose(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target, notice: &Notice<'_>) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, ask);
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
    html::show(target, "Choose a new password", notice, &form.html(ask)).cookie(cookie)
}

/// Takes code and new password to the pool; the person then signs in with it.
pub(crate) fn confirm(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let field = |name: &str| ask.field(name).unwrap_or_default().to_owned();
    let name = field("username");
    let input = ConfirmForgotPasswordRequest {
        client_id: target.client.client_id.clone(),
        secret_hash: target.client.secret_hash(&name),
        username: name.into(),
        confirmation_code: field("code").into(),
        password: field("password").into(),
    };
    let account = ask.pool.account.clone();
    match cx.call::<ConfirmForgotPassword>(&account, Caller::Anonymous, input) {
        Ok(()) => Ok(Reply::redirect(ask.sibling("login"))),
        Err(stop) => {
            let error = stop.error()?;
            Ok(choose(cx, ask, target, &Notice::Bad(&error.message)).refused(error))
        }
    }
}
