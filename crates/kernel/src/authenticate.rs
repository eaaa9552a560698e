//! Authentication of signed requests. The checks are AWS's
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>), in the
//! order of its answers: form, date, scope, key, signature, session token.

mod signature_error;

pub use signature_error::{SignatureError, json_error, query_error};

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, Authorization};
use cognitab_wire::time;

use crate::accounts;
use crate::caller::{Caller, Key};
use crate::cx::Cx;
use crate::error::ApiError;
use crate::service::SignatureContext;
use cognitab_trace::event::{Artifact, ArtifactKind};

/// The longest validity of a presigned URL in seconds.
pub const WEEK: i64 = 604_800;

/// The caller who signed a request. The rung of authentication is noted either way.
pub fn signed(cx: &mut Cx<'_>) -> Result<Caller, ApiError> {
    match check(cx) {
        Ok(caller) => {
            let note = caller.key().map_or_else(
                || "unsigned; the service allows anonymous requests".to_owned(),
                |key| format!("the signature is valid for the access key {}", key.access_key_id),
            );
            cx.rung(Rung::passed(RungKind::Authentication, note));
            cx.call.carries.extend(caller.key().and_then(temporary_credentials));
            Ok(caller)
        }
        Err(error) => {
            cx.rung(error.rung());
            let context = SignatureContext {
                presigned: cx.request().header("authorization").is_none(),
                now: cx.now,
                protocol: cx.call.service.protocol,
            };
            Err((cx.call.service.wording.signature_error)(&error, &context))
        }
    }
}

/// Temporary credentials as the artifact that an event shows.
fn temporary_credentials(key: &Key) -> Option<Artifact> {
    key.expires.map(|end| Artifact {
        kind: ArtifactKind::Credentials,
        value: key.access_key_id.clone(),
        subject: key.name().to_owned(),
        expires: end.0,
    })
}

fn check(cx: &Cx<'_>) -> Result<Caller, SignatureError> {
    let request = cx.request();
    let found = sigv4::parse(request).map_err(SignatureError::Incomplete)?;
    let Some(authorization) = found else {
        return match cx.call.service.wording.anonymous {
            _ if cx.open() => Ok(administrator(cx)),
            // The resource policy decides.
            true => Ok(Caller::Anonymous),
            false => Err(SignatureError::Missing),
        };
    };
    let key: Option<Key> = cx.world.get(&authorization.access_key_id);
    if cx.open() {
        let held = key.filter(|k| k.session_token.is_some());
        return Ok(held.map_or_else(|| administrator(cx), |k| Caller::Key(Box::new(k))));
    }
    check_time(cx, &authorization)?;
    check_scope(cx, &authorization)?;
    let key = key.ok_or_else(|| SignatureError::UnknownKey(authorization.access_key_id.clone()))?;
    if key.inactive {
        return Err(SignatureError::InactiveKey(key.access_key_id));
    }
    check_signature(cx.call.service.wording.streaming, request, &authorization, &key)?;
    if key.session_token != authorization.session_token {
        return Err(SignatureError::Token);
    }
    if key.expires.is_some_and(|end| end.0 <= cx.now) {
        return Err(SignatureError::Expired);
    }
    Ok(Caller::Key(Box::new(key)))
}

fn administrator(cx: &Cx<'_>) -> Caller {
    cx.world
        .get(accounts::STUDIO.access_key_id)
        .map_or(Caller::Anonymous, |key: Key| Caller::Key(Box::new(key)))
}

/// Whether the request was signed within the accepted clock skew, and has not expired.
fn check_time(cx: &Cx<'_>, authorization: &Authorization) -> Result<(), SignatureError> {
    let skew = cx.call.service.wording.clock_skew;
    let minutes = skew / 60_000;
    let date = authorization.amz_date.clone();
    let at = time::parse_amz(&date).ok_or_else(|| SignatureError::Date(date.clone()))?;
    if !date.starts_with(&authorization.date) {
        return Err(SignatureError::Day { scope: authorization.date.clone(), date });
    }
    let now = time::amz(cx.now);
    if at > cx.now + skew {
        let limit = time::amz(cx.now + skew);
        return Err(SignatureError::Early { date, limit, now, minutes });
    }
    if let Some(expires) = authorization.expires {
        if !(1..=WEEK).contains(&expires) {
            return Err(SignatureError::Expires(expires));
        }
        return if at + expires * 1000 < cx.now {
            Err(SignatureError::PresignedExpired { expires, at: at + expires * 1000 })
        } else {
            Ok(())
        };
    }
    if at < cx.now - skew {
        let limit = time::amz(cx.now - skew);
        return Err(SignatureError::Late { date, limit, now, minutes });
    }
    Ok(())
}

/// Whether the credential scope names this service and, unless it accepts any, this region.
fn check_scope(cx: &Cx<'_>, authorization: &Authorization) -> Result<(), SignatureError> {
    let strict = !cx.call.service.wording.any_region;
    let region =
        (strict && authorization.region != cx.call.region).then(|| authorization.region.clone());
    let service =
        (authorization.service != cx.call.service.name).then(|| authorization.service.clone());
    if region.is_none() && service.is_none() {
        return Ok(());
    }
    Err(SignatureError::Scope { region, service, expected: cx.call.service.name })
}

fn check_signature(
    streaming: bool,
    request: &Request,
    authorization: &Authorization,
    key: &Key,
) -> Result<(), SignatureError> {
    let unsigned = unsigned_headers(request, authorization);
    if !unsigned.is_empty() {
        return Err(SignatureError::UnsignedHeaders(unsigned));
    }
    let canonical = sigv4::canonical_request(request, authorization);
    let to_sign = sigv4::string_to_sign(authorization, &canonical);
    let expected = sigv4::signature(&key.secret_access_key, authorization, &to_sign);
    if !sigv4::constant_time_eq(&expected, &authorization.signature) {
        let key = key.access_key_id.clone();
        let provided = authorization.signature.clone();
        return Err(SignatureError::Signature { key, to_sign, provided, canonical });
    }
    let real = |hash: &str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let declared = request.header("x-amz-content-sha256");
    match declared.filter(|hash| !streaming || real(hash)) {
        Some(hash) if hash != sigv4::sha256_hex(&request.body) => Err(SignatureError::Payload),
        _ => Ok(()),
    }
}

/// The headers that must be signed and are not: `host` and every `x-amz-` header, except the hash
/// of the body, which is part of the canonical request anyway.
fn unsigned_headers(request: &Request, authorization: &Authorization) -> Vec<String> {
    let signed = |name: &str| authorization.signed_headers.iter().any(|s| s == name);
    request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| name.starts_with("x-amz-") && name != "x-amz-content-sha256")
        .chain(["host".to_owned()])
        .filter(|name| !signed(name))
        .collect()
}
