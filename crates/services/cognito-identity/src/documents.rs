//! The documents of identity pools as an issuer: discovery document and key set.

use cognitab_wire::http::{Request, Response};
use serde_json::json;

use crate::pool_token::{PRINCIPAL, is_issuer, jwks};
use cognitab_kernel::World;
use cognitab_kernel::protocol::cors;
use cognitab_kernel::service::Page;

/// The requested document. `None` if the request is for another host or path.
pub(crate) fn find(world: &World, request: &Request) -> Option<Page> {
    let url = request.url();
    let host = url.host.split(':').next().unwrap_or_default();
    if request.method != "GET" || !is_issuer(&format!("https://{host}")) {
        return None;
    }
    let issuer = format!("https://{PRINCIPAL}");
    let body = match url.path {
        "/.well-known/jwks_uri" => json!({"keys": jwks(world)}),
        "/.well-known/openid-configuration" => json!({
            "issuer": issuer,
            "jwks_uri": format!("{issuer}/.well-known/jwks_uri"),
            "authorization_endpoint": format!("{issuer}/authorize"),
            "response_types_supported": ["token"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS512"],
        }),
        _ => return None,
    };
    // AWS lets clients cache them for thirty days.
    let response = Response::new(200, body.to_string()).with("content-type", "application/json");
    let response = response.with("cache-control", "max-age=2592000");
    Some(Page::Document(cors(request, response)))
}
