//! S3's words for what the gate refuses: it tells a signed header from a presigned URL, and says
//! more than others do.

use cognitab_wire::sigv4::Incomplete;
use cognitab_wire::time;

use super::refused::Refused;
use super::{LONG_SKEW, WEEK};
use crate::fault::Fault;

const QUERY: &str = "AuthorizationQueryParametersError";
const CREDENTIAL: &str =
    "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
const PARAMETERS: &str = "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
const FIELDS: &str =
    "the authorization header requires three components: Credential, SignedHeaders, and Signature.";
const MECHANISM: &str =
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
const NO_DATE: &str = "AWS authentication requires a valid Date or x-amz-date header";

/// The refusal of a signature whose credential names the wrong thing.
pub(crate) fn malformed(presigned: bool, what: &str) -> Fault {
    if presigned {
        let text = format!("Error parsing the X-Amz-Credential parameter; {what}");
        return Fault::new(400, QUERY, text);
    }
    let text = format!("The authorization header is malformed; {what}");
    Fault::new(400, "AuthorizationHeaderMalformed", text)
}

/// The refusal of a signature that is another one.
pub(crate) fn mismatch() -> Fault {
    Fault::new(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    )
}

/// What S3 answers.
pub(super) fn fault(refused: &Refused, presigned: bool, now: i64) -> Fault {
    let denied = |text: &str| Fault::new(403, "AccessDenied", text);
    match refused {
        Refused::Missing => denied("Access Denied"),
        Refused::Late { .. } | Refused::Early { .. } | Refused::PresignedExpired { .. } => {
            time(refused, now)
        }
        Refused::UnknownKey(key) | Refused::InactiveKey(key) => Fault::new(
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
        )
        .with("AWSAccessKeyId", key.clone()),
        Refused::Unsigned(names) => {
            denied("There were headers present in the request which were not signed")
                .with("HeadersNotSigned", names.join(", "))
        }
        Refused::Signature { key, to_sign, provided, canonical } => mismatch()
            .with("AWSAccessKeyId", key.clone())
            .with("StringToSign", to_sign.clone())
            .with("SignatureProvided", provided.clone())
            .with("CanonicalRequest", canonical.clone()),
        Refused::Payload => Fault::new(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        ),
        Refused::Token => {
            Fault::new(400, "InvalidToken", "The provided token is malformed or otherwise invalid.")
        }
        Refused::Expired => Fault::new(400, "ExpiredToken", "The provided token has expired."),
        form => self::form(form, presigned),
    }
}

/// A signature whose time it is not.
fn time(refused: &Refused, now: i64) -> Fault {
    match refused {
        Refused::PresignedExpired { expires, at } => {
            Fault::new(403, "AccessDenied", "Request has expired")
                .with("X-Amz-Expires", expires.to_string())
                .with("Expires", time::iso(*at))
                .with("ServerTime", time::iso(now))
        }
        Refused::Late { date, .. } | Refused::Early { date, .. } => Fault::new(
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
        )
        .with("RequestTime", date.clone())
        .with("ServerTime", time::iso(now))
        .with("MaxAllowedSkewMilliseconds", LONG_SKEW.to_string()),
        other => fault(other, false, now),
    }
}

/// A signature that has not the form of one.
fn form(refused: &Refused, presigned: bool) -> Fault {
    let query = |text: &str| Fault::new(400, QUERY, text);
    match refused {
        Refused::Incomplete(Incomplete::Credential(_)) => malformed(presigned, CREDENTIAL),
        Refused::Incomplete(Incomplete::Algorithm(text)) if presigned => query(text),
        Refused::Incomplete(Incomplete::Algorithm(_)) => {
            Fault::new(400, "InvalidRequest", MECHANISM)
        }
        Refused::Incomplete(Incomplete::Expires) => query("X-Amz-Expires should be a number"),
        Refused::Incomplete(Incomplete::Parts(_)) if presigned => query(PARAMETERS),
        Refused::Incomplete(Incomplete::Parts(_)) => malformed(false, FIELDS),
        Refused::Life(seconds) if *seconds > WEEK => query(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
        ),
        Refused::Life(_) => query("X-Amz-Expires must be non-negative"),
        Refused::Date(_) if presigned => {
            query("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        }
        Refused::Day { scope, date } => {
            let day = date.get(..8).unwrap_or_default();
            let text = format!(
                "Invalid credential date \"{scope}\". This date is not the same as X-Amz-Date: \"{day}\"."
            );
            malformed(presigned, &text)
        }
        Refused::Scope { service: Some(service), expected, .. } => {
            let text = format!(
                "incorrect service \"{service}\". This endpoint belongs to \"{expected}\"."
            );
            malformed(presigned, &text)
        }
        // What is left is a header without a date.
        _ => Fault::new(403, "AccessDenied", NO_DATE),
    }
}
