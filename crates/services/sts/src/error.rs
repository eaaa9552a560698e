//! STS's errors in AWS's words.

use cognitab_policy::{PolicyKind, Reason};

use cognitab_kernel::ApiError;
use cognitab_trace::event::Station;

/// Why STS refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NotJwt,
    NoProvider(String),
    NoKeys,
    Signature,
    Audience,
    Expired { now: i64, end: i64 },
    MissingClaim(&'static str),
    FederatedDenied(String),
    TrustDenied { caller: String, action: String, explicit: bool },
    Root,
    TooLong,
    ChainTooLong,
    Malformed(String),
    NoPolicy(String),
    TooLarge,
    NotAKey,
    NotEncoded,
    DuplicateTags,
    ReservedTag,
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
            Error::Signature => token("Token signature invalid"),
            Error::Audience => token("Incorrect token audience"),
            Error::MissingClaim(name) => token(&format!("Missing a required claim: {name}")),
            Error::Expired { now, end } => ApiError::new(
                400,
                "ExpiredTokenException",
                format!(
                    "Token expired: current date/time {now} must be before the expiration date/time {end}"
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
            Error::Root => denied("Roles may not be assumed by root accounts.".to_owned()),
            Error::TooLong => invalid(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            ),
            Error::ChainTooLong => invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
            ),
            Error::Malformed(message) => ApiError::new(400, "MalformedPolicyDocument", message),
            Error::NoPolicy(arn) => {
                ApiError::new(400, "ValidationError", format!("Policy {arn} does not exist."))
            }
            Error::TooLarge => {
                ApiError::new(400, "PackedPolicyTooLarge", "Serialized token too large for session")
            }
            Error::NotEncoded => {
                ApiError::new(400, "InvalidAuthorizationMessageException", "Message is not valid")
            }
            Error::NotAKey => invalid("Access key id is not valid."),
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
