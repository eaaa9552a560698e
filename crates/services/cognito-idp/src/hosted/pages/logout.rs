//! `GET /logout`: ends the session at the domain; tokens live on.

use cognitab_policy::ladder::{Compare, Rung, RungKind};

use crate::hosted::oauth::authorization_request::{Target, Trouble};
use crate::hosted::pages::html;
use crate::hosted::request::Ask;
use crate::hosted::sso_session;
use crate::model::types::items;
use cognitab_kernel::ApiError;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;

/// Signs out and goes away, or signs out to sign in again.
pub(crate) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Reply {
    let Some(id) = ask.param("client_id") else {
        return missing("Required String parameter 'client_id' is not present");
    };
    let Some(client) = ask.client(cx, id) else {
        let why = "the pool has no such app client";
        cx.rung(Rung::refused(RungKind::State, why));
        return Trouble::Here("invalid_request", why).reply(ask);
    };
    let registered = items(&client.logout_urls);
    let asked = ask.param("logout_uri");
    if let Some(uri) = asked.filter(|uri| registered.iter().any(|known| *known == *uri)) {
        cx.rung(Rung::passed(RungKind::State, "the app client may sign out to there"));
        let cookie = sso_session::end(cx, ask);
        return Reply::redirect(uri).cookie(cookie);
    }
    if ask.param("redirect_uri").is_some() && asked.is_none() {
        return match Target::read(cx, ask) {
            Ok(_) => {
                let cookie = sso_session::end(cx, ask);
                Reply::redirect(ask.sibling("login")).cookie(cookie)
            }
            Err(trouble) => trouble.reply(ask),
        };
    }
    let compare = Compare {
        wanted: registered.iter().map(ToString::to_string).collect(),
        met: false,
        ..Compare::one("logout_uri", asked.unwrap_or_default(), "")
    };
    let why = "the app client may not sign out to there";
    cx.rung(Rung::refused(RungKind::State, why).comparing(vec![compare]));
    missing("Required String parameter 'redirect_uri' is not present")
}

fn missing(text: &'static str) -> Reply {
    html::say(400, "An error was encountered with the requested page.", text)
        .refused(ApiError::new(400, "invalid_request", text))
}
