//! Signs in on the hosted login page as a browser does: it follows redirects and submits the form.

use cognitab_trace::control::Scenario;
use cognitab_wire::http::{self, Request, Response};
use cognitab_wire::internet::is_simulated;
use serde_json::Value;

use super::{Client, ClientError, api_error, json_body, markup};
use crate::state::oauth::{APP, AuthorizationRequest, Tokens, callback_params, domain_url};

/// Resolves a link, form action or `Location` header against the URL of its page. `None` if it
/// is not a URL, or one that would run a script.
pub fn resolve(base: &str, target: &str) -> Option<String> {
    let url = web_sys::Url::new_with_base(target, base).ok()?;
    (url.protocol() != "javascript:").then(|| url.href())
}

fn absolute(base: &str, target: &str) -> Result<String, ClientError> {
    let invalid =
        || ClientError::InvalidResponse(format!("`{target}` is not a URL that can be followed"));
    resolve(base, target).ok_or_else(invalid)
}

/// A GET request.
pub fn get(url: &str) -> Request {
    Request { method: "GET".to_owned(), url: url.to_owned(), ..Request::default() }
}

/// A POST request with form fields.
pub fn post_form(url: &str, fields: &[(String, String)]) -> Request {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
    Request {
        method: "POST".to_owned(),
        url: url.to_owned(),
        headers: vec![kind],
        body: body.into_bytes(),
    }
}

/// The result of following redirects.
pub struct Navigation {
    /// The URL after the last redirect.
    pub url: String,
    /// The page; `None` if the URL belongs to the photo app or is not simulated.
    pub response: Option<Response>,
}

/// Sends a request and follows redirects until a page is reached or the app's callback.
pub async fn follow_redirects(
    client: &Client,
    mut request: Request,
) -> Result<Navigation, ClientError> {
    // AWS allows twenty redirects between a user pool and an identity provider.
    for _ in 0..20 {
        if request.url.starts_with(APP) || !is_simulated(request.url().host) {
            return Ok(Navigation { url: request.url, response: None });
        }
        let response = client.send(&request).await?;
        match response.header("location") {
            Some(target) if (300..400).contains(&response.status) => {
                request = get(&absolute(&request.url, target)?);
            }
            _ => return Ok(Navigation { url: request.url, response: Some(response) }),
        }
    }
    Err(ClientError::InvalidResponse("more than 20 redirects".to_owned()))
}

/// Signs a user in on the hosted login page. Returns the callback URL.
pub async fn sign_in(
    client: &Client,
    url: &str,
    username: &str,
    password: &str,
) -> Result<String, ClientError> {
    let navigation = follow_redirects(client, get(url)).await?;
    let Some(page) = navigation.response else { return Ok(navigation.url) };
    if page.status >= 300 {
        return Err(api_error(&page));
    }
    let form = markup::forms(&page.text())
        .map_err(crate::host::host_error)?
        .into_iter()
        .find(|f| f.fields.iter().any(|(n, _)| n == "password"))
        .ok_or_else(|| {
            ClientError::InvalidResponse("the login page has no password field".to_owned())
        })?;
    let fields: Vec<(String, String)> = form
        .fields
        .into_iter()
        .map(|(name, value)| match name.as_str() {
            "username" => (name, username.to_owned()),
            "password" => (name, password.to_owned()),
            _ => (name, value),
        })
        .collect();
    let navigation =
        follow_redirects(client, post_form(&absolute(&navigation.url, &form.action)?, &fields))
            .await?;
    match navigation.response {
        None => Ok(navigation.url),
        Some(page) => Err(api_error(&page)),
    }
}

/// The tokens from a callback URL. An authorization code is exchanged for them.
pub async fn tokens_from_callback(
    client: &Client,
    scenario: &Scenario,
    request: &AuthorizationRequest,
    callback_url: &str,
) -> Result<Tokens, ClientError> {
    let params = callback_params(callback_url);
    let param = |name: &str| http::param(&params, name).map(str::to_owned);
    if let Some(error) = param("error") {
        let text = param("error_description").unwrap_or_default();
        return Err(ClientError::Api { status: 302, text: format!("{error} {text}") });
    }
    if let (Some(id), Some(access)) = (param("id_token"), param("access_token")) {
        return Ok(Tokens { id, access, refresh: None });
    }
    let code = param("code").ok_or_else(|| {
        ClientError::InvalidResponse("the callback URL has neither tokens nor a code".to_owned())
    })?;
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let fields = [
        field("grant_type", "authorization_code"),
        field("client_id", scenario.get("client")),
        field("code", &code),
        field("redirect_uri", &format!("{APP}/callback")),
        field("code_verifier", &request.code_verifier),
    ];
    let url = format!("{}/oauth2/token", domain_url(scenario));
    let body = json_body(&client.send(&post_form(&url, &fields)).await?)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Tokens {
        id: text("id_token").unwrap_or_default(),
        access: text("access_token").unwrap_or_default(),
        refresh: text("refresh_token"),
    })
}
