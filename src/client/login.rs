//! The hosted login, walked as a browser does: redirects, the page, its form, the way back.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_trace::control::Scenario;
use cognitab_wire::http::{self, Request, Response, Url};
use cognitab_wire::internet::is_simulated;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Client, Failure, json_of, refused};
use crate::state::address::Flow;

/// Where the simulated app lives.
pub const APP: &str = "https://photos.example";

/// What the app keeps between sending somebody to the login and their return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The address to go to.
    pub url: String,
    /// Echoed by the login, compared by the app.
    pub state: String,
    /// The secret behind the code challenge.
    pub verifier: String,
}

/// What the user pool gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Says who somebody is.
    pub id: String,
    /// Opens the user pool's own API.
    pub access: String,
    /// Brings new ones; only by code.
    pub refresh: Option<String>,
}

/// The host of a scenario's login pages.
pub fn domain(scenario: &Scenario) -> String {
    format!("https://{}.auth.{}.amazoncognito.com", scenario.get("domain"), super::REGION)
}

/// The address that the app sends its user to, from 64 random bytes.
pub fn request(scenario: &Scenario, flow: Flow, random: &[u8]) -> Asked {
    let piece =
        |from: usize, to: usize| URL_SAFE_NO_PAD.encode(random.get(from..to).unwrap_or(&[]));
    let (state, nonce, verifier) = (piece(0, 12), piece(12, 24), piece(24, 64));
    let mut params = vec![
        ("response_type", if flow == Flow::Code { "code" } else { "token" }.to_owned()),
        ("client_id", scenario.get("client").to_owned()),
        ("redirect_uri", format!("{APP}/callback")),
        ("scope", "openid email profile".to_owned()),
        ("state", state.clone()),
        ("nonce", nonce),
    ];
    if flow == Flow::Code {
        params.push(("code_challenge", challenge(&verifier)));
        params.push(("code_challenge_method", "S256".to_owned()));
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    Asked { url: format!("{}/oauth2/authorize?{query}", domain(scenario)), state, verifier }
}

/// The S256 challenge of a verifier.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

/// An address as a page means it: absolute, from the root, or beside the page.
pub fn resolve(base: &str, target: &str) -> String {
    let url = Url::parse(base);
    if target.contains("://") {
        target.to_owned()
    } else if target.starts_with('/') {
        format!("{}://{}{target}", url.scheme, url.host)
    } else if target.is_empty() || target.starts_with('?') {
        let query = if target.is_empty() { format!("?{}", url.query) } else { target.to_owned() };
        format!("{}://{}{}{query}", url.scheme, url.host, url.path)
    } else {
        let folder = url.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{}://{}{folder}/{target}", url.scheme, url.host)
    }
}

/// A request for a page.
pub fn get(url: &str) -> Request {
    Request { method: "GET".to_owned(), url: url.to_owned(), ..Request::default() }
}

/// A filled-in form.
pub fn post(url: &str, fields: &[(String, String)]) -> Request {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
    Request {
        method: "POST".to_owned(),
        url: url.to_owned(),
        headers: vec![kind],
        body: body.into_bytes(),
    }
}

/// Where a request ended after its redirects.
pub struct Landed {
    /// The address in the bar.
    pub url: String,
    /// The page; none where the address belongs to the app itself, or to the real internet.
    pub page: Option<Response>,
}

/// Follows redirects until a page is shown or the app is reached.
pub async fn follow(client: &Client, mut request: Request) -> Result<Landed, Failure> {
    // AWS allows twenty redirects between a pool and a provider.
    for _ in 0..20 {
        if request.url.starts_with(APP) || !is_simulated(request.url().host) {
            return Ok(Landed { url: request.url, page: None });
        }
        let response = client.send(&request).await?;
        match response.header("location") {
            Some(target) if (300..400).contains(&response.status) => {
                request = get(&resolve(&request.url, target));
            }
            _ => return Ok(Landed { url: request.url, page: Some(response) }),
        }
    }
    Err(Failure::Unreadable("more than twenty redirects".to_owned()))
}

/// Signs somebody in on the hosted page; returns the address the app is called back at.
pub async fn sign_in(
    client: &Client,
    url: &str,
    username: &str,
    password: &str,
) -> Result<String, Failure> {
    let landed = follow(client, get(url)).await?;
    let Some(page) = landed.page else { return Ok(landed.url) };
    if page.status >= 300 {
        return Err(refused(&page));
    }
    let form = super::html::forms(&page.text())
        .into_iter()
        .find(|f| f.fields.iter().any(|(n, _)| n == "password"))
        .ok_or_else(|| Failure::Unreadable("the login page has no password field".to_owned()))?;
    let fields: Vec<(String, String)> = form
        .fields
        .into_iter()
        .map(|(name, value)| match name.as_str() {
            "username" => (name, username.to_owned()),
            "password" => (name, password.to_owned()),
            _ => (name, value),
        })
        .collect();
    let landed = follow(client, post(&resolve(&landed.url, &form.action), &fields)).await?;
    match landed.page {
        None => Ok(landed.url),
        Some(page) => Err(refused(&page)),
    }
}

/// The parameters with which the app is called back: those of the fragment, else of the query.
pub fn called_back(url: &str) -> Vec<(String, String)> {
    let url = Url::parse(url);
    let text = if url.fragment.is_empty() { url.query } else { url.fragment };
    http::form(text.as_bytes())
}

/// The tokens that the app holds after the way back, trading the code where it got one.
pub async fn tokens(
    client: &Client,
    scenario: &Scenario,
    asked: &Asked,
    back: &str,
) -> Result<Tokens, Failure> {
    let params = called_back(back);
    let param = |name: &str| http::param(&params, name).map(str::to_owned);
    if let Some(error) = param("error") {
        let text = param("error_description").unwrap_or_default();
        return Err(Failure::Refused { status: 302, text: format!("{error} {text}") });
    }
    if let (Some(id), Some(access)) = (param("id_token"), param("access_token")) {
        return Ok(Tokens { id, access, refresh: None });
    }
    let code = param("code")
        .ok_or_else(|| Failure::Unreadable("neither tokens nor a code came back".to_owned()))?;
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let fields = [
        field("grant_type", "authorization_code"),
        field("client_id", scenario.get("client")),
        field("code", &code),
        field("redirect_uri", &format!("{APP}/callback")),
        field("code_verifier", &asked.verifier),
    ];
    let url = format!("{}/oauth2/token", domain(scenario));
    let body = json_of(&client.send(&post(&url, &fields)).await?)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Tokens {
        id: text("id_token").unwrap_or_default(),
        access: text("access_token").unwrap_or_default(),
        refresh: text("refresh_token"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn addresses_are_resolved_against_the_page() {
        let base = "https://a.example/x/login?q=1";
        assert_eq!(resolve(base, "/y"), "https://a.example/y");
        assert_eq!(resolve(base, "signup?z"), "https://a.example/x/signup?z");
        assert_eq!(resolve(base, ""), base);
        assert_eq!(resolve(base, "?r=2"), "https://a.example/x/login?r=2");
        assert_eq!(resolve(base, "https://b.example/"), "https://b.example/");
    }

    #[test]
    fn both_flows_ask_for_what_they_need() {
        let scenario = Scenario {
            name: "photo-app".into(),
            values: [("client".to_owned(), "c".to_owned()), ("domain".to_owned(), "d".to_owned())]
                .into(),
        };
        let implicit = request(&scenario, Flow::Implicit, &[7; 64]);
        assert!(implicit.url.starts_with(
            "https://d.auth.us-east-1.amazoncognito.com/oauth2/authorize?response_type=token&client_id=c&redirect_uri=https%3A%2F%2Fphotos.example%2Fcallback"
        ));
        assert!(!implicit.url.contains("code_challenge"));
        let code = request(&scenario, Flow::Code, &[7; 64]);
        assert!(code.verifier.len() >= 43 && code.url.contains("code_challenge_method=S256"));
    }

    #[test]
    fn the_way_back_is_read_from_fragment_or_query() {
        let back = called_back("https://photos.example/callback#id_token=a&access_token=b");
        assert_eq!(back[1], ("access_token".into(), "b".into()));
        assert_eq!(called_back("https://photos.example/callback?code=1")[0].1, "1");
    }
}
