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

/// A new authorization code from the login page.
fn code(lab: &mut Lab) -> String {
    let login_redirect = lab.host.browse("b", get(&authorize(lab, CALLBACK)));
    let login = login_redirect.header("location").unwrap().to_owned();
    let page = lab.host.browse("b", get(&login)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap();
    let form = [("_csrf", csrf), ("username", "ana"), ("password", "Ana-Photos-1!")];
    let redirect = lab.host.browse("b", post(&login, &form));
    let redirect = Url::parse(redirect.header("location").unwrap()).params();
    param(&redirect, "code").unwrap().to_owned()
}

/// Exchanges a code for tokens, with some of the valid fields replaced; an empty value omits the field.
/// Returns the error and the note of the last rung.
fn exchange(lab: &mut Lab, code: &str, replacements: &[(&str, &str)]) -> String {
    let client = lab.ids.client.clone();
    let valid = [
        ("grant_type", "authorization_code"),
        ("client_id", &client),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("code", code),
    ];
    let replacement = |name: &str| replacements.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    let form: Vec<_> = valid
        .iter()
        .map(|(name, value)| (*name, replacement(name).unwrap_or(value)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let response = lab.host.send(post(&format!("{DOMAIN}/oauth2/token"), &form));
    let event = lab.host.events().pop().unwrap();
    let note = event["ladder"].as_array().unwrap().last().unwrap()["note"].as_str().unwrap();
    format!("{}{note}", error_summary(&response))
}

fn exchange_with(lab: &mut Lab, replacements: &[(&str, &str)]) -> String {
    let code = code(lab);
    exchange(lab, &code, replacements)
}

/// Requests a code for another redirect URI; the response must not redirect to the app.
fn authorize_with_redirect_uri(lab: &mut Lab, redirect: &str) -> String {
    let response = lab.host.browse("b", get(&authorize(lab, redirect)));
    let location = response.header("location").unwrap_or_default().to_owned();
    assert!(!location.starts_with("https://photos.example"), "{location}");
    format!("{} {location}", response.status)
}

fn exchange_twice(lab: &mut Lab) -> String {
    let code = code(lab);
    let first = exchange(lab, &code, &[]);
    assert!(first.starts_with("200"), "{first}");
    exchange(lab, &code, &[])
}

fn exchange_expired(lab: &mut Lab) -> String {
    let code = code(lab);
    lab.host.wait(5 * 60);
    exchange(lab, &code, &[])
}

fn exchange_as_another_client(lab: &mut Lab) -> String {
    let input = serde_json::json!({
        "UserPoolId": lab.ids.pool, "ClientName": "other", "CallbackURLs": [CALLBACK],
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"],
    });
    let output = lab.host.admin("cognito-idp.CreateUserPoolClient", input);
    exchange_with(lab, &[("client_id", output["UserPoolClient"]["ClientId"].as_str().unwrap())])
}

/// A login form with the CSRF token of another browser.
fn form_of_another_browser(lab: &mut Lab) -> String {
    let login_redirect = lab.host.browse("b", get(&authorize(lab, CALLBACK)));
    let login = login_redirect.header("location").unwrap().to_owned();
    let page = lab.host.browse("mallory", get(&login)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap();
    let form = [("_csrf", csrf), ("username", "ana"), ("password", "Ana-Photos-1!")];
    let response = lab.host.browse("b", post(&login, &form));
    assert!(response.header("location").is_none(), "{:?}", response.headers);
    response.status.to_string()
}

const REDIRECT_MISMATCH: &str =
    "302 https://photos-demo.auth.us-east-1.amazoncognito.com/error?error=redirect_mismatch";
const VERIFIER_WRONG: &str = "400 invalid_grant: `code_verifier` does not match `code_challenge`";
const REDIRECT_URI_WRONG: &str =
    "400 invalid_grant: the authorization code was issued for another `redirect_uri`";

pub(crate) const ATTACKS: &[Attack] = &[
    (
        "code: unknown",
        |l| exchange(l, "nothing", &[]),
        "400 invalid_grant: the authorization code does not exist",
    ),
    (
        "code: used before",
        exchange_twice,
        "400 invalid_grant: the authorization code was used before",
    ),
    ("code: expired", exchange_expired, "400 invalid_grant: the authorization code has expired"),
    (
        "code: another client's",
        exchange_as_another_client,
        "400 invalid_grant: the authorization code was issued to another app client",
    ),
    (
        "code: another verifier",
        |l| exchange_with(l, &[("code_verifier", &"x".repeat(43))]),
        VERIFIER_WRONG,
    ),
    ("code: without a verifier", |l| exchange_with(l, &[("code_verifier", "")]), VERIFIER_WRONG),
    (
        "code: the challenge as verifier",
        |l| exchange_with(l, &[("code_verifier", CHALLENGE)]),
        VERIFIER_WRONG,
    ),
    (
        "code: another redirect URI",
        |l| exchange_with(l, &[("redirect_uri", "https://photos.example/")]),
        REDIRECT_URI_WRONG,
    ),
    (
        "code: a trailing slash",
        |l| exchange_with(l, &[("redirect_uri", "https://photos.example/callback/")]),
        REDIRECT_URI_WRONG,
    ),
    (
        "code: another letter case",
        |l| exchange_with(l, &[("redirect_uri", "https://photos.example/Callback")]),
        REDIRECT_URI_WRONG,
    ),
    (
        "code: an additional query",
        |l| exchange_with(l, &[("redirect_uri", "https://photos.example/callback?a=1")]),
        REDIRECT_URI_WRONG,
    ),
    (
        "redirect: another host",
        |l| authorize_with_redirect_uri(l, "https://evil.example/callback"),
        REDIRECT_MISMATCH,
    ),
    (
        "redirect: a trailing slash",
        |l| authorize_with_redirect_uri(l, "https://photos.example/callback/"),
        REDIRECT_MISMATCH,
    ),
    (
        "redirect: another letter case",
        |l| authorize_with_redirect_uri(l, "https://photos.example/Callback"),
        REDIRECT_MISMATCH,
    ),
    (
        "redirect: an additional query",
        |l| authorize_with_redirect_uri(l, "https://photos.example/callback?a=1"),
        REDIRECT_MISMATCH,
    ),
    (
        "redirect: dot segments",
        |l| authorize_with_redirect_uri(l, "https://photos.example/x/../callback"),
        REDIRECT_MISMATCH,
    ),
    (
        "redirect: the host as a prefix",
        |l| authorize_with_redirect_uri(l, "https://photos.example.evil.example/callback"),
        REDIRECT_MISMATCH,
    ),
    ("form: the CSRF token of another browser", form_of_another_browser, "4"),
];

/// A failed exchange does not use up the code.
#[test]
fn a_failed_exchange_does_not_use_up_the_code() {
    let mut lab = Lab::open();
    let code = code(&mut lab);
    for replacement in [("code_verifier", ""), ("redirect_uri", "https://photos.example/")] {
        assert!(exchange(&mut lab, &code, &[replacement]).starts_with("400 invalid_grant"));
    }
    assert!(exchange(&mut lab, &code, &[]).starts_with("200"));
}
