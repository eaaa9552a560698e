//! Fresh tokens for a refresh token.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::time;

use crate::auth::tokens::{self, Tokens};
use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;
use crate::model::sign_in::{self, SignIn};
use crate::model::user::{self, User};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_trace::event::ArtifactKind;

/// Fresh tokens by the API's rules: the secret is proven by its hash over the user's real name.
pub(crate) fn by_hash(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    token: &str,
    hash: Option<&str>,
) -> Result<Tokens, Stop> {
    let sign_in = find(cx, client, token)?;
    client.check_hash(cx, &sign_in.username, hash)?;
    renew(cx, pool, client, &sign_in)
}

/// Fresh tokens for a client that has already proven who it is.
pub(crate) fn by_client(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    token: &str,
) -> Result<Tokens, Stop> {
    let sign_in = find(cx, client, token)?;
    renew(cx, pool, client, &sign_in)
}

fn find(cx: &mut Cx<'_>, client: &UserPoolClientType, token: &str) -> Result<SignIn, Stop> {
    let Some(sign_in) = sign_in::by_refresh_token(&cx.world, token) else {
        tokens::carry(cx, ArtifactKind::RefreshToken, token, "", 0);
        cx.rung(Rung::refused(RungKind::Token, "nobody was given this refresh token"));
        return Err(Error::RefreshInvalid.into());
    };
    let (name, end) = (&sign_in.username, sign_in.expires.0);
    tokens::carry(cx, ArtifactKind::RefreshToken, token, name, end);
    if sign_in.client != client.client_id {
        let compare = vec![Compare::one("client", &client.client_id, &sign_in.client)];
        let note = "the refresh token was given to another app client";
        cx.rung(Rung::refused(RungKind::Token, note).comparing(compare));
        return Err(Error::RefreshInvalid.into());
    }
    Ok(sign_in)
}

fn renew(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    sign_in: &SignIn,
) -> Result<Tokens, Stop> {
    let user = check(cx, sign_in)?;
    cx.rung(Rung::passed(RungKind::Token, "the refresh token is known, alive and this client's"));
    Ok(tokens::make(cx, pool, client, &user, sign_in, None))
}

fn check(cx: &mut Cx<'_>, sign_in: &SignIn) -> Result<User, Stop> {
    let refuse = |cx: &mut Cx<'_>, kind: RungKind, note: &str, error: Error| {
        cx.rung(Rung::refused(kind, note));
        Stop::from(error)
    };
    if sign_in.expires.0 <= cx.now {
        let (end, now) = (time::iso(sign_in.expires.0), time::iso(cx.now));
        let compare = vec![Compare::one("valid until", &end, &now)];
        let note = "the refresh token has expired";
        cx.rung(Rung::refused(RungKind::Token, note).comparing(compare));
        return Err(Error::RefreshExpired.into());
    }
    let user = user::get(&cx.world, &sign_in.pool, &sign_in.username);
    let Some(user) = user.filter(|u| u.sub == sign_in.sub) else {
        return Err(refuse(cx, RungKind::State, "its user is gone", Error::NoUser));
    };
    if !user.enabled {
        return Err(refuse(cx, RungKind::State, "its user is disabled", Error::Disabled));
    }
    if !sign_in.alive(&user) {
        let note = "the refresh token has been revoked";
        return Err(refuse(cx, RungKind::Token, note, Error::RefreshRevoked));
    }
    Ok(user)
}
