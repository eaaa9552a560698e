//! The documents at a pool's issuer: OIDC discovery and the key set.

use cognitab_wire::http::{Request, Response};
use cognitab_wire::internet;
use serde_json::{Value as Json, json};

use crate::auth::verify::keys;
use crate::model::domain;
use crate::model::pool::Pool;
use cognitab_kernel::World;

/// Answers a request for one of the documents; `None` if the request is for neither. Hosts that are
/// not simulated serve them, too: the local endpoint is one.
pub(crate) fn document(world: &World, request: &Request) -> Option<Response> {
    let url = request.url();
    let (id, document) = url.path.strip_prefix('/')?.split_once("/.well-known/")?;
    let served = url.host.starts_with("cognito-idp.") || !internet::is_simulated(url.host);
    if !matches!(request.method.as_str(), "GET" | "HEAD") || !served {
        return None;
    }
    let pool: Option<Pool> = world.get(id);
    let (status, body) = match (pool, document) {
        (Some(pool), "openid-configuration") => (200, discovery(world, &pool)),
        (Some(pool), "jwks.json") => (200, json!({"keys": keys(&pool)})),
        (None, _) if !url.host.starts_with("cognito-idp.") => return None,
        _ => (
            400,
            json!({"code": "BadRequest", "message": format!("User pool {id} does not exist.")}),
        ),
    };
    let response = Response::new(status, body.to_string())
        .with("content-type", "application/json")
        .with("access-control-allow-origin", "*")
        .with("cache-control", "no-store");
    Some(response)
}

fn discovery(world: &World, pool: &Pool) -> Json {
    let issuer = pool.issuer();
    let domain = domain::of_pool(world, &pool.id).map(|d| format!("https://{}", d.host()));
    // If the pool has no domain, AWS lists endpoints under the issuer that do not exist.
    let endpoint = |path: &str| match &domain {
        Some(domain) => format!("{domain}/{path}"),
        None => format!("{issuer}/{}", path.trim_start_matches("oauth2/")),
    };
    json!({
        "authorization_endpoint": endpoint("oauth2/authorize"),
        "end_session_endpoint": endpoint("logout"),
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["code", "token"],
        "revocation_endpoint": endpoint("oauth2/revoke"),
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": endpoint("oauth2/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": endpoint("oauth2/userInfo"),
    })
}
