//! Which application calls an OAuth endpoint, and whether it knows its secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::decode;

use crate::hosted::oauth::error::error;
use crate::hosted::request::Ask;
use crate::model::client::UserPoolClientType;
use cognitab_kernel::{ApiError, Cx};

/// Proves the calling application, by `Authorization: Basic` or by the body.
pub(crate) fn client(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    status: u16,
) -> Result<UserPoolClientType, ApiError> {
    let who = RungKind::Authentication;
    let basic = ask.request.header("authorization").map(basic);
    let body = ask.field("client_id");
    let (id, secret) = match basic {
        Some(None) => {
            cx.rung(Rung::refused(who, "the header Authorization cannot be read"));
            return Err(error(status, "invalid_client", ""));
        }
        Some(Some((id, _))) if body.is_some_and(|b| b != id) => {
            cx.rung(Rung::refused(who, "header and body name two app clients"));
            return Err(error(400, "invalid_request", ""));
        }
        Some(Some((id, secret))) => (id, Some(secret)),
        None => {
            let secret = ask.field("client_secret").map(str::to_owned);
            (body.unwrap_or_default().to_owned(), secret)
        }
    };
    if id.is_empty() {
        cx.rung(Rung::refused(who, "no app client is named"));
        return Err(error(400, "invalid_request", ""));
    }
    let Some(client) = ask.client(cx, &id) else {
        cx.rung(Rung::refused(who, "the pool has no such app client"));
        return Err(error(status, "invalid_client", ""));
    };
    let given = secret.filter(|s| !s.is_empty());
    let right = match (&client.client_secret, &given) {
        (None, None) => true,
        (Some(right), Some(given)) => cognitab_wire::sigv4::constant_time_eq(right, given),
        _ => false,
    };
    if !right {
        cx.rung(Rung::refused(who, "the app client's secret is missing or wrong"));
        return Err(error(status, "invalid_client", "invalid_client_secret"));
    }
    let note =
        if given.is_some() { "the app client knows its secret" } else { "a public app client" };
    cx.rung(Rung::passed(who, note));
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
