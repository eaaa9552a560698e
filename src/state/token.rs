//! Decodes a token without verifying it, and describes its claims.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::labels;

/// A decoded JSON Web Token (JWT).
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The header parameters.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
    /// The signing input: encoded header and claims.
    pub signing_input: String,
    /// The signature.
    pub signature: Vec<u8>,
}

/// Decodes a token in compact serialization; `None` for other text.
pub fn decode(text: &str) -> Option<Token> {
    let text = text.trim().trim_start_matches("Bearer ").trim_matches('"');
    let mut parts = text.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let object = |part: &str| -> Option<Map<String, Value>> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
    };
    Some(Token {
        header: object(header)?,
        claims: object(claims)?,
        signing_input: format!("{header}.{claims}"),
        signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
    })
}

/// A claim of an encoded token, if it is a string.
pub fn claim(token: &str, name: &str) -> Option<String> {
    decode(token)?.claims.get(name)?.as_str().map(str::to_owned)
}

impl Token {
    /// A claim or header parameter, if it is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name).or_else(|| self.header.get(name))?.as_str()
    }

    /// Expiration time in milliseconds since 1970; 0 if the token has none.
    pub fn expires(&self) -> i64 {
        self.claims.get("exp").and_then(Value::as_i64).unwrap_or(0) * 1000
    }

    /// URL of the issuer's JSON Web Key Set (JWKS).
    pub fn jwks_url(&self) -> Option<String> {
        let issuer = self.text("iss")?;
        let path = if issuer.ends_with("cognito-identity.amazonaws.com") {
            "/.well-known/jwks_uri"
        } else {
            "/.well-known/jwks.json"
        };
        Some(format!("{issuer}{path}"))
    }
}

/// The topics of claims, in display order.
pub const CLAIM_TOPICS: [&str; 5] =
    ["Subject", "Issuer and audience", "Permissions", "Times", "Other"];

/// Topic and description of a claim.
pub fn describe_claim(name: &str, value: &Value) -> (&'static str, String) {
    let [subject, issuer, permissions, times, other] = CLAIM_TOPICS;
    let time = |what: &str| {
        let at = value.as_i64().unwrap_or(0) * 1000;
        format!("{}, {what}", labels::time_of_day(at))
    };
    match name {
        "sub" => (subject, "identifies the user; never reassigned".into()),
        "cognito:username" | "username" => (subject, "user name in the user pool".into()),
        "email" | "phone_number" => (subject, "attribute of the user".into()),
        "email_verified" | "phone_number_verified" => {
            (subject, "whether the user verified it".into())
        }
        "cognito:groups" => (subject, "groups of the user".into()),
        "identities" => (subject, "linked accounts at external identity providers".into()),
        "amr" => (subject, "how the user was authenticated; trust policies can check it".into()),
        "iss" => (issuer, "issuer of the token; recipients compare it exactly".into()),
        "aud" => (issuer, "recipient of the token; others must reject it".into()),
        "client_id" => {
            (issuer, "the app client; access tokens have this claim instead of aud".into())
        }
        "token_use" if value == "id" => (issuer, "the identity pool accepts this token".into()),
        "token_use" => (issuer, "for the user pool API; the identity pool rejects it".into()),
        "scope" => (permissions, "scopes that the access token grants".into()),
        "cognito:roles" => (permissions, "roles of the user's groups".into()),
        "cognito:preferred_role" => {
            (permissions, "role of the group with the lowest precedence value".into())
        }
        "auth_time" => (times, time("user authenticated")),
        "iat" => (times, time("issued")),
        "nbf" => (times, time("not valid before")),
        "exp" => (times, time("expires")),
        "nonce" => (other, "nonce parameter of the authorization request; prevents replay".into()),
        "at_hash" => (other, "hash of the access token issued with it".into()),
        "jti" => (other, "ID of this token".into()),
        "origin_jti" => (other, "ID of the sign-in; revocation uses it".into()),
        "event_id" => (other, "ID of the sign-in event".into()),
        "version" => (other, "format version".into()),
        _ => (other, String::new()),
    }
}

/// Claims that come first within their topic; others follow.
const CLAIM_ORDER: [&str; 12] = [
    "sub",
    "cognito:username",
    "username",
    "name",
    "email",
    "email_verified",
    "iss",
    "aud",
    "client_id",
    "auth_time",
    "iat",
    "exp",
];

/// Name, value and description of a claim.
pub type ClaimRow = (String, String, String);

/// The claims by topic; empty topics are left out.
pub fn grouped_claims(claims: &Map<String, Value>) -> Vec<(&'static str, Vec<ClaimRow>)> {
    CLAIM_TOPICS
        .into_iter()
        .filter_map(|topic| {
            let mut rows: Vec<ClaimRow> = claims
                .iter()
                .map(|(name, value)| (name, value, describe_claim(name, value)))
                .filter(|(.., (claim_topic, _))| *claim_topic == topic)
                .map(|(name, value, (_, description))| {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    (name.clone(), text, description)
                })
                .collect();
            rows.sort_by_key(|(name, ..)| {
                CLAIM_ORDER.iter().position(|o| o == name).unwrap_or(CLAIM_ORDER.len())
            });
            (!rows.is_empty()).then_some((topic, rows))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> String {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let claims = r#"{"sub":"1","iss":"https://x.example/pool","exp":60,"mine":true}"#;
        format!("{}.{}.{}", part(r#"{"alg":"RS256","kid":"k"}"#), part(claims), part("s"))
    }

    #[test]
    fn decode_accepts_a_bearer_prefix_and_rejects_other_text() {
        let token = decode(&format!("  Bearer {}", sample())).unwrap();
        assert_eq!(token.text("kid"), Some("k"));
        assert_eq!(token.expires(), 60_000);
        assert_eq!(token.jwks_url().unwrap(), "https://x.example/pool/.well-known/jwks.json");
        assert_eq!(decode("ASIAEXAMPLE"), None);
        assert_eq!(claim(&sample(), "sub").as_deref(), Some("1"));
    }

    #[test]
    fn unknown_claims_are_grouped_under_other() {
        let token = decode(&sample()).unwrap();
        let groups = grouped_claims(&token.claims);
        assert_eq!(groups.iter().map(|(_, rows)| rows.len()).sum::<usize>(), 4);
        assert_eq!(groups[0].0, "Subject");
    }
}
