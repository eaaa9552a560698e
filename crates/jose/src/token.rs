//! Parses and verifies compact tokens.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_compact::alg::{Rsa, RsaPublicKey};
use jwt_compact::{Algorithm, AlgorithmExt, Claims, UntrustedToken};
use rsa::BigUint;
use serde_json::{Map, Value};

use crate::key::Jwk;

/// A parsed token, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// JOSE header.
    pub header: Map<String, Value>,
    /// Claims.
    pub claims: Map<String, Value>,
    text: String,
}

/// The error for text that is not a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedToken;

impl fmt::Display for MalformedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JWT in compact serialization")
    }
}

impl Token {
    /// Parses a token in compact serialization.
    pub fn parse(text: &str) -> Result<Token, MalformedToken> {
        let mut parts = text.split('.');
        let mut object = || -> Option<Map<String, Value>> {
            let bytes = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
            serde_json::from_slice(&bytes).ok()
        };
        let header = object().ok_or(MalformedToken)?;
        let claims = object().ok_or(MalformedToken)?;
        match (parts.next(), parts.next()) {
            (Some(_), None) => Ok(Token { header, claims, text: text.to_owned() }),
            _ => Err(MalformedToken),
        }
    }

    /// A string claim, or an empty string.
    pub fn claim(&self, name: &str) -> &str {
        self.claims.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A numeric claim, without its fraction: a NumericDate may have one.
    pub fn number(&self, name: &str) -> Option<i64> {
        let claim = self.claims.get(name)?;
        claim.as_i64().or_else(|| claim.as_f64().map(|number| number.floor() as i64))
    }

    /// The key ID in the header, or an empty string.
    pub fn kid(&self) -> &str {
        self.header.get("kid").and_then(Value::as_str).unwrap_or_default()
    }

    /// The signing input: header and claims, encoded.
    pub fn signing_input(&self) -> &str {
        self.text.rsplit_once('.').map_or("", |(input, _)| input)
    }

    /// The signature, encoded.
    pub fn signature(&self) -> &str {
        self.text.rsplit_once('.').map_or("", |(_, signature)| signature)
    }

    /// Whether the signature is valid for this key. The key determines the algorithm, not the
    /// token's header.
    ///
    /// A token with critical header parameters is not valid: none is understood (RFC 7515, section
    /// 4.1.11).
    pub fn verify(&self, key: &Jwk) -> bool {
        if self.header.contains_key("crit") {
            return false;
        }
        let number = |text: &str| URL_SAFE_NO_PAD.decode(text).map(|b| BigUint::from_bytes_be(&b));
        let (Ok(n), Ok(e)) = (number(&key.n), number(&key.e)) else { return false };
        let Ok(public) = RsaPublicKey::new(n, e) else { return false };
        let algorithm = match key.alg.as_str() {
            "RS256" => Rsa::rs256(),
            "RS384" => Rsa::rs384(),
            "RS512" => Rsa::rs512(),
            _ => return false,
        };
        self.verify_with(&algorithm, &public)
    }

    fn verify_with(&self, algorithm: &Rsa, key: &RsaPublicKey) -> bool {
        let Ok(token) = UntrustedToken::new(&self.text) else { return false };
        token.algorithm() == algorithm.name()
            && algorithm.validator::<Map<String, Value>>(key).validate(&token).is_ok_and(
                |valid: jwt_compact::Token<Map<String, Value>>| {
                    let _: &Claims<_> = valid.claims();
                    true
                },
            )
    }
}

/// The signing input for header and claims.
pub fn signing_input(header: &Value, claims: &Value) -> String {
    format!(
        "{}.{}",
        base64url(header.to_string().as_bytes()),
        base64url(claims.to_string().as_bytes())
    )
}

/// Base64url without padding, as in JOSE.
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{kid, public_jwk, published_key, sign};
    use serde_json::json;

    fn token(bits: u16, alg: &str) -> (String, Jwk) {
        let key = published_key(0);
        let kid = kid(key);
        let header = json!({"kid": kid, "alg": alg});
        let input = signing_input(&header, &json!({"sub": "a", "exp": 2_000_000_000}));
        let signature = sign(key, bits, &input).unwrap();
        (format!("{input}.{signature}"), public_jwk(key, &kid, alg).unwrap())
    }

    #[test]
    fn critical_parameters_are_not_understood_and_dates_may_have_a_fraction() {
        let key = published_key(0);
        let jwk = public_jwk(key, &kid(key), "RS256").unwrap();
        for (header, valid) in [
            (serde_json::json!({"alg": "RS256", "kid": jwk.kid}), true),
            (serde_json::json!({"alg": "RS256", "kid": jwk.kid, "crit": ["x"], "x": 1}), false),
        ] {
            let input = signing_input(&header, &serde_json::json!({"exp": 60.5}));
            let text = format!("{input}.{}", sign(key, 256, &input).unwrap());
            let token = Token::parse(&text).unwrap();
            assert_eq!((token.verify(&jwk), token.number("exp")), (valid, Some(60)), "{header}");
        }
    }

    #[test]
    fn a_signed_token_verifies_and_a_changed_token_does_not() {
        for (bits, alg) in [(256, "RS256"), (512, "RS512")] {
            let (text, key) = token(bits, alg);
            let parsed = Token::parse(&text).unwrap();
            assert_eq!(parsed.claim("sub"), "a");
            assert!(parsed.verify(&key));
            let other_key = public_jwk(published_key(1), "x", alg).unwrap();
            assert!(!parsed.verify(&other_key));
            let changed = text.replacen("eyJzdWIi", "eyJzdWIj", 1);
            assert!(!Token::parse(&changed).is_ok_and(|t| t.verify(&key)));
        }
    }

    #[test]
    fn the_algorithm_is_that_of_the_key() {
        let (text, key) = token(256, "RS256");
        let mut other_algorithm = key.clone();
        other_algorithm.alg = "RS512".into();
        assert!(!Token::parse(&text).unwrap().verify(&other_algorithm));
        let unsigned = format!("{}.{}.", base64url(b"{\"alg\":\"none\"}"), base64url(b"{}"));
        assert!(!Token::parse(&unsigned).unwrap().verify(&key));
    }

    #[test]
    fn malformed_tokens_do_not_parse() {
        for text in ["", "a.b.c", "....", "e30.e30", "e30.e30.x.y"] {
            assert_eq!(Token::parse(text), Err(MalformedToken), "{text}");
        }
    }
}
