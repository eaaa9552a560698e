//! `/forgotPassword` and `/confirmforgotPassword`: a new password by way of a code.

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::pages::html::{self, Field, Form, Notice};
use crate::hosted::pages::login::name_label;
use crate::hosted::request::PageRequest;
use crate::hosted::sso_session;
use crate::operations::registration::confirm_forgot_password::{
    ConfirmForgotPassword, ConfirmForgotPasswordRequest,
};
use crate::operations::registration::forgot_password::{ForgotPassword, ForgotPasswordRequest};
use cognitab_kernel::Caller;
use cognitab_kernel::service::Reply;
use cognitab_kernel::{Cx, Stop};

/// Asks whose password was forgotten.
pub(crate) fn get(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    Ok(who(cx, request, authorization, &Notice::None))
}

fn who(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, request);
    let form = Form {
        action: "forgotPassword",
        csrf: &csrf,
        hidden: &[],
        fields: &[Field {
            name: "username",
            label: name_label(&request.pool),
            kind: "text",
            value: request.field("username").unwrap_or_default(),
            autocomplete: "username",
        }],
        button: "Reset my password",
    };
    html::show(authorization, "Forgot your password?", notice, &form.html(request)).cookie(cookie)
}

/// Has the pool send a code.
pub(crate) fn post(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.field("username").unwrap_or_default();
    let input = ForgotPasswordRequest {
        client_id: authorization.client.client_id.clone(),
        secret_hash: authorization.client.secret_hash(name),
        username: name.into(),
    };
    let account = request.pool.account.clone();
    match cx.call::<ForgotPassword>(&account, Caller::Anonymous, input) {
        Ok(sent) => {
            let to = format!("A code is on its way to {}.", sent.destination());
            Ok(choose(cx, request, authorization, &Notice::Good(&to)))
        }
        Err(stop) => {
            let error = stop.error()?;
            Ok(who(cx, request, authorization, &Notice::Bad(&error.message)).refused(error))
        }
    }
}

fn choose(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, request);
    let name = request.field("username").unwrap_or_default();
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
    html::show(authorization, "Choose a new password", notice, &form.html(request)).cookie(cookie)
}

/// Takes code and new password to the pool; the person then signs in with it.
pub(crate) fn confirm(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let field = |name: &str| request.field(name).unwrap_or_default().to_owned();
    let name = field("username");
    let input = ConfirmForgotPasswordRequest {
        client_id: authorization.client.client_id.clone(),
        secret_hash: authorization.client.secret_hash(&name),
        username: name.into(),
        confirmation_code: field("code").into(),
        password: field("password").into(),
    };
    let account = request.pool.account.clone();
    match cx.call::<ConfirmForgotPassword>(&account, Caller::Anonymous, input) {
        Ok(()) => Ok(Reply::redirect(request.sibling("login"))),
        Err(stop) => {
            let error = stop.error()?;
            Ok(choose(cx, request, authorization, &Notice::Bad(&error.message)).refused(error))
        }
    }
}
