//! The gate: is the caller who it says? The checks are AWS's
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>), in the
//! order of its answers: form, date, scope, key, signature, session token.

mod refused;
mod s3;

pub(crate) use s3::{malformed as malformed_s3, mismatch as mismatch_s3};

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, Authorization};
use cognitab_wire::time;

use crate::caller::{Caller, Key};
use crate::cx::Cx;
use crate::event::{Artifact, ArtifactKind};
use crate::fault::Fault;
use crate::operation::Protocol;
use refused::Refused;

/// AWS allows clocks to differ by this much; S3 and DynamoDB by more.
const SKEW: i64 = 5 * 60_000;
const LONG_SKEW: i64 = 15 * 60_000;
/// The longest life of a presigned URL in seconds.
const WEEK: i64 = 604_800;

/// Finds out who signed a request. Notes the rung of authentication either way.
pub(crate) fn signed(cx: &mut Cx<'_>) -> Result<Caller, Fault> {
    match check(cx) {
        Ok(caller) => {
            let note = caller.key().map_or_else(
                || "unsigned, as the service allows".to_owned(),
                |key| format!("signature of {} is right", key.access_key_id),
            );
            cx.rung(Rung::passed(RungKind::Authentication, note));
            cx.carries.extend(caller.key().and_then(lent));
            Ok(caller)
        }
        Err(refused) => {
            cx.rung(refused.rung());
            Err(refused.fault(cx))
        }
    }
}

/// Temporary credentials as something that travels.
fn lent(key: &Key) -> Option<Artifact> {
    key.expires.map(|end| Artifact {
        kind: ArtifactKind::Credentials,
        value: key.access_key_id.clone(),
        subject: key.name().to_owned(),
        expires: end.0,
    })
}

fn check(cx: &Cx<'_>) -> Result<Caller, Refused> {
    let request = cx.request;
    let found = sigv4::parse(request).map_err(Refused::Incomplete)?;
    let Some(authorization) = found else {
        return match cx.service.protocol {
            _ if cx.open() => Ok(administrator(cx)),
            // S3 serves the public: the policy of the bucket decides.
            Protocol::RestXml => Ok(Caller::Anonymous),
            _ => Err(Refused::Missing),
        };
    };
    let key: Option<Key> = cx.world.get(&authorization.access_key_id);
    if cx.open() {
        let held = key.filter(|k| k.session_token.is_some());
        return Ok(held.map_or_else(|| administrator(cx), |k| Caller::Key(Box::new(k))));
    }
    when(cx, &authorization)?;
    scope(cx, &authorization)?;
    let key = key.ok_or_else(|| Refused::UnknownKey(authorization.access_key_id.clone()))?;
    if key.inactive {
        return Err(Refused::InactiveKey(key.access_key_id));
    }
    matches(request, &authorization, &key)?;
    if key.session_token != authorization.session_token {
        return Err(Refused::Token);
    }
    if key.expires.is_some_and(|end| end.0 <= cx.now) {
        return Err(Refused::Expired);
    }
    Ok(Caller::Key(Box::new(key)))
}

fn administrator(cx: &Cx<'_>) -> Caller {
    cx.world
        .get(crate::scenario::STUDIO_KEY)
        .map_or(Caller::Anonymous, |key: Key| Caller::Key(Box::new(key)))
}

/// Whether the request was signed at about the present time.
fn when(cx: &Cx<'_>, authorization: &Authorization) -> Result<(), Refused> {
    let long = matches!(cx.service.name, "s3" | "dynamodb");
    let skew = if long { LONG_SKEW } else { SKEW };
    let minutes = skew / 60_000;
    let date = authorization.amz_date.clone();
    let at = time::parse_amz(&date).ok_or_else(|| Refused::Date(date.clone()))?;
    if !date.starts_with(&authorization.date) {
        return Err(Refused::Day { scope: authorization.date.clone(), date });
    }
    let now = time::amz(cx.now);
    if at > cx.now + skew {
        let limit = time::amz(cx.now + skew);
        return Err(Refused::Early { date, limit, now, minutes });
    }
    if let Some(expires) = authorization.expires {
        if !(1..=WEEK).contains(&expires) {
            return Err(Refused::Life(expires));
        }
        return if at + expires * 1000 < cx.now {
            Err(Refused::PresignedExpired { expires, at: at + expires * 1000 })
        } else {
            Ok(())
        };
    }
    if at < cx.now - skew {
        let limit = time::amz(cx.now - skew);
        return Err(Refused::Late { date, limit, now, minutes });
    }
    Ok(())
}

/// Whether the signature was made for this service and, where the host names one, this region. S3
/// leaves the region to its buckets.
fn scope(cx: &Cx<'_>, authorization: &Authorization) -> Result<(), Refused> {
    let s3 = cx.service.name == "s3";
    let region = (!s3 && authorization.region != cx.region).then(|| authorization.region.clone());
    let service = (authorization.service != cx.service.name).then(|| authorization.service.clone());
    if region.is_none() && service.is_none() {
        return Ok(());
    }
    Err(Refused::Scope { region, service, expected: cx.service.name })
}

fn matches(request: &Request, authorization: &Authorization, key: &Key) -> Result<(), Refused> {
    let unsigned = unsigned_headers(request, authorization);
    if !unsigned.is_empty() {
        return Err(Refused::Unsigned(unsigned));
    }
    let canonical = sigv4::canonical_request(request, authorization);
    let to_sign = sigv4::string_to_sign(authorization, &canonical);
    let expected = sigv4::signature(&key.secret_access_key, authorization, &to_sign);
    if !sigv4::same(&expected, &authorization.signature) {
        let key = key.access_key_id.clone();
        let provided = authorization.signature.clone();
        return Err(Refused::Signature { key, to_sign, provided, canonical });
    }
    // S3 takes bodies that are signed by their chunks, or not at all; nobody else does.
    let real = |hash: &str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let declared = request.header("x-amz-content-sha256");
    match declared.filter(|hash| authorization.service != "s3" || real(hash)) {
        Some(hash) if hash != sigv4::sha256_hex(&request.body) => Err(Refused::Payload),
        _ => Ok(()),
    }
}

/// The headers that had to be signed and are not: `host` and every `x-amz-` one, but for the hash
/// of the body, which stands in what is signed anyway.
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
