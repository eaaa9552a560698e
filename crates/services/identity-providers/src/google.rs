//! Google.
//! <https://developers.google.com/identity/openid-connect/openid-connect>

use cognitab_kernel::issuer::Issuer;
use cognitab_kernel::protocol::cors;
use cognitab_kernel::service::{Page, Reply, Site};
use cognitab_kernel::{Cx, Stop, World};
use cognitab_trace::event::ArtifactKind;
use cognitab_wire::http::{Request, Response};
use serde_json::json;

use crate::{SERVICE, signing_key};

/// The issuer without its scheme, which is also the federated principal of trust policies.
const ISSUER: &str = "accounts.google.com";
/// The host of the key set.
const KEYS_HOST: &str = "www.googleapis.com";

/// Finds the discovery document or the key set.
pub(crate) fn find(_: &World, request: &Request) -> Option<Page> {
    let url = request.url();
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return None;
    }
    match (url.host, url.path) {
        (ISSUER, "/.well-known/openid-configuration") => {
            Some(Page::Document(cors(request, discovery())))
        }
        (KEYS_HOST, "/oauth2/v3/certs") => Some(Page::Site(Site {
            service: &SERVICE,
            account: String::new(),
            region: String::new(),
            host: KEYS_HOST.to_owned(),
            respond: keys,
        })),
        _ => None,
    }
}

/// What is there of Google: neither its consent page nor its token endpoint is simulated, so the
/// document names none.
fn discovery() -> Response {
    let body = json!({
        "issuer": format!("https://{ISSUER}"),
        "jwks_uri": format!("https://{KEYS_HOST}/oauth2/v3/certs"),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    Response::new(200, body.to_string())
        .with("content-type", "application/json")
        .with("cache-control", "public, max-age=3600")
}

fn keys(cx: &mut Cx<'_>, _: &Request) -> Result<Reply, Stop> {
    let keys = signing_key::public_or_new(cx, ISSUER)?;
    let mut reply = Reply::json(200, &json!({"keys": keys}));
    reply.response = reply.response.with("cache-control", "public, max-age=19800");
    Ok(reply)
}

/// Google as an issuer, by either form of its name.
pub(crate) fn issuer(world: &World, issuer: &str) -> Option<Issuer> {
    let name = issuer.strip_prefix("https://").unwrap_or(issuer);
    (name == ISSUER).then(|| Issuer {
        keys: signing_key::public(world, ISSUER),
        principal: Some(ISSUER),
        artifact: ArtifactKind::IdToken,
        audience_account: |_, _| None,
    })
}
