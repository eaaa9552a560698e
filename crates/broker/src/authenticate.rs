//! The gate: is the caller who it says? Checks and their order are AWS's (services.md §1 of the
//! facts; <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>).

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, Authorization};
use cognitab_wire::time;

use crate::caller::{Caller, Key};
use crate::cx::Cx;
use crate::event::{Artefact, ArtefactKind};
use crate::fault::Fault;
use crate::operation::{Protocol, Service};

/// AWS allows clocks to differ by this much; S3 and DynamoDB by more.
const SKEW: i64 = 5 * 60_000;
const LONG_SKEW: i64 = 15 * 60_000;

/// Reasons why the gate turns a request away.
#[derive(Clone, Debug, PartialEq)]
enum Refused {
    Missing,
    Incomplete(String),
    Scope(String),
    Late { date: String, limit: String, now: String, minutes: i64 },
    Early { date: String, limit: String, now: String, minutes: i64 },
    PresignedExpired { expires: i64, at: i64 },
    UnknownKey(String),
    InactiveKey,
    Token,
    Expired,
    Signature { key: String, to_sign: String, provided: String, canonical: String },
    Payload,
}

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
            cx.rung(rung(&refused));
            Err(fault(cx.service, &refused, cx.now))
        }
    }
}

/// Temporary credentials as something that travels.
fn lent(key: &Key) -> Option<Artefact> {
    key.expires.map(|end| Artefact {
        kind: ArtefactKind::Credentials,
        value: key.access_key_id.clone(),
        subject: key.name().to_owned(),
        expires: end.0,
    })
}

