//! Signature Version 4: parsing, computing and making signatures.
//!
//! See <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>.

mod authorization;
mod canonical;
mod chunks;

pub use authorization::{Authorization, IncompleteSignature, parse};
pub use canonical::{canonical_request, string_to_sign};
pub use chunks::ChunkSignatures;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::http::Request;
use crate::time;

/// What S3 accepts in place of the payload's hash.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Credentials to sign with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Access key ID: `AKIA…`, or `ASIA…` for temporary credentials.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: String,
    /// Session token of temporary credentials.
    pub session_token: Option<String>,
}

/// Lower-case hex of SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    // HMAC accepts keys of any length, so this never fails.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mut mac| {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        })
        .unwrap_or_default()
}

/// The signature with this secret access key.
pub fn signature(secret: &str, authorization: &Authorization, string_to_sign: &str) -> String {
    hex(&hmac(&signing_key(secret, authorization), string_to_sign))
}

/// The signing key: derived from the secret for a day, region and service.
fn signing_key(secret: &str, authorization: &Authorization) -> Vec<u8> {
    let date = hmac(format!("AWS4{secret}").as_bytes(), &authorization.date);
    let region = hmac(&date, &authorization.region);
    let service = hmac(&region, &authorization.service);
    hmac(&service, "aws4_request")
}

/// Signs a request with an `Authorization` header, as SDKs do. `now` is in milliseconds since 1970.
pub fn sign(
    request: &mut Request,
    credentials: &Credentials,
    region: &str,
    service: &str,
    now: i64,
) {
    let amz_date = time::amz(now);
    let mut set = |name: &str, value: String| {
        request.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        request.headers.push((name.to_owned(), value));
    };
    set("x-amz-date", amz_date.clone());
    if let Some(token) = &credentials.session_token {
        set("x-amz-security-token", token.clone());
    }
    let payload = sha256_hex(&request.body);
    if service == "s3" {
        request.headers.retain(|(n, _)| !n.eq_ignore_ascii_case("x-amz-content-sha256"));
        request.headers.push(("x-amz-content-sha256".to_owned(), payload));
    }
    let mut signed: Vec<String> = request
        .headers
        .iter()
        .map(|(n, _)| n.to_ascii_lowercase())
        .filter(|n| n.starts_with("x-amz-") || n == "content-type")
        .chain(["host".to_owned()])
        .collect();
    signed.sort();
    signed.dedup();
    let mut authorization = Authorization {
        access_key_id: credentials.access_key_id.clone(),
        date: amz_date.chars().take(8).collect(),
        region: region.to_owned(),
        service: service.to_owned(),
        signed_headers: signed,
        signature: String::new(),
        amz_date,
        session_token: credentials.session_token.clone(),
        expires: None,
    };
    let to_sign = string_to_sign(&authorization, &canonical_request(request, &authorization));
    authorization.signature = signature(&credentials.secret_access_key, &authorization, &to_sign);
    request.headers.push(("authorization".to_owned(), authorization.header()));
}

/// Compares two secrets in constant time.
pub fn constant_time_eq(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    fn request(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Request {
        Request {
            method: method.into(),
            url: url.into(),
            headers: headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect(),
            body: body.into(),
        }
    }

    #[test]
    fn what_is_signed_is_accepted() {
        let credentials = Credentials {
            access_key_id: "ASIAEXAMPLE".into(),
            secret_access_key: SECRET.into(),
            session_token: Some("T".into()),
        };
        let mut put = request("PUT", "https://b.s3.us-east-1.amazonaws.com/a%20b?x=1", &[], "hi");
        sign(&mut put, &credentials, "us-east-1", "s3", 1_795_419_368_000);
        let authorization = parse(&put).unwrap().unwrap();
        assert_eq!(authorization.service, "s3");
        let to_sign = string_to_sign(&authorization, &canonical_request(&put, &authorization));
        assert_eq!(signature(SECRET, &authorization, &to_sign), authorization.signature);
        put.body = b"ho".to_vec();
        put.headers.retain(|(n, _)| n != "x-amz-content-sha256");
        let changed = string_to_sign(&authorization, &canonical_request(&put, &authorization));
        assert_ne!(signature(SECRET, &authorization, &changed), authorization.signature);
    }
}
