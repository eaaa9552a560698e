//! S3's errors for failed authentication. They differ between a signed header and a presigned URL,
//! and tell more than those of other services.

use cognitab_kernel::ApiError;
use cognitab_kernel::authenticate::{SignatureError, WEEK};
use cognitab_kernel::service::SignatureContext;
use cognitab_wire::sigv4::IncompleteSignature;
use cognitab_wire::time;

use crate::WORDING;

const QUERY: &str = "AuthorizationQueryParametersError";
const CREDENTIAL: &str =
    "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
const PARAMETERS: &str = "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
const FIELDS: &str =
    "the authorization header requires three components: Credential, SignedHeaders, and Signature.";
const MECHANISM: &str =
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
const NO_DATE: &str = "AWS authentication requires a valid Date or x-amz-date header";

/// The error for a credential that is malformed or names another scope.
pub(crate) fn malformed(presigned: bool, what: &str) -> ApiError {
    if presigned {
        let text = format!("Error parsing the X-Amz-Credential parameter; {what}");
        return ApiError::new(400, QUERY, text);
    }
    let text = format!("The authorization header is malformed; {what}");
    ApiError::new(400, "AuthorizationHeaderMalformed", text)
}

/// The error for a signature that is not the calculated one.
pub(crate) fn mismatch() -> ApiError {
    ApiError::new(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    )
}

/// The error for a request that fails authentication.
pub(crate) fn api_error(error: &SignatureError, context: &SignatureContext) -> ApiError {
    let presigned = context.presigned;
    let denied = |text: &str| ApiError::new(403, "AccessDenied", text);
    match error {
        SignatureError::Missing => denied("Access Denied"),
        SignatureError::Late { .. }
        | SignatureError::Early { .. }
        | SignatureError::PresignedExpired { .. } => time_error(error, context),
        SignatureError::UnknownKey(key) | SignatureError::InactiveKey(key) => ApiError::new(
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
        )
        .with("AWSAccessKeyId", key.clone()),
        SignatureError::UnsignedHeaders(names) => {
            denied("There were headers present in the request which were not signed")
                .with("HeadersNotSigned", names.join(", "))
        }
        SignatureError::Signature { key, to_sign, provided, canonical } => mismatch()
            .with("AWSAccessKeyId", key.clone())
            .with("StringToSign", to_sign.clone())
            .with("SignatureProvided", provided.clone())
            .with("CanonicalRequest", canonical.clone()),
        SignatureError::Payload => ApiError::new(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        ),
        SignatureError::Token => ApiError::new(
            400,
            "InvalidToken",
            "The provided token is malformed or otherwise invalid.",
        ),
        SignatureError::Expired => {
            ApiError::new(400, "ExpiredToken", "The provided token has expired.")
        }
        other => format_error(other, presigned),
    }
}

/// The errors for a signature that is too old, too new or expired.
fn time_error(error: &SignatureError, context: &SignatureContext) -> ApiError {
    match error {
        SignatureError::PresignedExpired { expires, at } => {
            ApiError::new(403, "AccessDenied", "Request has expired")
                .with("X-Amz-Expires", expires.to_string())
                .with("Expires", time::iso(*at))
                .with("ServerTime", time::iso(context.now))
        }
        SignatureError::Late { date, .. } | SignatureError::Early { date, .. } => ApiError::new(
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
        )
        .with("RequestTime", date.clone())
        .with("ServerTime", time::iso(context.now))
        .with("MaxAllowedSkewMilliseconds", WORDING.clock_skew.to_string()),
        other => format_error(other, context.presigned),
    }
}

/// The errors for a signature that is malformed or incomplete.
fn format_error(error: &SignatureError, presigned: bool) -> ApiError {
    let query = |text: &str| ApiError::new(400, QUERY, text);
    match error {
        SignatureError::Incomplete(IncompleteSignature::Credential(_)) => {
            malformed(presigned, CREDENTIAL)
        }
        SignatureError::Incomplete(IncompleteSignature::Algorithm(text)) if presigned => {
            query(text)
        }
        SignatureError::Incomplete(IncompleteSignature::Algorithm(_)) => {
            ApiError::new(400, "InvalidRequest", MECHANISM)
        }
        SignatureError::Incomplete(IncompleteSignature::Expires) => {
            query("X-Amz-Expires should be a number")
        }
        SignatureError::Incomplete(IncompleteSignature::Parts(_)) if presigned => query(PARAMETERS),
        SignatureError::Incomplete(IncompleteSignature::Parts(_)) => malformed(false, FIELDS),
        SignatureError::Expires(seconds) if *seconds > WEEK => query(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
        ),
        SignatureError::Expires(_) => query("X-Amz-Expires must be non-negative"),
        SignatureError::Date(_) if presigned => {
            query("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        }
        SignatureError::Day { scope, date } => {
            let day = date.get(..8).unwrap_or_default();
            let text = format!(
                "Invalid credential date \"{scope}\". This date is not the same as X-Amz-Date: \"{day}\"."
            );
            malformed(presigned, &text)
        }
        SignatureError::Scope { service: Some(service), expected, .. } => {
            let text = format!(
                "incorrect service \"{service}\". This endpoint belongs to \"{expected}\"."
            );
            malformed(presigned, &text)
        }
        // Only the header without a date is left.
        _ => ApiError::new(403, "AccessDenied", NO_DATE),
    }
}
