//! Errors, with AWS's codes and messages.

use cognitab_kernel::ApiError;
use cognitab_kernel::issuer::InvalidToken;

/// An error of an identity pool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoPool(String),
    NoIdentity(String),
    GuestAccessDisabled,
    Forbidden(String),
    LoginsDoNotMatch,
    AlreadyLinked,
    NotSupportedProvider,
    NotJwt,
    InvalidToken(InvalidToken),
    IssuerMismatch,
    CognitoToken,
    AmbiguousRole,
    InvalidConfiguration,
    BasicFlowDisabled,
    BasicFlowWithMappings,
    InvalidParameter(String),
    LimitExceeded(&'static str),
}

impl From<InvalidToken> for Error {
    fn from(invalid: InvalidToken) -> Error {
        Error::InvalidToken(invalid)
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let not_authorized = |message: &str| ApiError::new(400, "NotAuthorizedException", message);
        let token = |message: &str| not_authorized(&format!("Invalid login token. {message}"));
        let not_found = |message: String| ApiError::new(400, "ResourceNotFoundException", message);
        let invalid = |message: &str| ApiError::new(400, "InvalidParameterException", message);
        match error {
            Error::NoPool(id) => not_found(format!("IdentityPool '{id}' not found.")),
            Error::NoIdentity(id) => not_found(format!("Identity '{id}' not found.")),
            Error::GuestAccessDisabled => {
                not_authorized("Unauthenticated access is not supported for this identity pool.")
            }
            Error::Forbidden(id) => {
                not_authorized(&format!("Access to Identity '{id}' is forbidden."))
            }
            Error::LoginsDoNotMatch => not_authorized(
                "Logins don't match. Please include at least one valid login for this identity or identity pool.",
            ),
            Error::AlreadyLinked => {
                ApiError::new(400, "ResourceConflictException", "Logins are already linked.")
            }
            Error::NotSupportedProvider => {
                not_authorized("Token is not from a supported provider of this identity pool.")
            }
            Error::NotJwt => token("Not a valid OpenId Connect identity token."),
            Error::InvalidToken(InvalidToken::Expired { now, expires }) => {
                token(&format!("Token expired: {now} >= {expires}"))
            }
            Error::InvalidToken(InvalidToken::Signature) => token("Couldn't verify signed token."),
            Error::IssuerMismatch => token("Issuer doesn't match providerName"),
            Error::InvalidToken(InvalidToken::MissingClaim(name)) => {
                token(&format!("Missing a required claim: {name}"))
            }
            Error::CognitoToken => token("Can't pass in a Cognito token."),
            Error::AmbiguousRole => not_authorized("Access denied"),
            Error::InvalidConfiguration => ApiError::new(
                400,
                "InvalidIdentityPoolConfigurationException",
                "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
            ),
            Error::BasicFlowDisabled => {
                invalid("Basic (classic) flow is not enabled, please use enhanced flow.")
            }
            Error::BasicFlowWithMappings => invalid(
                "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.",
            ),
            Error::InvalidParameter(message) => invalid(&message),
            Error::LimitExceeded(message) => ApiError::new(400, "LimitExceededException", message),
        }
    }
}
