//! Verifies the signature of a token with the issuer's published keys.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{Client, ClientError, json_body, login};
use crate::state::token::Token;

/// The result of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureCheck {
    /// The signature is valid.
    Valid {
        /// Id of the key.
        key: String,
    },
    /// The signature does not match.
    Invalid,
    /// The issuer's key set has no key with this id.
    UnknownKey,
    /// The signature could not be verified; the text is the reason.
    Unchecked(String),
}

/// Verifies a token with the key set that its issuer publishes in this world.
pub async fn verify(client: &Client, token: &Token) -> SignatureCheck {
    match verify_with_key_set(client, token).await {
        Ok(found) => found,
        Err(ClientError::Unreachable(text) | ClientError::InvalidResponse(text)) => {
            SignatureCheck::Unchecked(text)
        }
        Err(ClientError::Api { text, .. }) => SignatureCheck::Unchecked(text),
    }
}

async fn verify_with_key_set(
    client: &Client,
    token: &Token,
) -> Result<SignatureCheck, ClientError> {
    let unreadable = |text: &str| ClientError::InvalidResponse(text.to_owned());
    let address = token.jwks_url().ok_or_else(|| unreadable("the token has no issuer"))?;
    let keys = json_body(&client.send(&login::get(&address)).await?)?;
    let kid = token.text("kid").unwrap_or_default();
    let key = keys
        .get("keys")
        .and_then(Value::as_array)
        .and_then(|keys| keys.iter().find(|k| k.get("kid").and_then(Value::as_str) == Some(kid)));
    let Some(key) = key else { return Ok(SignatureCheck::UnknownKey) };
    let hash = match token.text("alg") {
        Some("RS256") => "SHA-256",
        Some("RS512") => "SHA-512",
        other => {
            return Err(unreadable(&format!(
                "algorithm {} is not supported",
                other.unwrap_or("none")
            )));
        }
    };
    let valid = verify_rsa(key, hash, token).await.map_err(|e| crate::host::host_error(e).0);
    match valid {
        Ok(true) => Ok(SignatureCheck::Valid { key: kid.to_owned() }),
        Ok(false) => Ok(SignatureCheck::Invalid),
        Err(text) => Err(ClientError::InvalidResponse(text)),
    }
}

async fn verify_rsa(key: &Value, hash: &str, token: &Token) -> Result<bool, JsValue> {
    let subtle = gloo::utils::window().crypto()?.subtle();
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"RSASSA-PKCS1-v1_5".into())?;
    Reflect::set(&algorithm, &"hash".into(), &hash.into())?;
    let jwk = Object::new();
    for name in ["kty", "n", "e"] {
        let text = key.get(name).and_then(Value::as_str).unwrap_or_default();
        Reflect::set(&jwk, &name.into(), &text.into())?;
    }
    let usages = Array::of1(&"verify".into());
    let promise: Promise =
        subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages)?.unchecked_into();
    let imported = JsFuture::from(promise).await?;
    let promise: Promise = subtle
        .verify_with_object_and_js_u8_array_and_js_u8_array(
            &algorithm,
            imported.unchecked_ref(),
            &Uint8Array::from(token.signature.as_slice()),
            &Uint8Array::from(token.signing_input.as_bytes()),
        )?
        .unchecked_into();
    Ok(JsFuture::from(promise).await?.is_truthy())
}
