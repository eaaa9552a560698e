//! Issuers of tokens. A verifier finds the issuer of a token through the services.

use cognitab_jose::{Jwk, Token};
use cognitab_policy::ladder::Compare;
use cognitab_trace::event::{Artifact, ArtifactKind};

use crate::cx::Cx;
use crate::token;
use crate::world::World;

/// An issuer of tokens within the simulated internet.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// Its public keys.
    pub keys: Vec<Jwk>,
    /// The federated principal by which trust policies name it, where AWS knows the issuer without
    /// an IAM identity provider: `accounts.google.com`.
    pub principal: Option<&'static str>,
    /// What its tokens are called in an event.
    pub artifact: ArtifactKind,
    /// The account of the pool that an audience names, where audiences are pools.
    pub audience_account: fn(&World, audience: &str) -> Option<String>,
}

impl Issuer {
    /// Whether a token's signature is valid for the key that its header names.
    fn verifies(&self, cx: &Cx<'_>, token: &Token) -> bool {
        let key = self.keys.iter().find(|key| key.kid == token.kid());
        key.is_some_and(|key| token::verify(cx, token, key))
    }

    /// Checks a token's signature, that it has a subject, and that it has not expired. Which issuers
    /// and audiences are accepted differs between verifiers.
    pub fn check(&self, cx: &Cx<'_>, token: &Token) -> Result<(), InvalidToken> {
        if !self.verifies(cx, token) {
            return Err(InvalidToken::Signature);
        }
        if token.claim("sub").is_empty() {
            return Err(InvalidToken::MissingClaim("sub"));
        }
        let expires = token.number("exp").ok_or(InvalidToken::MissingClaim("exp"))?;
        let now = cx.now / 1000;
        if expires <= now { Err(InvalidToken::Expired { now, expires }) } else { Ok(()) }
    }
}

/// Why a token is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidToken {
    /// The issuer has no key for which its signature is valid.
    Signature,
    /// It lacks this claim.
    MissingClaim(&'static str),
    /// `exp` is not after the current time. Both in seconds since 1970.
    Expired {
        /// The current time.
        now: i64,
        /// `exp`.
        expires: i64,
    },
}

impl InvalidToken {
    /// What was compared, for the trace.
    pub fn compared(&self) -> Vec<Compare> {
        match self {
            InvalidToken::Expired { now, expires } => {
                vec![Compare::one("exp", &expires.to_string(), &format!("after {now}"))]
            }
            InvalidToken::Signature | InvalidToken::MissingClaim(_) => Vec::new(),
        }
    }
}

/// Adds a token that the request carries to its event.
pub fn add_artifact(cx: &mut Cx<'_>, kind: ArtifactKind, token: &Token, text: &str) {
    cx.call.carries.push(Artifact {
        kind,
        value: text.to_owned(),
        subject: token.claim("sub").to_owned(),
        expires: token.number("exp").unwrap_or_default().saturating_mul(1000),
    });
}
