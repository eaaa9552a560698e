//! Issuers of tokens. A verifier finds the issuer of a token through the services.

use cognitab_jose::{Jwk, Token};
use cognitab_trace::event::ArtifactKind;

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
    pub fn verifies(&self, cx: &Cx<'_>, token: &Token) -> bool {
        let key = self.keys.iter().find(|key| key.kid == token.kid());
        key.is_some_and(|key| token::verify(cx, token, key))
    }
}
