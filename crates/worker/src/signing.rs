//! RSA by WebCrypto, twenty times faster than RSA in WebAssembly. A page that is not in a secure
//! context has no WebCrypto and falls back to the core's arithmetic.

use std::cell::RefCell;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_broker::Signing;
use js_sys::{Array, Object, Reflect, Uint8Array};
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto, WorkerGlobalScope};

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

thread_local! {
    /// Imported keys. Importing one costs as much as a signature.
    static KEYS: RefCell<BTreeMap<(Vec<u8>, u16), CryptoKey>> = const { RefCell::new(BTreeMap::new()) };
}

fn subtle() -> Option<SubtleCrypto> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let subtle = scope.crypto().ok()?.subtle();
    (!subtle.is_undefined()).then_some(subtle)
}

/// Signatures in base64url, in the order of the input.
pub(crate) async fn sign(wanted: &[Signing]) -> Result<Vec<String>, JsValue> {
    let Some(subtle) = subtle() else {
        let own = |s: &Signing| {
            cognitab_jose::sign(&s.key, s.bits, &s.input)
                .ok_or_else(|| JsValue::from_str("the private key is invalid"))
        };
        return wanted.iter().map(own).collect();
    };
    // All of them start before the first is awaited: the browser signs in parallel.
    let mut started = Vec::with_capacity(wanted.len());
    for signing in wanted {
        let key = import(&subtle, signing).await?;
        let data = signing.input.as_bytes();
        started.push(subtle.sign_with_str_and_u8_array(ALGORITHM, &key, data)?);
    }
    let mut signatures = Vec::with_capacity(started.len());
    for promise in started {
        let bytes = Uint8Array::new(&JsFuture::from(promise).await?).to_vec();
        signatures.push(URL_SAFE_NO_PAD.encode(bytes));
    }
    Ok(signatures)
}

async fn import(subtle: &SubtleCrypto, signing: &Signing) -> Result<CryptoKey, JsValue> {
    let name = (signing.key.clone(), signing.bits);
    if let Some(key) = KEYS.with_borrow(|keys| keys.get(&name).cloned()) {
        return Ok(key);
    }
    let data = Uint8Array::from(signing.key.as_slice());
    let algorithm = algorithm(signing.bits)?;
    let usages = Array::of1(&"sign".into());
    let promise = subtle.import_key_with_object("pkcs8", &data, &algorithm, false, &usages)?;
    let key: CryptoKey = JsFuture::from(promise).await?.unchecked_into();
    KEYS.with_borrow_mut(|keys| keys.insert(name, key.clone()));
    Ok(key)
}

fn algorithm(bits: u16) -> Result<Object, JsValue> {
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &ALGORITHM.into())?;
    Reflect::set(&algorithm, &"hash".into(), &format!("SHA-{bits}").into())?;
    Ok(algorithm)
}

/// A new RSA key of 2048 bits as PKCS #8 in DER.
pub(crate) async fn rsa_key() -> Result<Vec<u8>, JsValue> {
    let Some(subtle) = subtle() else {
        let fault = |e: String| JsValue::from_str(&e);
        let key = RsaPrivateKey::new(&mut OsRng, 2048).map_err(|e| fault(e.to_string()))?;
        let der = key.to_pkcs8_der().map_err(|e| fault(e.to_string()))?;
        return Ok(der.as_bytes().to_vec());
    };
    let algorithm = algorithm(256)?;
    Reflect::set(&algorithm, &"modulusLength".into(), &2048.into())?;
    let exponent = Uint8Array::from([1, 0, 1].as_slice());
    Reflect::set(&algorithm, &"publicExponent".into(), &exponent)?;
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let promise = subtle.generate_key_with_object(&algorithm, true, &usages)?;
    let pair: CryptoKeyPair = JsFuture::from(promise).await?.unchecked_into();
    let private: CryptoKey = Reflect::get(&pair, &"privateKey".into())?.unchecked_into();
    let der = JsFuture::from(subtle.export_key("pkcs8", &private)?).await?;
    Ok(Uint8Array::new(&der).to_vec())
}
