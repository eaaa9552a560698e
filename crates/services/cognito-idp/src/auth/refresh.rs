//! New tokens in exchange for a refresh token.

use cognitab_kernel::{Cx, Stop};
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_trace::event::ArtifactKind;
use cognitab_wire::time;

use crate::auth::app::App;
use crate::auth::tokens::{self, Grant, Tokens};
use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::sign_in::{self, SignIn};
use crate::model::user::{self, User};

/// Refreshes tokens for a client that proves its secret by a secret hash over the user name.
pub(crate) fn with_secret_hash(
    cx: &mut Cx<'_>,
    app: App<'_>,
    token: &str,
    hash: Option<&str>,
) -> Result<Tokens, Stop> {
    let sign_in = find(cx, app.client, token)?;
    app.client.check_secret_hash(cx, &sign_in.username, hash)?;
    issue(cx, app, &sign_in)
}

/// Refreshes tokens for a client that has authenticated.
pub(crate) fn refresh(cx: &mut Cx<'_>, app: App<'_>, token: &str) -> Result<Tokens, Stop> {
    let sign_in = find(cx, app.client, token)?;
    issue(cx, app, &sign_in)
}

fn find(cx: &mut Cx<'_>, client: &UserPoolClientType, token: &str) -> Result<SignIn, Stop> {
    let refused = |note: &str| Rung::refused(RungKind::Token, note);
    let Some(sign_in) = sign_in::by_refresh_token(&cx.world, token) else {
        tokens::add_carried(cx, ArtifactKind::RefreshToken, token, "", 0);
        let rung = refused("the refresh token does not exist");
        return Err(cx.refuse_with(rung, Error::RefreshTokenInvalid).into());
    };
    let (name, end) = (&sign_in.username, sign_in.expires.0);
    tokens::add_carried(cx, ArtifactKind::RefreshToken, token, name, end);
    if sign_in.client != client.client_id {
        let compare = vec![Compare::one("client_id", &client.client_id, &sign_in.client)];
        let rung = refused("the refresh token was issued to another app client").comparing(compare);
        return Err(cx.refuse_with(rung, Error::RefreshTokenInvalid).into());
    }
    Ok(sign_in)
}

fn issue(cx: &mut Cx<'_>, app: App<'_>, sign_in: &SignIn) -> Result<Tokens, Stop> {
    let user = check(cx, sign_in)?;
    let note = "the refresh token is valid and was issued to this app client";
    cx.rung(Rung::passed(RungKind::Token, note));
    Ok(Grant { app, user: &user, sign_in }.tokens(cx, None))
}

/// The user of a sign-in that has neither expired nor been revoked.
fn check(cx: &mut Cx<'_>, sign_in: &SignIn) -> Result<User, Stop> {
    if sign_in.expires.0 <= cx.now {
        let (end, now) = (time::iso(sign_in.expires.0), time::iso(cx.now));
        let rung = Rung::refused(RungKind::Token, "the refresh token has expired")
            .comparing(vec![Compare::one("valid until", &end, &now)]);
        return Err(cx.refuse_with(rung, Error::RefreshTokenExpired).into());
    }
    let user = user::get(&cx.world, &sign_in.pool, &sign_in.username);
    let Some(user) = user.filter(|user| user.sub == sign_in.sub) else {
        let rung = Rung::refused(RungKind::State, "the user no longer exists");
        return Err(cx.refuse_with(rung, Error::UserNotFound).into());
    };
    if !user.enabled {
        let rung = Rung::refused(RungKind::State, "the user is disabled");
        return Err(cx.refuse_with(rung, Error::UserDisabled).into());
    }
    if !sign_in.is_valid(&user) {
        let rung = Rung::refused(RungKind::Token, "the refresh token has been revoked");
        return Err(cx.refuse_with(rung, Error::RefreshTokenRevoked).into());
    }
    Ok(user)
}
