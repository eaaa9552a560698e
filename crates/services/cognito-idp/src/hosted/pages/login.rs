//! `/login` and `/newPassword`: the sign-in, and the password that replaces a temporary one.

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::oauth::authorize;
use crate::hosted::pages::layout::{self, app_page};
use crate::hosted::request::PageRequest;
use crate::hosted::sign_in_steps::{self, SignInResult};
use crate::hosted::sso_session::{self, SessionState};
use crate::model::pool::{Contact, Pool};
use crate::model::user::User;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::service::Reply;
use cognitab_kernel::web::form::{Field, Form, Notice};
use cognitab_wire::http::encode;
use cognitab_wire::shape::Timestamp;
use maud::html;

/// `GET /login`.
pub(crate) fn get(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let hint = request.param("login_hint").unwrap_or_default();
    Ok(sign_in_form(cx, request, authorization, hint, Notice::None))
}

fn sign_in_form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    username: &str,
    notice: Notice<'_>,
) -> Reply {
    let (csrf, cookie) = request.csrf_token(cx);
    let form = Form {
        action: &layout::relative_url(request, "login"),
        csrf: &csrf,
        hidden: &[],
        fields: &[
            Field {
                name: "username",
                label: username_label(&request.pool),
                kind: "text",
                value: username,
                autocomplete: "username",
            },
            Field {
                name: "password",
                label: "Password",
                kind: "password",
                value: "",
                autocomplete: "current-password",
            },
        ],
        button: "Sign in",
    };
    let body = html! {
        (form)
        p { (layout::link(request, "forgotPassword", "Forgot your password?")) }
        @if !request.pool.admin_create.allow_admin_create_user_only {
            p { "Need an account? " (layout::link(request, "signup", "Sign up")) }
        }
    };
    app_page(authorization, "Sign in", notice, &body).cookie(cookie)
}

/// The label of the field for the user name: what users of the pool sign in with.
pub(crate) fn username_label(pool: &Pool) -> &'static str {
    match pool.username_attributes.as_slice() {
        [] => "Username",
        [Contact::Email] => "Email",
        [Contact::Phone] => "Phone number",
        _ => "Email or phone number",
    }
}

/// `POST /login`.
pub(crate) fn post(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.field("username").unwrap_or_default();
    let password = request.field("password").unwrap_or_default();
    match sign_in_steps::password(cx, &request.pool, &authorization.client, name, password) {
        Ok(SignInResult::Complete(user)) => Ok(complete_sign_in(cx, request, authorization, &user)),
        Ok(SignInResult::NewPasswordRequired { user, session }) => {
            let name = &user.username;
            Ok(new_password_form(cx, request, authorization, name, &session, Notice::None))
        }
        Err(stop) => {
            let error = stop.error()?;
            if error.code == "UserNotConfirmedException" {
                let confirm = format!("{}&username={}", request.url_of("confirm"), encode(name));
                return Ok(Reply::redirect(&confirm).refused(error));
            }
            let notice = Notice::Error(&error.message);
            let page = sign_in_form(cx, request, authorization, name, notice);
            Ok(page.refused(error))
        }
    }
}

/// Creates a session at the domain and redirects to the application.
pub(crate) fn complete_sign_in(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    user: &User,
) -> Reply {
    sso_session::delete(cx, request);
    let cookie = sso_session::create(cx, &request.pool, user, SessionState::SignedIn);
    let now = Timestamp(cx.now);
    authorize::respond(cx, request, authorization, user, now).cookie(Some(cookie))
}

/// The form for the password that replaces a temporary one.
fn new_password_form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    username: &str,
    session: &str,
    notice: Notice<'_>,
) -> Reply {
    let (csrf, cookie) = request.csrf_token(cx);
    let form = Form {
        action: &layout::relative_url(request, "newPassword"),
        csrf: &csrf,
        hidden: &[("session", session), ("username", username)],
        fields: &[Field {
            name: "new_password",
            label: "New password",
            kind: "password",
            value: "",
            autocomplete: "new-password",
        }],
        button: "Change password",
    };
    app_page(authorization, "Change your password", notice, &html! { (form) }).cookie(cookie)
}

/// `POST /newPassword`.
pub(crate) fn new_password(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let field = |name: &str| request.field(name).unwrap_or_default();
    let (name, session, password) = (field("username"), field("session"), field("new_password"));
    match sign_in_steps::new_password(
        cx,
        &request.pool,
        &authorization.client,
        name,
        session,
        password,
    ) {
        Ok(user) => Ok(complete_sign_in(cx, request, authorization, &user)),
        Err(stop) => {
            let error = stop.error()?;
            let notice = Notice::Error(&error.message);
            let page = match &*error.code {
                "NotAuthorizedException" => sign_in_form(cx, request, authorization, name, notice),
                _ => new_password_form(cx, request, authorization, name, session, notice),
            };
            Ok(page.refused(error))
        }
    }
}
