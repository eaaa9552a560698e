//! JSON Web Tokens and their RSA keys, based on `jwt-compact`: parsing, verification, signing
//! input, and signing for hosts without a faster implementation. Knows no issuers or claims, reads
//! no clock and generates no keys.

mod key;
mod token;

pub use key::{Jwk, kid, public_jwk, published_key, sign};
pub use token::{MalformedToken, Token, base64url, signing_input};
