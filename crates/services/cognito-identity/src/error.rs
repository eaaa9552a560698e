//! Errors of identity pools in AWS's words.

use cognitab_kernel::ApiError;

/// Why an identity pool refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoPool(String),
    NoIdentity(String),
    NoGuests,
    Forbidden(String),
    LoginsDoNotMatch,
    AlreadyLinked,
    NotSupportedProvider,
    NotJwt,
    Expired { now: i64, end: i64 },
    Signature,
    Issuer,
    MissingClaim(&'static str),
    CognitoToken,
    RoleAmbiguous,
    Configuration,
    BasicDisabled,
    BasicWithMappings,
    Parameter(String),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let not = |message: &str| ApiError::new(400, "NotAuthorizedException", message);
        let token = |message: &str| not(&format!("Invalid login token. {message}"));
        let none = |message: String| ApiError::new(400, "ResourceNotFoundException", message);
        let invalid = |message: &str| ApiError::new(400, "InvalidParameterException", message);
        match error {
            Error::NoPool(id) => none(format!("IdentityPool '{id}' not found.")),
            Error::NoIdentity(id) => none(format!("Identity '{id}' not found.")),
            Error::NoGuests => {
                not("Unauthenticated access is not supported for this identity pool.")
            }
            Error::Forbidden(id) => not(&format!("Access to Identity '{id}' is forbidden.")),
            Error::LoginsDoNotMatch => not(
                "Logins don't match. Please include at least one valid login for this identity or identity pool.",
            ),
            Error::AlreadyLinked => {
                ApiError::new(400, "ResourceConflictException", "Logins are already linked.")
            }
            Error::NotSupportedProvider => {
                not("Token is not from a supported provider of this identity pool.")
            }
            Error::NotJwt => token("Not a valid OpenId Connect identity token."),
            Error::Expired { now, end } => token(&format!("Token expired: {now} >= {end}")),
            Error::Signature => token("Couldn't verify signed token."),
            Error::Issuer => token("Issuer doesn't match providerName"),
            Error::MissingClaim(name) => token(&format!("Missing a required claim: {name}")),
            Error::CognitoToken => token("Can't pass in a Cognito token."),
            Error::RoleAmbiguous => not("Access denied"),
            Error::Configuration => ApiError::new(
                400,
                "InvalidIdentityPoolConfigurationException",
                "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
            ),
            Error::BasicDisabled => {
                invalid("Basic (classic) flow is not enabled, please use enhanced flow.")
            }
            Error::BasicWithMappings => invalid(
                "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.",
            ),
            Error::Parameter(message) => invalid(&message),
        }
    }
}
