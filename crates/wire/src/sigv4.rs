//! Signature version 4: reading what a client claims, computing what it must be, and signing.
//!
//! Rules: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>.

mod authorization;
mod canonical;

pub use authorization::{Authorization, Incomplete, parse};
pub use canonical::{canonical_request, string_to_sign};

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::http::Request;
use crate::time;

/// The payload hash that S3 accepts in place of a real one.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// What a client signs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// `AKIA…` or `ASIA…`.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// Present on temporary credentials.
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
    // HMAC takes a key of any length; the error arm is never entered.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mut mac| {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        })
        .unwrap_or_default()
}

/// The signature that a holder of this secret would have made.
pub fn signature(secret: &str, authorization: &Authorization, string_to_sign: &str) -> String {
    let date = hmac(format!("AWS4{secret}").as_bytes(), &authorization.date);
    let region = hmac(&date, &authorization.region);
    let service = hmac(&region, &authorization.service);
    let key = hmac(&service, "aws4_request");
    hex(&hmac(&key, string_to_sign))
}

/// Signs a request in its headers, as the SDKs do. `now` is in milliseconds since 1970.
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

/// Compares without telling by its duration where the texts differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |d, (x, y)| d | (x ^ y)) == 0
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

    fn signed(request: &Request, date: &str, service: &str, names: &str) -> String {
        let authorization = Authorization {
            access_key_id: "AKIDEXAMPLE".into(),
            date: date[..8].into(),
            region: "us-east-1".into(),
            service: service.into(),
            signed_headers: names.split(';').map(Into::into).collect(),
            signature: String::new(),
            amz_date: date.into(),
            session_token: None,
            expires: None,
        };
        let canonical = canonical_request(request, &authorization);
        signature(SECRET, &authorization, &string_to_sign(&authorization, &canonical))
    }

    #[test]
    fn vectors_of_botocore() {
        let plain = request(
            "GET",
            "https://example.amazonaws.com/",
            &[("x-amz-date", "20150830T123600Z")],
            "",
        );
        assert_eq!(
            signed(&plain, "20150830T123600Z", "service", "host;x-amz-date"),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        );
        let dynamodb = request(
            "POST",
            "https://dynamodb.us-east-1.amazonaws.com/",
            &[
                ("content-type", "application/x-amz-json-1.0"),
                ("x-amz-date", "20261123T070000Z"),
                ("x-amz-security-token", "TOKEN"),
                ("x-amz-target", "DynamoDB_20120810.DescribeTable"),
            ],
            r#"{"TableName":"Music"}"#,
        );
        let names = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
        assert_eq!(
            signed(&dynamodb, "20261123T070000Z", "dynamodb", names),
            "c0a75783fc1d411eced74d6829da46b11cfa74ea7da9dd05c963747e5fafe0be"
        );
        let sync = request(
            "GET",
            "https://cognito-sync.us-east-1.amazonaws.com/identitypools/us-east-1%3Aaaaa/identities/us-east-1%3Abbbb/datasets/d%20s/records?lastSyncCount=0&maxResults=10",
            &[("x-amz-date", "20261123T070000Z")],
            "",
        );
        assert_eq!(
            signed(&sync, "20261123T070000Z", "cognito-sync", "host;x-amz-date"),
            "23f847976d0466d079874d19918ad1585f9d296bb349c6c44df30f84aebb4931"
        );
    }

    #[test]
    fn presigned_vector() {
        let url = "https://demo.s3.us-east-1.amazonaws.com/us-east-1%3Abbbb/a%20b.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIAEXAMPLE%2F20261123%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261123T070000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Security-Token=TOKEN&X-Amz-Signature=1af2d8072011ccf7e426961f59c793adbb141cb59c01502f4e29fb44afce7528";
        let request = request("GET", url, &[], "");
        let authorization = parse(&request).unwrap().unwrap();
        assert_eq!(authorization.expires, Some(900));
        assert_eq!(authorization.session_token.as_deref(), Some("TOKEN"));
        let to_sign = string_to_sign(&authorization, &canonical_request(&request, &authorization));
        assert_eq!(signature(SECRET, &authorization, &to_sign), authorization.signature);
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
