//! Canonical requests, strings to sign and signatures are those of botocore, and a signature is
//! invalid once a signed part changes. `sigv4/vectors.py` generates the vectors.

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
fn botocore_signs_the_same() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../sigv4/vectors.json")).unwrap();
    for Vector { name, method, url, headers, body, canonical, to_sign, signature } in vectors {
        let request = Request { method, url, headers, body: body.into_bytes() };
        let claimed = sigv4::parse(&request).unwrap().unwrap();
        assert_eq!(claimed.signature, signature, "{name}");
        let form = sigv4::canonical_request(&request, &claimed);
        assert_eq!(form, canonical, "{name}");
        let text = sigv4::string_to_sign(&claimed, &form);
        assert_eq!(text, to_sign, "{name}");
        assert_eq!(sigv4::signature(SECRET, &claimed, &text), signature, "{name}");
    }
}

/// Whether a request has the right signature.
fn holds(request: &Request) -> bool {
    let Ok(Some(claimed)) = sigv4::parse(request) else { return false };
    let text = sigv4::string_to_sign(&claimed, &sigv4::canonical_request(request, &claimed));
    sigv4::constant_time_eq(&sigv4::signature(SECRET, &claimed, &text), &claimed.signature)
}

fn credentials() -> Credentials {
    Credentials {
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: SECRET.into(),
        session_token: Some("TOKEN".into()),
    }
}

/// Changes the header with this name.
fn header(request: &mut Request, name: &str, change: impl Fn(&str) -> String) {
    for (_, value) in request.headers.iter_mut().filter(|(n, _)| n == name) {
        *value = change(value);
    }
}

/// Changes a signed part of a request.
fn touch(request: &mut Request, part: usize) {
    let authorization =
        |from: &'static str, to: &'static str| move |value: &str| value.replacen(from, to, 1);
    match part {
        0 => request.method.push('X'),
        1 => request.url = request.url.replacen('?', "x?", 1),
        2 => request.url.push_str("&z=1"),
        3 => request.url = request.url.replacen("?q=", "?q=1", 1),
        4 => request.url = request.url.replacen("https://example", "https://example2", 1),
        5 => request.body.push(b'x'),
        6 => header(request, "x-amz-meta-a", |v| format!("{v}x")),
        7 => header(request, "x-amz-date", |v| v.replacen("2026", "2027", 1)),
        8 => header(request, "x-amz-security-token", |v| format!("{v}x")),
        9 => header(request, "content-type", |_| "text/html".into()),
        10 => header(request, "authorization", authorization("/us-east-1/", "/eu-west-1/")),
        11 => header(request, "authorization", authorization("/service/", "/services/")),
        12 => header(request, "authorization", authorization("/2026", "/2027")),
        13 => header(request, "authorization", authorization("x-amz-date;", "")),
        _ => header(request, "authorization", |v| {
            let (rest, last) = v.split_at(v.len() - 1);
            format!("{rest}{}", if last == "0" { "1" } else { "0" })
        }),
    }
}

proptest! {
    #[test]
    fn whatever_is_signed_holds_until_it_is_touched(
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
        prop_assert!(holds(&request));
        let honest = request.clone();
        touch(&mut request, part);
        prop_assert!(request != honest, "part {part} is there");
        prop_assert!(!holds(&request), "part {part}: {request:?}");
    }
}
