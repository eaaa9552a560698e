//! Errors, with AWS's codes and messages.

use cognitab_policy::{PolicyKind, Reason};

use cognitab_kernel::ApiError;
use cognitab_kernel::issuer::InvalidToken;
use cognitab_trace::event::Station;

/// An error of STS.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NotJwt,
    NoProvider(String),
    NoKeys,
    InvalidToken(InvalidToken),
    IncorrectAudience,
    FederatedDenied(String),
    TrustDenied { caller: String, action: String, explicit: bool },
    RootCaller,
    SessionTooLong,
    ChainedSessionTooLong,
    MalformedPolicy(String),
    NoPolicy(String),
    PolicyTooLarge,
    TooManyPolicies,
    IncompleteMfa,
    InvalidMfaCode,
    InvalidAccessKeyId,
    InvalidAuthorizationMessage,
    DuplicateTags,
    ReservedTag,
}

impl From<InvalidToken> for Error {
    fn from(invalid: InvalidToken) -> Error {
        Error::InvalidToken(invalid)
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let token = |message: &str| ApiError::new(400, "InvalidIdentityToken", message);
        let denied = |message: String| ApiError::new(403, "AccessDenied", message);
        let invalid = |message: &str| ApiError::new(400, "ValidationError", message);
        match error {
            Error::NotJwt => token(
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
            ),
            Error::NoProvider(issuer) => {
                token(&format!("No OpenIDConnect provider found in your account for {issuer}"))
            }
            Error::NoKeys => token(
                "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
            ),
            Error::InvalidToken(InvalidToken::Signature) => token("Token signature invalid"),
            Error::IncorrectAudience => token("Incorrect token audience"),
            Error::InvalidToken(InvalidToken::MissingClaim(name)) => token(&format!("Missing a required claim: {name}")),
            Error::InvalidToken(InvalidToken::Expired { now, expires }) => ApiError::new(
                400,
                "ExpiredTokenException",
                format!(
                    "Token expired: current date/time {now} must be before the expiration date/time {expires}"
                ),
            ),
            Error::FederatedDenied(action) => {
                denied(format!("Not authorized to perform {action}")).at(Station::Role)
            }
            Error::TrustDenied { caller, action, explicit } => {
                let policy_kind = PolicyKind::Trust;
                let reason = match explicit {
                    true => Reason::ExplicitDeny { policy_kind, policy: String::new() },
                    false => Reason::ImplicitDeny { policy_kind },
                };
                let tail = reason.tail(&action);
                denied(format!("User: {caller} is not authorized to perform: {action} {tail}"))
                    .at(Station::Role)
            }
            Error::RootCaller => denied("Roles may not be assumed by root accounts.".to_owned()),
            Error::SessionTooLong => invalid(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            ),
            Error::ChainedSessionTooLong => invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
            ),
            Error::MalformedPolicy(message) => {
                ApiError::new(400, "MalformedPolicyDocument", message)
            }
            Error::NoPolicy(arn) => {
                ApiError::new(400, "ValidationError", format!("Policy {arn} does not exist."))
            }
            Error::PolicyTooLarge => {
                ApiError::new(400, "PackedPolicyTooLarge", "Serialized token too large for session")
            }
            Error::TooManyPolicies => invalid("You can provide up to 10 managed policy ARNs."),
            Error::IncompleteMfa => denied(
                "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
                    .to_owned(),
            ),
            Error::InvalidMfaCode => denied(
                "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user."
                    .to_owned(),
            ),
            Error::InvalidAuthorizationMessage => {
                ApiError::new(400, "InvalidAuthorizationMessageException", "Message is not valid")
            }
            Error::InvalidAccessKeyId => invalid("Access key id is not valid."),
            Error::DuplicateTags => ApiError::new(
                400,
                "InvalidParameterValue",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ),
            Error::ReservedTag => {
                invalid("The tag keys must not start with aws: because that prefix is reserved.")
            }
        }
    }
}
