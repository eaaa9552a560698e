//! The keys with which providers sign their ID tokens.

use cognitab_jose::{Jwk, kid, public_jwk};
use cognitab_kernel::{Cx, Row, Stop, World};
use cognitab_macros::Shape;
use cognitab_wire::shape::Blob;

/// The RSA key of a provider.
#[derive(Clone, Debug, Shape)]
struct SigningKey {
    /// The provider's issuer, without its scheme.
    issuer: String,
    /// PKCS #8 in DER.
    private: Blob,
}

impl Row for SigningKey {
    const TABLE: &'static str = "identity-providers.key";
    fn key(&self) -> String {
        self.issuer.clone()
    }
}

/// The public keys of an issuer: none until its key set was first requested.
pub(crate) fn public(world: &World, issuer: &str) -> Vec<Jwk> {
    let key: Option<SigningKey> = world.get(issuer);
    let public = key.and_then(|key| public_jwk(&key.private.0, &kid(&key.private.0), "RS256"));
    public.into_iter().collect()
}

/// The public keys of an issuer. Creates its key if it has none, which asks the host.
pub(crate) fn public_or_new(cx: &mut Cx<'_>, issuer: &str) -> Result<Vec<Jwk>, Stop> {
    if !cx.world.has::<SigningKey>(issuer) {
        let private = Blob(cx.rsa_key()?);
        cx.world.put(&SigningKey { issuer: issuer.to_owned(), private });
    }
    Ok(public(&cx.world, issuer))
}
