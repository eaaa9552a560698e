//! Fresh tokens for a refresh token.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::time;

use super::client::UserPoolClientType;
use super::error::Error;
use super::pool::Pool;
use super::session::{self, SignIn};
use super::tokens::{self, Tokens};
use super::user::{self, User};
use crate::cx::Cx;
use crate::event::ArtifactKind;
use crate::fault::Fault;

/// Fresh tokens by the API's rules: the secret is proven by its hash over the user's real name.
pub(super) fn by_hash(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    token: &str,
    hash: Option<&str>,
) -> Result<Tokens, Fault> {
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
) -> Result<Tokens, Fault> {
    let sign_in = find(cx, client, token)?;
    renew(cx, pool, client, &sign_in)
}

fn find(cx: &mut Cx<'_>, client: &UserPoolClientType, token: &str) -> Result<SignIn, Fault> {
    let Some(sign_in) = session::by_refresh_token(&cx.world, token) else {
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
) -> Result<Tokens, Fault> {
    let user = check(cx, sign_in)?;
    cx.rung(Rung::passed(RungKind::Token, "the refresh token is known, alive and this client's"));
    Ok(tokens::make(cx, pool, client, &user, sign_in, None))
}

fn check(cx: &mut Cx<'_>, sign_in: &SignIn) -> Result<User, Fault> {
    let refuse = |cx: &mut Cx<'_>, kind: RungKind, note: &str, error: Error| {
        cx.rung(Rung::refused(kind, note));
        Fault::from(error)
    };
    if sign_in.expires.0 <= cx.now {
        let (end, now) = (time::iso(sign_in.expires.0), time::iso(cx.now));
        let compare = vec![Compare::one("valid until", &end, &now)];
        let note = "the refresh token has expired";
        cx.rung(Rung::refused(RungKind::Token, note).comparing(compare));
        return Err(Error::RefreshExpired.into());
    }
    let user: Option<User> = cx.world.get(&user::key(&sign_in.pool, &sign_in.username));
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
