//! `GET /oauth2/authorize`: where a sign-in begins, and how each one ends.

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::encode;
use cognitab_wire::shape::Timestamp;

use crate::auth::app::App;
use crate::auth::tokens::{self, NewSignIn};
use crate::hosted::oauth::authorization_code::{self, Code};
use crate::hosted::oauth::authorization_request::{Target, Trouble, joined};
use crate::hosted::request::Ask;
use crate::hosted::sso_session;
use crate::model::user::User;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;
use cognitab_trace::event::ArtifactKind;

/// Sends the browser to the login page, or straight back where it is signed in.
pub(crate) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Reply {
    let target = match Target::read(cx, ask) {
        Ok(target) => target,
        Err(trouble) => return trouble.reply(ask),
    };
    // Only managed login knows the parameter.
    let managed = *ask.domain.managed_login_version == 2;
    let prompt = ask.param("prompt").filter(|_| managed).unwrap_or_default();
    let again = prompt.split(' ').any(|p| p == "login");
    match sso_session::live(cx, ask).filter(|_| !again) {
        Some((session, user)) => {
            let note = format!("{} is signed in at this domain", user.username);
            cx.rung(Rung::passed(RungKind::Authentication, note));
            finish(cx, ask, &target, &user, session.started)
        }
        None if prompt == "none" => {
            let why = "nobody is signed in at this domain";
            cx.rung(Rung::refused(RungKind::Authentication, why));
            let Target { redirect_uri, state, .. } = target;
            Trouble::Back { redirect_uri, state, error: "login_required", why }.reply(ask)
        }
        None => Reply::redirect(ask.sibling("login")),
    }
}

/// Sends the browser back to the application with a code or with tokens.
pub(crate) fn finish(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    user: &User,
    auth_time: Timestamp,
) -> Reply {
    let state = target.state.as_ref().map(|s| format!("&state={}", encode(s)));
    let state = state.unwrap_or_default();
    if !target.implicit {
        let code = code(cx, ask, target, user, auth_time);
        return Reply::redirect(joined(&target.redirect_uri, &format!("code={code}{state}")));
    }
    let begin = NewSignIn {
        scopes: target.scopes.clone(),
        nonce: target.nonce.clone(),
        oauth: true,
        auth_time,
        refresh: false,
    };
    let tokens = tokens::sign_in(cx, App { pool: &ask.pool, client: &target.client }, user, begin);
    let id = tokens.id.map(|id| format!("id_token={id}&")).unwrap_or_default();
    Reply::redirect(format!(
        "{}#{id}access_token={}&token_type=Bearer&expires_in={}{state}",
        target.redirect_uri, tokens.access, tokens.expires_in
    ))
}

fn code(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    target: &Target,
    user: &User,
    auth_time: Timestamp,
) -> String {
    let code = Code {
        code: cx.random.uuid(),
        pool: ask.pool.id.to_string(),
        client: target.client.client_id.to_string(),
        username: user.username.to_string(),
        redirect_uri: target.redirect_uri.clone(),
        scopes: target.scopes.clone(),
        challenge: target.challenge.clone(),
        nonce: target.nonce.clone(),
        auth_time,
        expires: Timestamp(cx.now + authorization_code::LIFE),
        used: false,
    };
    cx.world.put(&code);
    tokens::add_returned(cx, ArtifactKind::Code, &code.code, &user.username, code.expires.0);
    code.code
}
