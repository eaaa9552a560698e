//! RSA keys: published ones, JSON Web Keys, signing.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha512};

/// Keys that scenarios start with, so that opening one generates none. They are public and prove
/// nothing outside the simulator.
const PUBLISHED: [&[u8]; 4] = [
    include_bytes!("../keys/published-0.der"),
    include_bytes!("../keys/published-1.der"),
    include_bytes!("../keys/published-2.der"),
    include_bytes!("../keys/published-3.der"),
];

/// A published private key in PKCS #8 DER; numbers wrap around.
pub fn published_key(number: usize) -> &'static [u8] {
    PUBLISHED.get(number % PUBLISHED.len()).copied().unwrap_or_default()
}

/// An RSA public key as a JSON Web Key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    /// `RS256` or `RS512`.
    pub alg: String,
    /// Public exponent, base64url.
    pub e: String,
    /// Key ID.
    pub kid: String,
    /// `RSA`.
    pub kty: String,
    /// Modulus, base64url.
    pub n: String,
    /// `sig`.
    #[serde(rename = "use")]
    pub usage: String,
}

/// The public key of a private key in PKCS #8 DER; none if that is invalid.
pub fn public_jwk(private: &[u8], kid: &str, alg: &str) -> Option<Jwk> {
    let key = RsaPrivateKey::from_pkcs8_der(private).ok()?;
    Some(Jwk {
        alg: alg.to_owned(),
        e: URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()),
        kid: kid.to_owned(),
        kty: "RSA".to_owned(),
        n: URL_SAFE_NO_PAD.encode(key.n().to_bytes_be()),
        usage: "sig".to_owned(),
    })
}

/// A key ID in Cognito's format: 32 bytes in base64, here the digest of the key.
pub fn kid(private: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(private))
}

/// Signs with RSASSA-PKCS1-v1_5 and SHA-256 or SHA-512, by the number of bits, in base64url. None
/// if the key or the number is invalid. Slower than a platform's own implementation.
pub fn sign(private: &[u8], bits: u16, input: &str) -> Option<String> {
    let key = RsaPrivateKey::from_pkcs8_der(private).ok()?;
    let signature = match bits {
        256 => key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(input)),
        512 => key.sign(Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(input)),
        _ => return None,
    };
    signature.ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}
