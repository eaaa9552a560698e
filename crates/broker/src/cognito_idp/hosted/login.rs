//! `/login`: name and password, and the first password of one's own.

use std::collections::BTreeMap;

use super::ask::Ask;
use super::page::{self, Field, Form, Notice};
use super::reply::Reply;
use super::target::Target;
use super::{authorize, session};
use crate::caller::Caller;
use crate::cognito_idp::hosted_new_password::HostedNewPassword;
use crate::cognito_idp::hosted_sign_in::{HostedSignIn, HostedSignInResponse};
use crate::cognito_idp::initiate_auth::{AuthFlowType, InitiateAuthRequest};
use crate::cognito_idp::pool::{Contact, Pool};
use crate::cognito_idp::respond_to_auth_challenge::RespondToAuthChallengeRequest;
use crate::cognito_idp::result::ChallengeNameType;
use crate::cognito_idp::{self, user};
use crate::cx::Cx;
use crate::fault::Fault;
use cognitab_wire::http::encode;
use cognitab_wire::shape::Timestamp;

/// Shows the form.
pub(super) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let hint = ask.param("login_hint").unwrap_or_default();
    form(cx, ask, target, hint, &Notice::None)
}

fn form(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    username: &str,
    notice: &Notice<'_>,
) -> Reply {
    let (csrf, cookie) = session::csrf(cx, ask);
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
    let forgot = page::link(ask, "forgotPassword");
    body.push_str(&format!("<p><a href=\"{forgot}\">Forgot your password?</a></p>\n"));
    if !ask.pool.admin_create.allow_admin_create_user_only {
        let link = page::link(ask, "signup");
        body.push_str(&format!("<p>No account yet? <a href=\"{link}\">Sign up</a></p>\n"));
    }
    page::show(target, "Sign in", notice, &body).cookie(cookie)
}

/// What a pool calls the name that one signs in with.
pub(super) fn name_label(pool: &Pool) -> &'static str {
    match pool.username_attributes.as_slice() {
        [] => "Username",
        [Contact::Email] => "Email",
        [Contact::Phone] => "Phone number",
        _ => "Email or phone number",
    }
}

/// Takes name and password to the pool.
pub(super) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let name = ask.field("username").unwrap_or_default().to_owned();
    let mut parameters = BTreeMap::new();
    for (key, field) in [("USERNAME", "username"), ("PASSWORD", "password")] {
        let value = ask.field(field).unwrap_or_default();
        parameters.insert(key.to_owned(), value.to_owned());
    }
    let input = InitiateAuthRequest {
        auth_flow: AuthFlowType::UserPasswordAuth,
        auth_parameters: parameters,
        client_id: target.client.client_id.clone(),
    };
    let account = ask.pool.account.clone();
    let result = cx.call::<HostedSignIn>(&cognito_idp::SERVICE, &account, Caller::Anonymous, input);
    match result {
        Ok(answer) => proceed(cx, ask, target, &answer),
        Err(fault) if fault.code == "UserNotConfirmedException" => {
            let confirm = format!("{}&username={}", ask.sibling("confirm"), encode(&name));
            Reply::redirect(confirm).refused(fault)
        }
        Err(fault) => {
            let notice = Notice::Bad(&fault.message);
            form(cx, ask, target, &name, &notice).refused(fault.clone())
        }
    }
}

fn proceed(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    answer: &HostedSignInResponse,
) -> Reply {
    let asked = answer.challenge_name == Some(ChallengeNameType::NewPasswordRequired);
    if let Some(session) = answer.session.as_ref().filter(|_| asked) {
        return choose(cx, ask, target, &answer.username, session, &Notice::None);
    }
    enter(cx, ask, target, &answer.username)
}

/// Signs a proven person in at the domain and sends them back to the application.
pub(super) fn enter(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target, username: &str) -> Reply {
    let Some(user) = user::find(&cx.world, &ask.pool, username) else {
        return page::error("server_error").refused(Fault::new(400, "server_error", ""));
    };
    session::end(cx, ask);
    let cookie = session::begin(cx, &ask.pool, &user, true);
    let now = Timestamp(cx.now);
    authorize::finish(cx, ask, target, &user, now).cookie(Some(cookie))
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
    let (csrf, cookie) = session::csrf(cx, ask);
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
    page::show(target, "Choose a new password", notice, &form.html(ask)).cookie(cookie)
}

/// Takes the password of one's own to the pool.
pub(super) fn new_password(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Reply {
    let field = |name: &str| ask.field(name).unwrap_or_default().to_owned();
    let (name, session) = (field("username"), field("session"));
    let answers = [("USERNAME", name.clone()), ("NEW_PASSWORD", field("new_password"))];
    let input = RespondToAuthChallengeRequest {
        client_id: target.client.client_id.clone(),
        challenge_name: ChallengeNameType::NewPasswordRequired,
        session: Some(session.clone()),
        challenge_responses: answers.map(|(n, v)| (n.to_owned(), v)).into(),
    };
    let account = ask.pool.account.clone();
    let service = &cognito_idp::SERVICE;
    match cx.call::<HostedNewPassword>(service, &account, Caller::Anonymous, input) {
        Ok(answer) => enter(cx, ask, target, &answer.username),
        Err(fault) if fault.code == "NotAuthorizedException" => {
            form(cx, ask, target, &name, &Notice::Bad(&fault.message)).refused(fault.clone())
        }
        Err(fault) => choose(cx, ask, target, &name, &session, &Notice::Bad(&fault.message))
            .refused(fault.clone()),
    }
}
