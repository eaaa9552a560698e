//! Why a request fails authentication, and the errors that AWS's services return for it.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::sigv4::IncompleteSignature;

use crate::error::ApiError;
use crate::redact;
use crate::service::{Protocol, SignatureContext};

/// Why a request fails authentication.
#[derive(Clone, Debug, PartialEq)]
pub enum SignatureError {
    /// It is not signed.
    Missing,
    /// The signature is incomplete.
    Incomplete(IncompleteSignature),
    /// `X-Amz-Date` is not a date.
    Date(String),
    /// The date of the credential scope differs from `X-Amz-Date`.
    Day {
        /// Date of the credential scope, `yyyymmdd`.
        scope: String,
        /// `X-Amz-Date` as sent.
        date: String,
    },
    /// `X-Amz-Expires` is not between 1 and 604800 seconds.
    Expires(i64),
    /// The credential scope names another region or another service.
    Scope {
        /// The region of the scope, if it differs.
        region: Option<String>,
        /// The service of the scope, if it differs.
        service: Option<String>,
        /// The service that was called.
        expected: &'static str,
    },
    /// It was signed too long ago.
    Late {
        /// `X-Amz-Date` as sent.
        date: String,
        /// The earliest or latest time that is accepted.
        limit: String,
        /// The time of the service.
        now: String,
        /// The accepted difference in minutes.
        minutes: i64,
    },
    /// It was signed in the future.
    Early {
        /// `X-Amz-Date` as sent.
        date: String,
        /// The earliest or latest time that is accepted.
        limit: String,
        /// The time of the service.
        now: String,
        /// The accepted difference in minutes.
        minutes: i64,
    },
    /// A presigned URL has expired.
    PresignedExpired {
        /// `X-Amz-Expires` in seconds.
        expires: i64,
        /// When it expired, in milliseconds since 1970.
        at: i64,
    },
    /// The access key does not exist.
    UnknownKey(String),
    /// The access key is inactive.
    InactiveKey(String),
    /// Headers that must be signed are not.
    UnsignedHeaders(Vec<String>),
    /// The signature does not match.
    Signature {
        /// The access key id.
        key: String,
        /// The string to sign, as computed here.
        to_sign: String,
        /// The signature that was sent.
        provided: String,
        /// The canonical request, as computed here.
        canonical: String,
    },
    /// The body does not match the signed hash.
    Payload,
    /// The session token does not belong to the access key.
    Token,
    /// The temporary credentials have expired.
    Expired,
}

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const INVALID: &str = "The security token included in the request is invalid.";
const EXPIRED: &str = "The security token included in the request is expired";

/// The error as services of AWS JSON and REST-JSON return it.
pub fn json_error(error: &SignatureError, context: &SignatureContext) -> ApiError {
    use SignatureError as E;
    let status = if context.protocol == Protocol::RestJson { 403 } else { 400 };
    let code = match error {
        E::Missing => "MissingAuthenticationTokenException",
        E::Incomplete(_) | E::Date(_) | E::Expires(_) | E::UnsignedHeaders(_) => {
            "IncompleteSignatureException"
        }
        E::UnknownKey(_) | E::InactiveKey(_) | E::Token => "UnrecognizedClientException",
        E::Expired => "ExpiredTokenException",
        _ => "InvalidSignatureException",
    };
    let message = match error {
        E::Missing => "Missing Authentication Token".to_owned(),
        error => error.message(),
    };
    ApiError::new(status, code, message)
}

/// The error as services of AWS Query return it.
pub fn query_error(error: &SignatureError, _: &SignatureContext) -> ApiError {
    use SignatureError as E;
    let (status, code) = match error {
        E::Missing => (403, "MissingAuthenticationToken"),
        E::Incomplete(_) | E::Date(_) | E::Expires(_) | E::UnsignedHeaders(_) => {
            (400, "IncompleteSignature")
        }
        E::UnknownKey(_) | E::InactiveKey(_) | E::Token => (403, "InvalidClientTokenId"),
        E::Expired => (403, "ExpiredToken"),
        _ => (403, "SignatureDoesNotMatch"),
    };
    ApiError::new(status, code, error.message())
}