fn check(cx: &Cx<'_>) -> Result<Caller, Refused> {
    let request = cx.request;
    let found = sigv4::parse(request).map_err(|i| Refused::Incomplete(i.0))?;
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
    if authorization.service != cx.service.name {
        return Err(Refused::Scope(format!(
            "Credential should be scoped to correct service: '{}'. ",
            cx.service.name
        )));
    }
    when(cx, &authorization)?;
    let key = key.ok_or_else(|| Refused::UnknownKey(authorization.access_key_id.clone()))?;
    if key.inactive {
        return Err(Refused::InactiveKey);
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
    let at = time::parse_amz(&date).ok_or_else(|| {
        Refused::Incomplete(format!(
            "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
        ))
    })?;
    if !date.starts_with(&authorization.date) {
        return Err(Refused::Scope(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', from '{date}'.",
            authorization.date,
            date.get(..8).unwrap_or_default()
        )));
    }
    let now = time::amz(cx.now);
    if at > cx.now + skew {
        let limit = time::amz(cx.now + skew);
        return Err(Refused::Early { date, limit, now, minutes });
    }
    if let Some(expires) = authorization.expires {
        if !(1..=604_800).contains(&expires) {
            return Err(Refused::Incomplete(
                "X-Amz-Expires must be between 1 and 604800 seconds".to_owned(),
            ));
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

fn matches(request: &Request, authorization: &Authorization, key: &Key) -> Result<(), Refused> {
    if let Some(name) = unsigned_header(request, authorization) {
        return Err(Refused::Incomplete(format!(
            "'{name}' must be a 'SignedHeader' in the AWS Authorization."
        )));
    }
    let canonical = sigv4::canonical_request(request, authorization);
    let to_sign = sigv4::string_to_sign(authorization, &canonical);
    let expected = sigv4::signature(&key.secret_access_key, authorization, &to_sign);
    if !sigv4::same(&expected, &authorization.signature) {
        let key = key.access_key_id.clone();
        let provided = authorization.signature.clone();
        return Err(Refused::Signature { key, to_sign, provided, canonical });
    }
    let declared = request.header("x-amz-content-sha256");
    let real = |hash: &str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    match declared {
        Some(hash) if real(hash) && hash != sigv4::sha256_hex(&request.body) => {
            Err(Refused::Payload)
        }
        _ => Ok(()),
    }
}

/// `host` and every `x-amz-` header must be signed; the query of a presigned URL signs itself.
fn unsigned_header(request: &Request, authorization: &Authorization) -> Option<String> {
    let signed = |name: &str| authorization.signed_headers.iter().any(|s| s == name);
    if !signed("host") {
        return Some("Host".to_owned());
    }
    let presigned = authorization.expires.is_some();
    request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| name.starts_with("x-amz-") && name != "x-amz-content-sha256" && !presigned)
        .find(|name| !signed(name))
}

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const INVALID: &str = "The security token included in the request is invalid.";

/// AWS's code and words for a refusal, which differ by protocol.
fn fault(service: &Service, refused: &Refused, now: i64) -> Fault {
    match service.protocol {
        Protocol::RestXml => s3_fault(refused, now),
        Protocol::Query => query_fault(refused),
        _ => json_fault(service, refused),
    }
}

fn late(refused: &Refused) -> String {
    match refused {
        Refused::Late { date, limit, now, minutes } => format!(
            "Signature expired: {date} is now earlier than {limit} ({now} - {minutes} min.)"
        ),
        Refused::Early { date, limit, now, minutes } => format!(
            "Signature not yet current: {date} is still later than {limit} ({now} + {minutes} min.)"
        ),
        _ => String::new(),
    }
}

fn json_fault(service: &Service, refused: &Refused) -> Fault {
    let status = if service.protocol == Protocol::RestJson { 403 } else { 400 };
    let fault = |code: &'static str, message: &str| Fault::new(status, code, message);
    match refused {
        Refused::Missing if service.name == "dynamodb" => {
            fault("MissingAuthenticationTokenException", "Request is missing Authentication Token")
        }
        Refused::Missing => {
            fault("MissingAuthenticationTokenException", "Missing Authentication Token")
        }
        Refused::Incomplete(message) => fault("IncompleteSignatureException", message),
        Refused::Scope(message) => fault("InvalidSignatureException", message),
        Refused::Late { .. } | Refused::Early { .. } => {
            fault("InvalidSignatureException", &late(refused))
        }
        Refused::PresignedExpired { .. } => fault("InvalidSignatureException", "Signature expired"),
        Refused::UnknownKey(_) | Refused::InactiveKey | Refused::Token => {
            fault("UnrecognizedClientException", INVALID)
        }
        Refused::Expired => {
            fault("ExpiredTokenException", "The security token included in the request is expired")
        }
        Refused::Signature { .. } | Refused::Payload => {
            fault("InvalidSignatureException", MISMATCH)
        }
    }
}

fn query_fault(refused: &Refused) -> Fault {
    let fault = |code: &'static str, message: &str| Fault::new(403, code, message);
    match refused {
        Refused::Missing => {
            fault("MissingAuthenticationToken", "Request is missing Authentication Token")
        }
        Refused::Incomplete(message) => Fault::new(400, "IncompleteSignature", message),
        Refused::Scope(message) => fault("SignatureDoesNotMatch", message),
        Refused::Late { .. } | Refused::Early { .. } => {
            fault("SignatureDoesNotMatch", &late(refused))
        }
        Refused::PresignedExpired { .. } => fault("SignatureDoesNotMatch", "Signature expired"),
        Refused::UnknownKey(_) | Refused::InactiveKey | Refused::Token => {
            fault("InvalidClientTokenId", INVALID)
        }
        Refused::Expired => {
            fault("ExpiredToken", "The security token included in the request is expired")
        }
        Refused::Signature { .. } | Refused::Payload => fault("SignatureDoesNotMatch", MISMATCH),
    }
}

fn s3_fault(refused: &Refused, now: i64) -> Fault {
    match refused {
        Refused::Missing => Fault::new(403, "AccessDenied", "Access Denied"),
        Refused::Incomplete(message) => {
            Fault::new(400, "AuthorizationQueryParametersError", message)
        }
        Refused::Scope(message) => Fault::new(400, "AuthorizationHeaderMalformed", message),
        Refused::Late { date, .. } | Refused::Early { date, .. } => Fault::new(
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
        )
        .with("RequestTime", date.clone())
        .with("ServerTime", time::iso(now))
        .with("MaxAllowedSkewMilliseconds", LONG_SKEW.to_string()),
        Refused::PresignedExpired { expires, at } => {
            Fault::new(403, "AccessDenied", "Request has expired")
                .with("X-Amz-Expires", expires.to_string())
                .with("Expires", time::iso(*at))
                .with("ServerTime", time::iso(now))
        }
        Refused::UnknownKey(key) => Fault::new(
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
        )
        .with("AWSAccessKeyId", key.clone()),
        Refused::InactiveKey => Fault::new(
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
        ),
        Refused::Token => Fault::new(
            400,
            "InvalidToken",
            "The provided token is malformed or otherwise invalid.",
        ),
        Refused::Expired => Fault::new(400, "ExpiredToken", "The provided token has expired."),
        Refused::Signature { key, to_sign, provided, canonical } => Fault::new(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        )
        .with("AWSAccessKeyId", key.clone())
        .with("StringToSign", to_sign.clone())
        .with("SignatureProvided", provided.clone())
        .with("CanonicalRequest", canonical.clone()),
        Refused::Payload => Fault::new(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        ),
    }
}

fn rung(refused: &Refused) -> Rung {
    let note = match refused {
        Refused::Missing => "the request is not signed",
        Refused::Incomplete(_) => "the signature lacks a part",
        Refused::Scope(_) => "the signature was made for another service or day",
        Refused::Late { .. } | Refused::PresignedExpired { .. } => "the signature is too old",
        Refused::Early { .. } => "the signature lies in the future",
        Refused::UnknownKey(_) => "nobody holds this access key",
        Refused::InactiveKey => "this access key is switched off",
        Refused::Token => "the session token does not belong to this key",
        Refused::Expired => "the credentials have expired",
        Refused::Signature { .. } => "the signature does not fit the request",
        Refused::Payload => "the body is not the one that was signed",
    };
    let compare = match refused {
        Refused::Late { date, limit, .. } => vec![Compare::one("signed at", date, limit)],
        Refused::Early { date, limit, .. } => vec![Compare::one("signed at", date, limit)],
        _ => Vec::new(),
    };
    Rung::refused(RungKind::Authentication, note).comparing(compare)
}
