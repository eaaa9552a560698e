//! Issuers of tokens: whoever verifies a token asks every service whether it is the issuer.

use cognitab_jose::Jwk;
use cognitab_trace::event::ArtifactKind;

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
