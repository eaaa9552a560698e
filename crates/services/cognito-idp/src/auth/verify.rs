//! Verification of the tokens that user pools have issued.

use cognitab_jose::{Jwk, Token};
use cognitab_kernel::issuer::Issuer;
use cognitab_kernel::{Caller, Cx, PoolUser, Stop, World, token};
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_trace::event::ArtifactKind;

use crate::auth::tokens::{self, ADMIN_SCOPE};
use crate::error::Error;
use crate::model::pool::{self, Pool};
use crate::model::sign_in::SignIn;
use crate::model::user::{self, User};

/// A valid access token, with what it names.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) pool: Pool,
    pub(crate) user: User,
    /// The ID of the app client that it was issued to.
    pub(crate) client: String,
    /// `origin_jti`: the sign-in that it belongs to.
    pub(crate) origin: String,
    pub(crate) scopes: Vec<String>,
}

/// Verifies the access token of a self-service operation and makes its user the caller.
pub(crate) fn access_token(cx: &mut Cx<'_>, text: &str) -> Result<(), Stop> {
    let access = access(cx, text)?;
    let required = ADMIN_SCOPE.to_owned();
    if !access.scopes.contains(&required) {
        let compare = Compare {
            subject: "scope".to_owned(),
            operator: String::new(),
            asked: access.scopes,
            wanted: vec![required],
            met: false,
        };
        let rung = refused("the access token does not have the scope that this operation requires")
            .comparing(vec![compare]);
        return Err(cx.refuse_with(rung, Error::AccessTokenScope).into());
    }
    let note = "the access token is valid and has the required scope";
    cx.rung(Rung::passed(RungKind::Token, note));
    cx.call.caller = Caller::User(PoolUser {
        pool: access.pool.id.into(),
        username: access.user.username.into(),
        client: access.client,
        origin: access.origin,
        scopes: access.scopes,
    });
    Ok(())
}

fn refused(note: &str) -> Rung {
    Rung::refused(RungKind::Token, note)
}

/// Verifies an access token of any scope.
pub(crate) fn access(cx: &mut Cx<'_>, text: &str) -> Result<Access, Error> {
    let Ok(token) = Token::parse(text) else {
        return Err(cx.refuse_with(refused("the token is not a JWT"), Error::AccessTokenInvalid));
    };
    let end = token.number("exp").unwrap_or_default().saturating_mul(1000);
    tokens::add_carried(cx, ArtifactKind::AccessToken, text, token.claim("username"), end);
    if token.claim("token_use") != "access" {
        let rung = refused("the token is not an access token").comparing(vec![Compare::one(
            "token_use",
            token.claim("token_use"),
            "access",
        )]);
        return Err(cx.refuse_with(rung, Error::AccessTokenInvalid));
    }
    let Some(pool) = pool::by_issuer(&cx.world, token.claim("iss")) else {
        let rung = refused("the issuer of the token is not a user pool in this world");
        return Err(cx.refuse_with(rung, Error::AccessTokenInvalid));
    };
    pool::scope_to(cx, &pool);
    if !token::verify(cx, &token, &pool.access_key.jwk()) {
        let compare = vec![Compare::one("kid", token.kid(), &pool.access_key.kid)];
        let rung = refused("the signature was not made with the key of the user pool");
        return Err(cx.refuse_with(rung.comparing(compare), Error::AccessTokenSignature));
    }
    if end <= cx.now {
        let now = (cx.now / 1000).to_string();
        let compare = vec![Compare::one("exp", &(end / 1000).to_string(), &now)];
        let rung = refused("the access token has expired").comparing(compare);
        return Err(cx.refuse_with(rung, Error::AccessTokenExpired));
    }
    let Some(user) = user::by_sub(&cx.world, &pool.id, token.claim("sub")) else {
        return Err(cx.refuse_with(refused("the user no longer exists"), Error::UserNotFound));
    };
    if !user.enabled {
        return Err(cx.refuse_with(refused("the user is disabled"), Error::UserDisabled));
    }
    let origin = token.claim("origin_jti").to_owned();
    let sign_in: Option<SignIn> = cx.world.get(&origin);
    let revocable = !origin.is_empty();
    if revocable && !sign_in.is_some_and(|s| s.is_valid(&user)) {
        let rung = refused("the access token has been revoked");
        return Err(cx.refuse_with(rung, Error::AccessTokenRevoked));
    }
    let scopes = token.claim("scope").split(' ').map(str::to_owned).collect();
    Ok(Access { client: token.claim("client_id").to_owned(), pool, user, origin, scopes })
}

/// Whether an ID token was revoked with its sign-in, which `ServerSideTokenCheck` checks.
pub fn is_revoked(world: &World, token: &Token) -> bool {
    let Some(pool) = pool::by_issuer(world, token.claim("iss")) else { return true };
    let Some(user) = user::by_sub(world, &pool.id, token.claim("sub")) else { return true };
    let origin = token.claim("origin_jti");
    let sign_in: Option<SignIn> = world.get(origin);
    let revoked = !origin.is_empty() && !sign_in.is_some_and(|s| s.is_valid(&user));
    revoked || !user.enabled
}

/// The pool of this issuer, as an issuer of ID tokens.
pub(crate) fn issuer(world: &World, issuer: &str) -> Option<Issuer> {
    let pool = pool::by_issuer(world, issuer)?;
    Some(Issuer {
        // The key of access tokens does not verify ID tokens.
        keys: vec![pool.id_key.jwk()],
        principal: None,
        artifact: ArtifactKind::IdToken,
        audience_account: |_, _| None,
    })
}

/// The public keys of a pool: the key of ID tokens, then the key of access tokens.
pub(crate) fn keys(pool: &Pool) -> Vec<Jwk> {
    vec![pool.id_key.jwk(), pool.access_key.jwk()]
}

/// The name with which a user signs in, from the third `amr` value of an identity pool's token:
/// `cognito-idp.us-east-1.amazonaws.com/POOL:CognitoSignIn:SUB`. The value itself if it names no user.
pub fn display_name(world: &World, detail: &str) -> String {
    let named = || {
        let (provider, sub) = detail.split_once(":CognitoSignIn:")?;
        let pool = pool::by_issuer(world, provider)?;
        let user = user::by_sub(world, &pool.id, sub)?;
        let name = if user.is_named_by_sub() {
            user.attribute("email").or_else(|| user.attribute("phone_number"))
        } else {
            None
        };
        Some(name.unwrap_or(&*user.username).to_owned())
    };
    named().unwrap_or_else(|| detail.to_owned())
}
