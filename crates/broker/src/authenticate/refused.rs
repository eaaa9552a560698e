//! Reasons why the gate turns a request away, in the words of AWS's JSON and Query services.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::sigv4::Incomplete;

use super::s3;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::live_key;
use crate::operation::{Protocol, Service};

/// Why the gate turns a request away.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Refused {
    /// It is not signed.
    Missing,
    /// Its signature cannot be read.
    Incomplete(Incomplete),
    /// Its date has not the form of one.
    Date(String),
    /// The day of the credential scope is not that of the date.
    Day { scope: String, date: String },
    /// The life of a presigned URL is not one to seven days of seconds.
    Life(i64),
    /// The credential scope names another region or another service.
    Scope { region: Option<String>, service: Option<String>, expected: &'static str },
    /// It was signed too long ago.
    Late { date: String, limit: String, now: String, minutes: i64 },
    /// It was signed in the future.
    Early { date: String, limit: String, now: String, minutes: i64 },
    /// A presigned URL has had its time.
    PresignedExpired { expires: i64, at: i64 },
    /// Nobody holds the key.
    UnknownKey(String),
    /// The key is switched off.
    InactiveKey(String),
    /// Headers that had to be signed are not.
    Unsigned(Vec<String>),
    /// The signature is another one.
    Signature { key: String, to_sign: String, provided: String, canonical: String },
    /// The body is not the one whose hash was signed.
    Payload,
    /// The session token is not that of the key.
    Token,
    /// The credentials have had their time.
    Expired,
}

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const INVALID: &str = "The security token included in the request is invalid.";
const EXPIRED: &str = "The security token included in the request is expired";

impl Refused {
    /// AWS's code and words, which differ by protocol.
    pub(super) fn fault(&self, cx: &Cx<'_>) -> Fault {
        let presigned = cx.request.header("authorization").is_none();
        match cx.service.protocol {
            Protocol::RestXml => s3::fault(self, presigned, cx.now),
            Protocol::Query => self.query_fault(),
            _ => self.json_fault(cx.service),
        }
    }

    fn json_fault(&self, service: &Service) -> Fault {
        let status = if service.protocol == Protocol::RestJson { 403 } else { 400 };
        let fault = |code: &'static str, text: String| Fault::new(status, code, text);
        match self {
            Refused::Missing => {
                let the = if service.name == "dynamodb" { "Request is missing" } else { "Missing" };
                let text = format!("{the} Authentication Token");
                fault("MissingAuthenticationTokenException", text)
            }
            Refused::Incomplete(_) | Refused::Date(_) | Refused::Life(_) | Refused::Unsigned(_) => {
                fault("IncompleteSignatureException", self.text())
            }
            Refused::UnknownKey(_) | Refused::InactiveKey(_) | Refused::Token => {
                fault("UnrecognizedClientException", self.text())
            }
            Refused::Expired => fault("ExpiredTokenException", self.text()),
            _ => fault("InvalidSignatureException", self.text()),
        }
    }

    fn query_fault(&self) -> Fault {
        let fault = |code: &'static str| Fault::new(403, code, self.text());
        match self {
            Refused::Missing => fault("MissingAuthenticationToken"),
            Refused::Incomplete(_) | Refused::Date(_) | Refused::Life(_) | Refused::Unsigned(_) => {
                Fault::new(400, "IncompleteSignature", self.text())
            }
            Refused::UnknownKey(_) | Refused::InactiveKey(_) | Refused::Token => {
                fault("InvalidClientTokenId")
            }
            Refused::Expired => fault("ExpiredToken"),
            _ => fault("SignatureDoesNotMatch"),
        }
    }

    /// What AWS says, S3 apart.
    fn text(&self) -> String {
        match self {
            Refused::Missing => "Request is missing Authentication Token".to_owned(),
            Refused::Incomplete(incomplete) => incomplete.to_string(),
            Refused::Date(date) => format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ),
            Refused::Day { scope, date } => format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope}' != '{}', from '{date}'.",
                date.get(..8).unwrap_or_default()
            ),
            Refused::Life(_) => "X-Amz-Expires must be between 1 and 604800 seconds".to_owned(),
            Refused::Scope { region, service, expected } => {
                let region = region.as_ref().map(|region| {
                    format!("Credential should be scoped to a valid region, not '{region}'. ")
                });
                let service = service.as_ref().map(|_| {
                    format!("Credential should be scoped to correct service: '{expected}'. ")
                });
                format!("{}{}", region.unwrap_or_default(), service.unwrap_or_default())
            }
            Refused::Late { date, limit, now, minutes } => format!(
                "Signature expired: {date} is now earlier than {limit} ({now} - {minutes} min.)"
            ),
            Refused::Early { date, limit, now, minutes } => format!(
                "Signature not yet current: {date} is still later than {limit} ({now} + {minutes} min.)"
            ),
            Refused::PresignedExpired { .. } => "Signature expired".to_owned(),
            Refused::UnknownKey(_) | Refused::InactiveKey(_) | Refused::Token => INVALID.to_owned(),
            Refused::Unsigned(names) => format!(
                "'{}' must be a 'SignedHeader' in the AWS Authorization.",
                names.first().map(String::as_str).unwrap_or_default()
            ),
            Refused::Signature { .. } | Refused::Payload => MISMATCH.to_owned(),
            Refused::Expired => EXPIRED.to_owned(),
        }
    }

    /// The rung that it leaves in the event.
    pub(super) fn rung(&self) -> Rung {
        let note = match self {
            Refused::Missing => "the request is not signed",
            Refused::Incomplete(_) => "the signature lacks a part",
            Refused::Date(_) => "the date of the signature has not the form of one",
            Refused::Day { .. } => "the signature was made for another day",
            Refused::Life(_) => "a presigned URL lives a week at most",
            Refused::Scope { service: None, .. } => "the signature was made for another region",
            Refused::Scope { .. } => "the signature was made for another service",
            Refused::Late { .. } | Refused::PresignedExpired { .. } => "the signature is too old",
            Refused::Early { .. } => "the signature lies in the future",
            Refused::UnknownKey(id) if live_key::looks_live(id) => {
                "nobody here holds this access key; it may be one of the real AWS, and the log leaves it out"
            }
            Refused::UnknownKey(_) => "nobody holds this access key",
            Refused::InactiveKey(_) => "this access key is switched off",
            Refused::Unsigned(_) => "a header that must be signed is not",
            Refused::Signature { .. } => "the signature does not fit the request",
            Refused::Payload => "the body is not the one that was signed",
            Refused::Token => "the session token does not belong to this key",
            Refused::Expired => "the credentials have expired",
        };
        let compare = match self {
            Refused::Late { date, limit, .. } | Refused::Early { date, limit, .. } => {
                vec![Compare::one("signed at", date, limit)]
            }
            Refused::Scope { service: Some(service), expected, .. } => {
                vec![Compare::one("signed for", service, expected)]
            }
            _ => Vec::new(),
        };
        Rung::refused(RungKind::Authentication, note).comparing(compare)
    }
}
