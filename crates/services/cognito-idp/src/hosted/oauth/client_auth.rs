//! Client authentication at the OAuth endpoints (RFC 6749, section 2.3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::decode;

use crate::hosted::oauth::error::error;
use crate::hosted::request::PageRequest;
use crate::model::client::UserPoolClientType;
use cognitab_kernel::{ApiError, Cx};

/// Authenticates the app client, by `Authorization: Basic` or by the body.
pub(crate) fn client(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    status: u16,
) -> Result<UserPoolClientType, ApiError> {
    let kind = RungKind::Authentication;
    let basic = request.request.header("authorization").map(basic);
    let body = request.field("client_id");
    let (id, secret) = match basic {
        Some(None) => {
            cx.rung(Rung::refused(kind, "the Authorization header cannot be decoded"));
            return Err(error(status, "invalid_client", ""));
        }
        Some(Some((id, _))) if body.is_some_and(|b| b != id) => {
            cx.rung(Rung::refused(
                kind,
                "the Authorization header and the body have different client IDs",
            ));
            return Err(error(400, "invalid_request", ""));
        }
        Some(Some((id, secret))) => (id, Some(secret)),
        None => {
            let secret = request.field("client_secret").map(str::to_owned);
            (body.unwrap_or_default().to_owned(), secret)
        }
    };
    if id.is_empty() {
        cx.rung(Rung::refused(kind, "`client_id` is required"));
        return Err(error(400, "invalid_request", ""));
    }
    let Some(client) = request.client(cx, &id) else {
        cx.rung(Rung::refused(kind, "the app client does not exist in the user pool"));
        return Err(error(status, "invalid_client", ""));
    };
    let secret = secret.filter(|s| !s.is_empty());
    let authenticated = match (&client.client_secret, &secret) {
        (None, None) => true,
        (Some(expected), Some(secret)) => cognitab_wire::sigv4::constant_time_eq(expected, secret),
        _ => false,
    };
    if !authenticated {
        cx.rung(Rung::refused(kind, "the client secret is missing or incorrect"));
        return Err(error(status, "invalid_client", "invalid_client_secret"));
    }
    let note = if secret.is_some() {
        "the client secret is correct"
    } else {
        "the app client has no client secret"
    };
    cx.rung(Rung::passed(kind, note));
    Ok(client)
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, text) = header.split_once(' ')?;
    let bytes =
        STANDARD.decode(text.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decode(id), decode(secret)))
}
