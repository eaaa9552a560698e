//! Canonical requests, strings to sign and signatures match botocore's, and a signature is invalid
//! after a signed part changes. `sigv4/vectors.py` generates the vectors.

use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, Credentials};
use proptest::prelude::*;
use serde::Deserialize;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const NOW: i64 = 1_795_419_368_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    name: String,
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
    canonical: String,
    to_sign: String,
    signature: String,
}

#[test]
fn signatures_match_botocore() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../sigv4/vectors.json")).unwrap();
    for Vector { name, method, url, headers, body, canonical, to_sign, signature } in vectors {
        let request = Request { method, url, headers, body: body.into_bytes() };
        let authorization = sigv4::parse(&request).unwrap().unwrap();
        assert_eq!(authorization.signature, signature, "{name}");
        let canonical_request = sigv4::canonical_request(&request, &authorization);
        assert_eq!(canonical_request, canonical, "{name}");
        let string_to_sign = sigv4::string_to_sign(&authorization, &canonical_request);
        assert_eq!(string_to_sign, to_sign, "{name}");
        assert_eq!(sigv4::signature(SECRET, &authorization, &string_to_sign), signature, "{name}");
    }
}

/// Whether the signature of a request is valid.
fn has_valid_signature(request: &Request) -> bool {
    let Ok(Some(authorization)) = sigv4::parse(request) else { return false };
    let text =
        sigv4::string_to_sign(&authorization, &sigv4::canonical_request(request, &authorization));
    sigv4::constant_time_eq(
        &sigv4::signature(SECRET, &authorization, &text),
        &authorization.signature,
    )
}

fn credentials() -> Credentials {
    Credentials {
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: SECRET.into(),
        session_token: Some("TOKEN".into()),
    }
}

/// Changes the header with this name.
fn change_header(request: &mut Request, name: &str, change: impl Fn(&str) -> String) {
    for (_, value) in request.headers.iter_mut().filter(|(n, _)| n == name) {
        *value = change(value);
    }
}

/// Changes a signed part of a request.
fn change_part(request: &mut Request, part: usize) {
    let authorization =
        |from: &'static str, to: &'static str| move |value: &str| value.replacen(from, to, 1);
    match part {
        0 => request.method.push('X'),
        1 => request.url = request.url.replacen('?', "x?", 1),
        2 => request.url.push_str("&z=1"),
        3 => request.url = request.url.replacen("?q=", "?q=1", 1),
        4 => request.url = request.url.replacen("https://example", "https://example2", 1),
        5 => request.body.push(b'x'),
        6 => change_header(request, "x-amz-meta-a", |v| format!("{v}x")),
        7 => change_header(request, "x-amz-date", |v| v.replacen("2026", "2027", 1)),
        8 => change_header(request, "x-amz-security-token", |v| format!("{v}x")),
        9 => change_header(request, "content-type", |_| "text/html".into()),
        10 => change_header(request, "authorization", authorization("/us-east-1/", "/eu-west-1/")),
        11 => change_header(request, "authorization", authorization("/service/", "/services/")),
        12 => change_header(request, "authorization", authorization("/2026", "/2027")),
        13 => change_header(request, "authorization", authorization("x-amz-date;", "")),
        _ => change_header(request, "authorization", |v| {
            let (rest, last) = v.split_at(v.len() - 1);
            format!("{rest}{}", if last == "0" { "1" } else { "0" })
        }),
    }
}

proptest! {
    #[test]
    fn a_signature_is_valid_until_a_signed_part_changes(
        method in "GET|PUT|POST|DELETE",
        path in "(/[a-zA-Z0-9 %:+.ä~-]{0,6}){0,4}",
        query in "[a-zA-Z0-9%+ =ä-]{0,12}",
        value in "[ -~]{0,20}",
        body in prop::collection::vec(any::<u8>(), 0..40),
        part in 0_usize..15,
    ) {
        let headers = vec![
            ("content-type".to_owned(), "text/plain".to_owned()),
            ("x-amz-meta-a".to_owned(), value),
        ];
        let url = format!("https://example.amazonaws.com/a{path}?q={query}");
        let mut request = Request { method, url, headers, body };
        sigv4::sign(&mut request, &credentials(), "us-east-1", "service", NOW);
        prop_assert!(has_valid_signature(&request));
        let signed = request.clone();
        change_part(&mut request, part);
        prop_assert!(request != signed, "part {part} is unchanged");
        prop_assert!(!has_valid_signature(&request), "part {part}: {request:?}");
    }
}
