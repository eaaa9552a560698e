//! The photo app as an OAuth 2.0 client: its authorization request and callback.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_trace::control::Scenario;
use cognitab_wire::http::{self, Url};
use sha2::{Digest, Sha256};

use super::url_state::GrantType;

/// The Region of every scenario.
pub const REGION: &str = "us-east-1";

/// Origin of the photo app.
pub const APP: &str = "https://photos.example";

/// An authorization request, with what the app keeps until the callback.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// URL of the authorize endpoint with all parameters.
    pub url: String,
    /// The `state` parameter.
    pub state: String,
    /// The PKCE code verifier.
    pub code_verifier: String,
}

/// Tokens from a user pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// ID token.
    pub id: String,
    /// Access token.
    pub access: String,
    /// Refresh token; the implicit grant does not return one.
    pub refresh: Option<String>,
}

/// URL of a scenario's user pool domain.
pub fn domain_url(scenario: &Scenario) -> String {
    format!("https://{}.auth.{}.amazoncognito.com", scenario.get("domain"), REGION)
}

/// The photo app's authorization request; `random` are 64 random bytes.
pub fn authorization_request(
    scenario: &Scenario,
    grant: GrantType,
    random: &[u8],
) -> AuthorizationRequest {
    let piece =
        |from: usize, to: usize| URL_SAFE_NO_PAD.encode(random.get(from..to).unwrap_or(&[]));
    let (state, nonce, code_verifier) = (piece(0, 12), piece(12, 24), piece(24, 64));
    let mut params = vec![
        ("response_type", if grant == GrantType::Code { "code" } else { "token" }.to_owned()),
        ("client_id", scenario.get("client").to_owned()),
        ("redirect_uri", format!("{APP}/callback")),
        ("scope", "openid email profile".to_owned()),
        ("state", state.clone()),
        ("nonce", nonce),
    ];
    if grant == GrantType::Code {
        params.push(("code_challenge", code_challenge(&code_verifier)));
        params.push(("code_challenge_method", "S256".to_owned()));
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    AuthorizationRequest {
        url: format!("{}/oauth2/authorize?{query}", domain_url(scenario)),
        state,
        code_verifier,
    }
}

/// The S256 code challenge of a code verifier (RFC 7636).
pub fn code_challenge(code_verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(code_verifier))
}

/// The parameters of a callback URL: from its fragment, or else from its query.
pub fn callback_params(url: &str) -> Vec<(String, String)> {
    let url = Url::parse(url);
    let text = if url.fragment.is_empty() { url.query } else { url.fragment };
    http::form(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        assert_eq!(
            code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn both_flows_ask_for_what_they_need() {
        let scenario = Scenario {
            name: "photo-app".into(),
            values: [("client".to_owned(), "c".to_owned()), ("domain".to_owned(), "d".to_owned())]
                .into(),
        };
        let implicit = authorization_request(&scenario, GrantType::Implicit, &[7; 64]);
        assert!(implicit.url.starts_with(
            "https://d.auth.us-east-1.amazoncognito.com/oauth2/authorize?response_type=token&client_id=c&redirect_uri=https%3A%2F%2Fphotos.example%2Fcallback"
        ));
        assert!(!implicit.url.contains("code_challenge"));
        let code = authorization_request(&scenario, GrantType::Code, &[7; 64]);
        assert!(code.code_verifier.len() >= 43 && code.url.contains("code_challenge_method=S256"));
    }

    #[test]
    fn the_way_back_is_read_from_fragment_or_query() {
        let back = callback_params("https://photos.example/callback#id_token=a&access_token=b");
        assert_eq!(back[1], ("access_token".into(), "b".into()));
        assert_eq!(callback_params("https://photos.example/callback?code=1")[0].1, "1");
    }
}
