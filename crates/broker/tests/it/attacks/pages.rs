//! Authorization codes and redirects at a user pool's domain.

use cognitab_wire::http::{Url, encode, param};

use super::{Attack, Lab};
use crate::common::{between, error_summary, get, post};

const DOMAIN: &str = "https://photos-demo.auth.us-east-1.amazoncognito.com";
const CALLBACK: &str = "https://photos.example/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn authorize(lab: &Lab, redirect: &str) -> String {
    format!(
        "{DOMAIN}/oauth2/authorize?response_type=code&client_id={}&redirect_uri={}&code_challenge={CHALLENGE}&code_challenge_method=S256",
        lab.ids.client,
        encode(redirect)
    )
}

/// A fresh code, by way of the login page.
fn code(lab: &mut Lab) -> String {
    let there = lab.host.browse("b", get(&authorize(lab, CALLBACK)));
    let login = there.header("location").unwrap().to_owned();
    let page = lab.host.browse("b", get(&login)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap();
    let form = [("_csrf", csrf), ("username", "ana"), ("password", "Ana-Photos-1!")];
    let back = lab.host.browse("b", post(&login, &form));
    let back = Url::parse(back.header("location").unwrap()).params();
    param(&back, "code").unwrap().to_owned()
}

/// Exchanges a code with these fields in place of the honest ones; those without text are left
/// out. Answers the error and why.
fn exchange(lab: &mut Lab, code: &str, other: &[(&str, &str)]) -> String {
    let client = lab.ids.client.clone();
    let honest = [
        ("grant_type", "authorization_code"),
        ("client_id", &client),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("code", code),
    ];
    let replaced = |name: &str| other.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    let form: Vec<_> = honest
        .iter()
        .map(|(name, value)| (*name, replaced(name).unwrap_or(value)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let response = lab.host.send(post(&format!("{DOMAIN}/oauth2/token"), &form));
    let event = lab.host.events().pop().unwrap();
    let note = event["ladder"].as_array().unwrap().last().unwrap()["note"].as_str().unwrap();
    format!("{}{note}", error_summary(&response))
}

fn altered(lab: &mut Lab, other: &[(&str, &str)]) -> String {
    let code = code(lab);
    exchange(lab, &code, other)
}

/// A request for a code that is to be sent elsewhere: refused without going there.
fn redirected(lab: &mut Lab, redirect: &str) -> String {
    let response = lab.host.browse("b", get(&authorize(lab, redirect)));
    let location = response.header("location").unwrap_or_default().to_owned();
    assert!(!location.starts_with("https://photos.example"), "{location}");
    format!("{} {location}", response.status)
}

fn used(lab: &mut Lab) -> String {
    let code = code(lab);
    let first = exchange(lab, &code, &[]);
    assert!(first.starts_with("200"), "{first}");
    exchange(lab, &code, &[])
}

fn late(lab: &mut Lab) -> String {
    let code = code(lab);
    lab.host.wait(5 * 60);
    exchange(lab, &code, &[])
}

fn other_client(lab: &mut Lab) -> String {
    let input = serde_json::json!({
        "UserPoolId": lab.ids.pool, "ClientName": "other", "CallbackURLs": [CALLBACK],
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"],
    });
    let made = lab.host.admin("cognito-idp.CreateUserPoolClient", input);
    altered(lab, &[("client_id", made["UserPoolClient"]["ClientId"].as_str().unwrap())])
}

/// A login form that no page of this browser asked for.
fn forged_form(lab: &mut Lab) -> String {
    let there = lab.host.browse("b", get(&authorize(lab, CALLBACK)));
    let login = there.header("location").unwrap().to_owned();
    let page = lab.host.browse("mallory", get(&login)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap();
    let form = [("_csrf", csrf), ("username", "ana"), ("password", "Ana-Photos-1!")];
    let response = lab.host.browse("b", post(&login, &form));
    assert!(response.header("location").is_none(), "{:?}", response.headers);
    response.status.to_string()
}

const MISMATCH: &str =
    "302 https://photos-demo.auth.us-east-1.amazoncognito.com/error?error=redirect_mismatch";
const VERIFIER_WRONG: &str = "400 invalid_grant: `code_verifier` does not match `code_challenge`";
const ELSEWHERE: &str =
    "400 invalid_grant: the authorization code was issued for another `redirect_uri`";

pub(crate) const ATTACKS: &[Attack] = &[
    (
        "code: made up",
        |l| exchange(l, "nothing", &[]),
        "400 invalid_grant: the authorization code does not exist",
    ),
    ("code: used before", used, "400 invalid_grant: the authorization code was used before"),
    ("code: too late", late, "400 invalid_grant: the authorization code has expired"),
    (
        "code: another client's",
        other_client,
        "400 invalid_grant: the authorization code was issued to another app client",
    ),
    (
        "code: another verifier",
        |l| altered(l, &[("code_verifier", &"x".repeat(43))]),
        VERIFIER_WRONG,
    ),
    ("code: the verifier left out", |l| altered(l, &[("code_verifier", "")]), VERIFIER_WRONG),
    (
        "code: the challenge as verifier",
        |l| altered(l, &[("code_verifier", CHALLENGE)]),
        VERIFIER_WRONG,
    ),
    (
        "code: another address",
        |l| altered(l, &[("redirect_uri", "https://photos.example/")]),
        ELSEWHERE,
    ),
    (
        "code: a slash more",
        |l| altered(l, &[("redirect_uri", "https://photos.example/callback/")]),
        ELSEWHERE,
    ),
    (
        "code: another case",
        |l| altered(l, &[("redirect_uri", "https://photos.example/Callback")]),
        ELSEWHERE,
    ),
    (
        "code: a query more",
        |l| altered(l, &[("redirect_uri", "https://photos.example/callback?a=1")]),
        ELSEWHERE,
    ),
    ("redirect: another host", |l| redirected(l, "https://evil.example/callback"), MISMATCH),
    ("redirect: a slash more", |l| redirected(l, "https://photos.example/callback/"), MISMATCH),
    ("redirect: another case", |l| redirected(l, "https://photos.example/Callback"), MISMATCH),
    ("redirect: a query more", |l| redirected(l, "https://photos.example/callback?a=1"), MISMATCH),
    (
        "redirect: up and down again",
        |l| redirected(l, "https://photos.example/x/../callback"),
        MISMATCH,
    ),
    (
        "redirect: a longer host",
        |l| redirected(l, "https://photos.example.evil.example/callback"),
        MISMATCH,
    ),
    ("form: of another browser's page", forged_form, "4"),
];

/// Whoever tries a code in vain does not take it from its owner.
#[test]
fn a_refused_exchange_leaves_the_code() {
    let mut lab = Lab::open();
    let code = code(&mut lab);
    for other in [("code_verifier", ""), ("redirect_uri", "https://photos.example/")] {
        assert!(exchange(&mut lab, &code, &[other]).starts_with("400 invalid_grant"));
    }
    assert!(exchange(&mut lab, &code, &[]).starts_with("200"));
}
