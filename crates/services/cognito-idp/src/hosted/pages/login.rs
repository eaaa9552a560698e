//! `/login`: name and password, and the first password of one's own.

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::oauth::authorize;
use crate::hosted::pages::html::{self, Field, Form, Notice};
use crate::hosted::request::PageRequest;
use crate::hosted::sign_in_steps::{self, SignIn};
use crate::hosted::sso_session;
use crate::model::pool::{Contact, Pool};
use crate::model::user::User;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::service::Reply;
use cognitab_wire::http::encode;
use cognitab_wire::shape::Timestamp;

/// Shows the form.
pub(crate) fn get(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let hint = request.param("login_hint").unwrap_or_default();
    Ok(form(cx, request, authorization, hint, &Notice::None))
}

fn form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    username: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, request);
    let label = name_label(&request.pool);
    let form = Form {
        action: "login",
        csrf: &csrf,
        hidden: &[],
        fields: &[
            Field {
                name: "username",
                label,
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
    let mut body = form.html(request);
    let forgot = html::link(request, "forgotPassword");
    body.push_str(&format!("<p><a href=\"{forgot}\">Forgot your password?</a></p>\n"));
    if !request.pool.admin_create.allow_admin_create_user_only {
        let link = html::link(request, "signup");
        body.push_str(&format!("<p>No account yet? <a href=\"{link}\">Sign up</a></p>\n"));
    }
    html::show(authorization, "Sign in", notice, &body).cookie(cookie)
}

/// What a pool calls the name that one signs in with.
pub(crate) fn name_label(pool: &Pool) -> &'static str {
    match pool.username_attributes.as_slice() {
        [] => "Username",
        [Contact::Email] => "Email",
        [Contact::Phone] => "Phone number",
        _ => "Email or phone number",
    }
}

/// Authenticates the person with user name and password.
pub(crate) fn post(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.field("username").unwrap_or_default();
    let password = request.field("password").unwrap_or_default();
    match sign_in_steps::password(cx, &request.pool, &authorization.client, name, password) {
        Ok(SignIn::Complete(user)) => Ok(enter(cx, request, authorization, &user)),
        Ok(SignIn::NewPasswordRequired { user, session }) => {
            Ok(choose(cx, request, authorization, &user.username, &session, &Notice::None))
        }
        Err(stop) => {
            let error = stop.error()?;
            if error.code == "UserNotConfirmedException" {
                let confirm = format!("{}&username={}", request.sibling("confirm"), encode(name));
                return Ok(Reply::redirect(&confirm).refused(error));
            }
            let page = form(cx, request, authorization, name, &Notice::Bad(&error.message));
            Ok(page.refused(error))
        }
    }
}

/// Begins a session at the domain and sends the person back to the application.
pub(crate) fn enter(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    user: &User,
) -> Reply {
    sso_session::end(cx, request);
    let cookie = sso_session::begin(cx, &request.pool, user, true);
    let now = Timestamp(cx.now);
    authorize::finish(cx, request, authorization, user, now).cookie(Some(cookie))
}

/// Asks for a password of one's own.
fn choose(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    username: &str,
    session: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, request);
    let form = Form {
        action: "newPassword",
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
    html::show(authorization, "Choose a new password", notice, &form.html(request)).cookie(cookie)
}

/// Sets the new password.
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
        Ok(user) => Ok(enter(cx, request, authorization, &user)),
        Err(stop) => {
            let error = stop.error()?;
            let notice = Notice::Bad(&error.message);
            let page = match &*error.code {
                "NotAuthorizedException" => form(cx, request, authorization, name, &notice),
                _ => choose(cx, request, authorization, name, session, &notice),
            };
            Ok(page.refused(error))
        }
    }
}