impl SignatureError {
    /// AWS's message.
    pub fn message(&self) -> String {
        match self {
            SignatureError::Missing => "Request is missing Authentication Token".to_owned(),
            SignatureError::Incomplete(incomplete) => incomplete.to_string(),
            SignatureError::Date(date) => format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ),
            SignatureError::Day { scope, date } => format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope}' != '{}', from '{date}'.",
                date.get(..8).unwrap_or_default()
            ),
            SignatureError::Expires(_) => {
                "X-Amz-Expires must be between 1 and 604800 seconds".to_owned()
            }
            SignatureError::Scope { region, service, expected } => {
                let region = region.as_ref().map(|region| {
                    format!("Credential should be scoped to a valid region, not '{region}'. ")
                });
                let service = service.as_ref().map(|_| {
                    format!("Credential should be scoped to correct service: '{expected}'. ")
                });
                format!("{}{}", region.unwrap_or_default(), service.unwrap_or_default())
            }
            SignatureError::Late { date, limit, now, minutes } => format!(
                "Signature expired: {date} is now earlier than {limit} ({now} - {minutes} min.)"
            ),
            SignatureError::Early { date, limit, now, minutes } => format!(
                "Signature not yet current: {date} is still later than {limit} ({now} + {minutes} min.)"
            ),
            SignatureError::PresignedExpired { .. } => "Signature expired".to_owned(),
            SignatureError::UnknownKey(_)
            | SignatureError::InactiveKey(_)
            | SignatureError::Token => INVALID.to_owned(),
            SignatureError::UnsignedHeaders(names) => format!(
                "'{}' must be a 'SignedHeader' in the AWS Authorization.",
                names.first().map(String::as_str).unwrap_or_default()
            ),
            SignatureError::Signature { .. } | SignatureError::Payload => MISMATCH.to_owned(),
            SignatureError::Expired => EXPIRED.to_owned(),
        }
    }

    /// The rung of authentication.
    pub fn rung(&self) -> Rung {
        let note = match self {
            SignatureError::Missing => "the request is not signed",
            SignatureError::Incomplete(_) => "the signature is incomplete",
            SignatureError::Date(_) => "X-Amz-Date is not a valid ISO 8601 date",
            SignatureError::Day { .. } => {
                "the date in the credential scope does not match X-Amz-Date"
            }
            SignatureError::Expires(_) => "X-Amz-Expires must be between 1 and 604800 seconds",
            SignatureError::Scope { service: None, .. } => {
                "the credential scope is for a different region"
            }
            SignatureError::Scope { .. } => "the credential scope is for a different service",
            SignatureError::Late { .. } | SignatureError::PresignedExpired { .. } => {
                "the signature has expired"
            }
            SignatureError::Early { .. } => "the signature is dated in the future",
            SignatureError::UnknownKey(id) if redact::may_be_live(id) => {
                "the access key does not exist here; it may be a live AWS key, so the event log omits it"
            }
            SignatureError::UnknownKey(_) => "the access key does not exist",
            SignatureError::InactiveKey(_) => "the access key is inactive",
            SignatureError::UnsignedHeaders(_) => "a header that must be signed is not signed",
            SignatureError::Signature { .. } => "the signature does not match the request",
            SignatureError::Payload => "the body does not match the signed hash",
            SignatureError::Token => "the session token does not belong to the access key",
            SignatureError::Expired => "the credentials have expired",
        };
        let compare = match self {
            SignatureError::Late { date, limit, .. }
            | SignatureError::Early { date, limit, .. } => {
                vec![Compare::one("X-Amz-Date", date, limit)]
            }
            SignatureError::Scope { service: Some(service), expected, .. } => {
                vec![Compare::one("service in the credential scope", service, expected)]
            }
            _ => Vec::new(),
        };
        Rung::refused(RungKind::Authentication, note).comparing(compare)
    }
}
