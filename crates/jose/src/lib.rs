//! JSON Web Tokens and the RSA keys behind them, over `jwt-compact`: read, verify, make the
//! signing input, sign where the host has nothing faster. Knows no issuer and no claim; reads no
//! clock and makes no keys.

mod key;
mod token;

pub use key::{Jwk, kid, public_jwk, published_key, sign};
pub use token::{MalformedToken, Token, base64url, signing_input};
