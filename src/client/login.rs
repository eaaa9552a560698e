//! The hosted login, walked as a browser does: redirects, the page, its form, the way back.

use cognitab_trace::control::Scenario;
use cognitab_wire::http::{self, Request, Response};
use cognitab_wire::internet::is_simulated;
use serde_json::Value;

use super::{Client, Failure, json_of, markup, refused};
use crate::state::oauth::{APP, Asked, Tokens, called_back, domain};

/// Resolves a link, form action or `Location` header against the URL of its page. `None` where it
/// is not a URL, or one that would run a script.
pub fn resolve(base: &str, target: &str) -> Option<String> {
    let url = web_sys::Url::new_with_base(target, base).ok()?;
    (url.protocol() != "javascript:").then(|| url.href())
}

fn absolute(base: &str, target: &str) -> Result<String, Failure> {
    let invalid = || Failure::Unreadable(format!("`{target}` is not a URL that can be followed"));
    resolve(base, target).ok_or_else(invalid)
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
                request = get(&absolute(&request.url, target)?);
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
    let form = markup::forms(&page.text())
        .map_err(crate::host::silence)?
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
    let landed = follow(client, post(&absolute(&landed.url, &form.action)?, &fields)).await?;
    match landed.page {
        None => Ok(landed.url),
        Some(page) => Err(refused(&page)),
    }
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
