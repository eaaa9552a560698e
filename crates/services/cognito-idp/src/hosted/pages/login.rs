//! `/login`: name and password, and the first password of one's own.

use crate::hosted::oauth::authorization_request::Target;
use crate::hosted::oauth::authorize;
use crate::hosted::pages::html::{self, Field, Form, Notice};
use crate::hosted::request::Ask;
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
pub(crate) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let hint = ask.param("login_hint").unwrap_or_default();
    Ok(form(cx, ask, target, hint, &Notice::None))
}

fn form(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    username: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, ask);
    let label = name_label(&ask.pool);
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
    let mut body = form.html(ask);
    let forgot = html::link(ask, "forgotPassword");
    body.push_str(&format!("<p><a href=\"{forgot}\">Forgot your password?</a></p>\n"));
    if !ask.pool.admin_create.allow_admin_create_user_only {
        let link = html::link(ask, "signup");
        body.push_str(&format!("<p>No account yet? <a href=\"{link}\">Sign up</a></p>\n"));
    }
    html::show(target, "Sign in", notice, &body).cookie(cookie)
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
pub(crate) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let name = ask.field("username").unwrap_or_default();
    let password = ask.field("password").unwrap_or_default();
    match sign_in_steps::password(cx, &ask.pool, &target.client, name, password) {
        Ok(SignIn::Complete(user)) => Ok(enter(cx, ask, target, &user)),
        Ok(SignIn::NewPasswordRequired { user, session }) => {
            Ok(choose(cx, ask, target, &user.username, &session, &Notice::None))
        }
        Err(stop) => {
            let error = stop.error()?;
            if error.code == "UserNotConfirmedException" {
                let confirm = format!("{}&username={}", ask.sibling("confirm"), encode(name));
                return Ok(Reply::redirect(&confirm).refused(error));
            }
            let page = form(cx, ask, target, name, &Notice::Bad(&error.message));
            Ok(page.refused(error))
        }
    }
}

/// Begins a session at the domain and sends the person back to the application.
pub(crate) fn enter(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target, user: &User) -> Reply {
    sso_session::end(cx, ask);
    let cookie = sso_session::begin(cx, &ask.pool, user, true);
    let now = Timestamp(cx.now);
    authorize::finish(cx, ask, target, user, now).cookie(Some(cookie))
}

/// Asks for a password of one's own.
fn choose(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    username: &str,
    session: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, ask);
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
    html::show(target, "Choose a new password", notice, &form.html(ask)).cookie(cookie)
}

/// Sets the new password.
pub(crate) fn new_password(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let field = |name: &str| ask.field(name).unwrap_or_default();
    let (name, session, password) = (field("username"), field("session"), field("new_password"));
    match sign_in_steps::new_password(cx, &ask.pool, &target.client, name, session, password) {
        Ok(user) => Ok(enter(cx, ask, target, &user)),
        Err(stop) => {
            let error = stop.error()?;
            let notice = Notice::Bad(&error.message);
            let page = match &*error.code {
                "NotAuthorizedException" => form(cx, ask, target, name, &notice),
                _ => choose(cx, ask, target, name, session, &notice),
            };
            Ok(page.refused(error))
        }
    }
}
