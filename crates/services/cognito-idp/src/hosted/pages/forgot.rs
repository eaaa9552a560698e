//! `/forgotPassword` and `/confirmforgotPassword`: a new password by a verification code.

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::pages::layout::{self, app_page};
use crate::hosted::pages::login::username_label;
use crate::hosted::request::PageRequest;
use crate::operations::registration::confirm_forgot_password::{
    ConfirmForgotPassword, ConfirmForgotPasswordRequest,
};
use crate::operations::registration::forgot_password::{ForgotPassword, ForgotPasswordRequest};
use cognitab_kernel::Caller;
use cognitab_kernel::service::Reply;
use cognitab_kernel::web::form::{Field, Form, Notice};
use cognitab_kernel::{Cx, Stop};
use maud::html;

/// `GET /forgotPassword`.
pub(crate) fn get(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    Ok(username_form(cx, request, authorization, Notice::None))
}

fn username_form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    notice: Notice<'_>,
) -> Reply {
    let (csrf, cookie) = request.csrf_token(cx);
    let form = Form {
        action: &layout::relative_url(request, "forgotPassword"),
        csrf: &csrf,
        hidden: &[],
        fields: &[Field {
            name: "username",
            label: username_label(&request.pool),
            kind: "text",
            value: request.field("username").unwrap_or_default(),
            autocomplete: "username",
        }],
        button: "Reset my password",
    };
    app_page(authorization, "Forgot your password?", notice, &html! { (form) }).cookie(cookie)
}

/// `POST /forgotPassword`.
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
            let text = format!("We sent a code to {}.", sent.destination());
            Ok(new_password_form(cx, request, authorization, Notice::Success(&text)))
        }
        Err(stop) => {
            let error = stop.error()?;
            let notice = Notice::Error(&error.message);
            Ok(username_form(cx, request, authorization, notice).refused(error))
        }
    }
}

fn new_password_form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    notice: Notice<'_>,
) -> Reply {
    let (csrf, cookie) = request.csrf_token(cx);
    let name = request.field("username").unwrap_or_default();
    let field =
        |name, label, kind, autocomplete| Field { name, label, kind, value: "", autocomplete };
    let form = Form {
        action: &layout::relative_url(request, "confirmforgotPassword"),
        csrf: &csrf,
        hidden: &[("username", name)],
        fields: &[
            field("code", "Verification code", "text", "one-time-code"),
            field("password", "New password", "password", "new-password"),
        ],
        button: "Change password",
    };
    app_page(authorization, "Change your password", notice, &html! { (form) }).cookie(cookie)
}

/// `POST /confirmforgotPassword`. The user then signs in with the new password.
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
        Ok(()) => Ok(Reply::redirect(request.url_of("login"))),
        Err(stop) => {
            let error = stop.error()?;
            let notice = Notice::Error(&error.message);
            Ok(new_password_form(cx, request, authorization, notice).refused(error))
        }
    }
}
