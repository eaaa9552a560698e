//! The canonical request and the string to sign.

use super::{Authorization, UNSIGNED_PAYLOAD, sha256_hex};
use crate::http::{Request, encode, encode_except};

/// The canonical request, with the headers that the signature names.
pub fn canonical_request(request: &Request, authorization: &Authorization) -> String {
    let s3 = authorization.service == "s3";
    let url = request.url();
    let headers: String = authorization
        .signed_headers
        .iter()
        .map(|name| format!("{name}:{}\n", header(request, name)))
        .collect();
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method,
        path(url.path, s3),
        query(url.query),
        authorization.signed_headers.join(";"),
        payload(request, authorization)
    )
}

/// The string to sign.
pub fn string_to_sign(authorization: &Authorization, canonical_request: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256\n{}\n{}\n{}",
        authorization.amz_date,
        authorization.scope(),
        sha256_hex(canonical_request.as_bytes())
    )
}

/// The canonical path. For S3 it is encoded once; for others it is normalized and encoded twice.
fn path(path: &str, s3: bool) -> String {
    let path = if path.is_empty() { "/" } else { path };
    if s3 {
        return encode_except(&crate::http::decode(path), "/");
    }
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    let slash = if path.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    encode_except(&format!("/{}{slash}", kept.join("/")), "/")
}

fn query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(name, _)| *name != "X-Amz-Signature")
        // A plus sign is literal: this is not form encoding.
        .map(|(n, v)| (encode(&crate::http::decode(n)), encode(&crate::http::decode(v))))
        .collect();
    pairs.sort();
    pairs.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("&")
}

fn header(request: &Request, name: &str) -> String {
    let values: Vec<String> = request
        .headers
        .iter()
        .filter(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, v)| v.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    match name {
        // Browsers set these two headers, hidden from the page.
        "host" if values.is_empty() => request.url().host.to_owned(),
        "content-length" if values.is_empty() => request.body.len().to_string(),
        _ => values.join(","),
    }
}

fn payload(request: &Request, authorization: &Authorization) -> String {
    let declared = request.header("x-amz-content-sha256");
    match declared {
        Some(hash) => hash.to_owned(),
        None if authorization.expires.is_some() && authorization.service == "s3" => {
            UNSIGNED_PAYLOAD.to_owned()
        }
        None => sha256_hex(&request.body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalised_except_for_s3() {
        assert_eq!(path("/a/./b/../c//d/", false), "/a/c/d/");
        assert_eq!(path("/x%3Ay", false), "/x%253Ay");
        assert_eq!(path("/x%3Ay//z", true), "/x%3Ay//z");
        assert_eq!(path("", true), "/");
    }

    #[test]
    fn queries_are_sorted_by_encoded_name() {
        assert_eq!(query("b=2&a=1&a=0&c&X-Amz-Signature=x"), "a=0&a=1&b=2&c=");
        assert_eq!(query("k=a+b%20c"), "k=a%2Bb%20c");
    }
}
