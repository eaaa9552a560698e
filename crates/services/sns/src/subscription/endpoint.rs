//! Endpoints of subscriptions.

use cognitab_wire::arn::Arn;

use crate::error::Error;
use crate::subscription::Protocol;

/// Most characters of an email address.
const MAX_EMAIL: usize = 320;

/// Checks that an endpoint is one of this protocol.
pub(crate) fn check(protocol: Protocol, endpoint: &str) -> Result<(), Error> {
    let arn = |service: &str| Arn::parse(endpoint).filter(|arn| arn.service() == service);
    let valid = |valid: bool, error: Error| if valid { Ok(()) } else { Err(error) };
    match protocol {
        Protocol::Http => valid(endpoint.starts_with("http://"), Error::EndpointProtocol),
        Protocol::Https => valid(endpoint.starts_with("https://"), Error::EndpointProtocol),
        Protocol::Email | Protocol::EmailJson => {
            valid(is_email(endpoint), Error::InvalidParameter("Email address"))
        }
        Protocol::Sms => {
            valid(phone_number(endpoint).is_some(), Error::SmsEndpoint(endpoint.to_owned()))
        }
        Protocol::Sqs => valid(arn("sqs").is_some(), Error::InvalidParameter("SQS endpoint ARN")),
        Protocol::Lambda => {
            let function = arn("lambda").filter(|arn| arn.resource().starts_with("function:"));
            valid(function.is_some(), Error::InvalidParameter("Lambda endpoint ARN"))
        }
        Protocol::Firehose => {
            valid(arn("firehose").is_some(), Error::InvalidParameter("Firehose endpoint ARN"))
        }
        // Platform endpoints do not exist here.
        Protocol::Application => Err(match arn("sns") {
            Some(arn) => Error::NoEndpoint(arn.to_string()),
            None => Error::InvalidParameter("ApplicationEndpoint ARN"),
        }),
    }
}

fn is_email(text: &str) -> bool {
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    text.len() <= MAX_EMAIL
        && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// The phone number of an SMS endpoint in E.164 format. The endpoint may have single dots, hyphens
/// and slashes between its digits.
pub(crate) fn phone_number(endpoint: &str) -> Option<String> {
    let is_separator = |c: char| matches!(c, '.' | '-' | '/');
    let mut parts = endpoint.split(is_separator);
    let whole = parts.all(|part| !part.is_empty());
    let number = endpoint.replace(is_separator, "");
    let digits = number.strip_prefix('+').unwrap_or(&number);
    (whole && is_e164(digits)).then(|| format!("+{digits}"))
}

/// Whether this is a phone number in E.164 format, with or without its plus sign. The shortest numbers
/// with a country code have seven digits.
pub(crate) fn is_e164(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses() {
        for valid in ["ana@photos.example", "a.b+c@x-y.example.com"] {
            assert!(is_email(valid), "{valid}");
        }
        for invalid in [
            "this is not an email",
            "a@b",
            "foo@bar.com;foo@baz.com",
            "@a.b",
            "a@.b",
            "a@b..c",
            "a b@c.d",
            "a.@b.c",
        ] {
            assert!(!is_email(invalid), "{invalid}");
        }
    }

    /// Recorded from SNS.
    #[test]
    fn phone_numbers() {
        assert_eq!(phone_number("+15/55-123.4567").as_deref(), Some("+15551234567"));
        for invalid in [
            "+15/55-123./4567",
            "NAA+15551234567",
            "+15--551234567",
            "+15551234567.",
            "/+15551234567",
            "",
        ] {
            assert_eq!(phone_number(invalid), None, "{invalid}");
        }
    }
}
