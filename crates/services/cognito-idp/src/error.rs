//! The errors of user pools, with AWS's codes and messages.

use std::borrow::Cow;

use cognitab_kernel::ApiError;

use crate::auth::password::PolicyViolation;
use crate::auth::triggers::Trigger;
use crate::model::pool::Contact;
use crate::model::types::{ClientIdType, ScopeType, UserPoolIdType};

/// Why a request to a user pool fails.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    UserPoolNotFound(UserPoolIdType),
    ClientNotFound(ClientIdType),
    UserNotFound,
    UserNotFoundForClient,
    GroupNotFound,
    DomainNotFound,
    DeviceNotFound,
    ResourceServerNotFound,
    UserExists,
    UsernameExists(Contact),
    AccountExists,
    AliasExists(Contact),
    GroupExists,
    SignUpNotPermitted,
    SecretHashMissing(ClientIdType),
    SecretHashMismatch(ClientIdType),
    SecretHashUnexpected(ClientIdType),
    IncorrectCredentials,
    PasswordAttemptsExceeded,
    UserDisabled,
    UserNotConfirmed,
    PasswordResetRequired,
    TemporaryPasswordExpired,
    CodeMismatch,
    CodeExpired,
    CannotConfirm(&'static str),
    CannotResend(String),
    AttemptLimitExceeded,
    InvalidPassword { reason: PolicyViolation, admin: bool },
    SchemaViolations(Vec<String>),
    AttributeNotWritable,
    AttributeAlreadyProvided(String),
    FlowNotEnabled(&'static str),
    MissingParameter(&'static str),
    AccessTokenExpired,
    AccessTokenRevoked,
    AccessTokenInvalid,
    AccessTokenSignature,
    AccessTokenScope,
    RefreshTokenInvalid,
    RefreshTokenExpired,
    RefreshTokenRevoked,
    SessionInvalid,
    SessionExpired,
    SessionUsed,
    UnsupportedTokenType,
    RevocationNotEnabled,
    ClientNotAuthorized,
    InvalidOAuthFlow(Cow<'static, str>),
    ScopeDoesNotExist(ScopeType),
    NoDeliveryAddress,
    PasswordNotResettable,
    UserLambdaValidation { trigger: Trigger, message: String },
    InvalidLambdaResponse,
    UnexpectedLambda(Trigger),
    InvalidParameter(String),
}

impl Error {
    /// An invalid parameter, with AWS's message.
    pub(crate) fn parameter(message: impl Into<String>) -> Error {
        Error::InvalidParameter(message.into())
    }

    /// A required member that is missing. Members have lower camel case in this message.
    pub(crate) fn null(name: &str) -> Error {
        Error::InvalidParameter(format!(
            "1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null"
        ))
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let (code, message) = code_and_message(error);
        ApiError::new(400, code, message)
    }
}

const NOT_AUTHORIZED: &str = "NotAuthorizedException";
const NOT_FOUND: &str = "ResourceNotFoundException";
const PARAMETER: &str = "InvalidParameterException";

/// The error code and message. The status of every error of this service is 400.
fn code_and_message(error: Error) -> (&'static str, String) {
    let not_authorized = |message: &str| (NOT_AUTHORIZED, message.to_owned());
    match error {
        Error::UserPoolNotFound(id) => (NOT_FOUND, format!("User pool {id} does not exist.")),
        Error::ClientNotFound(id) => (NOT_FOUND, format!("User pool client {id} does not exist.")),
        Error::UserNotFound => ("UserNotFoundException", "User does not exist.".into()),
        Error::UserNotFoundForClient => {
            ("UserNotFoundException", "Username/client id combination not found.".into())
        }
        Error::GroupNotFound => (NOT_FOUND, "Group not found.".into()),
        Error::DomainNotFound => (NOT_FOUND, "Domain does not exist.".into()),
        Error::DeviceNotFound => (NOT_FOUND, "Device does not exist.".into()),
        Error::ResourceServerNotFound => (NOT_FOUND, "Resource server does not exist.".into()),
        Error::UserExists => ("UsernameExistsException", "User already exists".into()),
        Error::UsernameExists(contact) => (
            "UsernameExistsException",
            format!("An account with the given {} already exists.", contact.as_str()),
        ),
        Error::AccountExists => ("UsernameExistsException", "User account already exists".into()),
        Error::AliasExists(contact) => (
            "AliasExistsException",
            format!("An account with the {} already exists.", contact.as_str()),
        ),
        Error::GroupExists => {
            ("GroupExistsException", "A group with the name already exists.".into())
        }
        Error::SignUpNotPermitted => {
            (NOT_AUTHORIZED, "SignUp is not permitted for this user pool".into())
        }
        Error::SecretHashMissing(id) => (
            NOT_AUTHORIZED,
            format!("Client {id} is configured with secret but SECRET_HASH was not received"),
        ),
        Error::SecretHashMismatch(id) => {
            (NOT_AUTHORIZED, format!("Unable to verify secret hash for client {id}"))
        }
        Error::SecretHashUnexpected(id) => (
            PARAMETER,
            format!("App client {id} is not configured for secret but secret hash was received"),
        ),
        Error::IncorrectCredentials => (NOT_AUTHORIZED, "Incorrect username or password.".into()),
        Error::PasswordAttemptsExceeded => (NOT_AUTHORIZED, "Password attempts exceeded".into()),
        Error::UserDisabled => (NOT_AUTHORIZED, "User is disabled.".into()),
        Error::UserNotConfirmed => ("UserNotConfirmedException", "User is not confirmed.".into()),
        Error::PasswordResetRequired => {
            ("PasswordResetRequiredException", "Password reset required for the user".into())
        }
        Error::TemporaryPasswordExpired => (
            NOT_AUTHORIZED,
            "Temporary password has expired and must be reset by an administrator.".into(),
        ),
        Error::CodeMismatch => (
            "CodeMismatchException",
            "Invalid verification code provided, please try again.".into(),
        ),
        Error::CodeExpired => {
            ("ExpiredCodeException", "Invalid code provided, please request a code again.".into())
        }
        Error::CannotConfirm(status) => {
            (NOT_AUTHORIZED, format!("User cannot be confirmed. Current status is {status}"))
        }
        Error::CannotResend(message) => ("UnsupportedUserStateException", message),
        Error::AttemptLimitExceeded => {
            ("LimitExceededException", "Attempt limit exceeded, please try after some time.".into())
        }
        Error::InvalidPassword { reason, admin } => {
            let policy = if admin { "password policy" } else { "policy" };
            let message = format!("Password did not conform with {policy}: {}", reason.message());
            ("InvalidPasswordException", message)
        }
        Error::SchemaViolations(lines) => {
            let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
            (PARAMETER, format!("Attributes did not conform to the schema: {lines}"))
        }
        Error::AttributeNotWritable => {
            (NOT_AUTHORIZED, "A client attempted to write unauthorized attribute".into())
        }
        Error::AttributeAlreadyProvided(name) => {
            (NOT_AUTHORIZED, format!("Cannot modify an already provided {name}"))
        }
        Error::FlowNotEnabled("USER_PASSWORD_AUTH") => {
            (PARAMETER, "USER_PASSWORD_AUTH flow not enabled for this client".into())
        }
        Error::FlowNotEnabled("USER_SRP_AUTH") => {
            (PARAMETER, "USER_SRP_AUTH is not enabled for the client.".into())
        }
        Error::FlowNotEnabled(_) => (PARAMETER, "Auth flow not enabled for this client".into()),
        Error::MissingParameter(name) => (PARAMETER, format!("Missing required parameter {name}")),
        Error::AccessTokenExpired => not_authorized("Access Token has expired"),
        Error::AccessTokenRevoked => not_authorized("Access Token has been revoked"),
        Error::AccessTokenInvalid => not_authorized("Invalid Access Token"),
        Error::AccessTokenSignature => {
            not_authorized("Could not verify signature for Access Token")
        }
        Error::AccessTokenScope => not_authorized("Access Token does not have required scopes"),
        Error::RefreshTokenInvalid => not_authorized("Invalid Refresh Token"),
        Error::RefreshTokenExpired => not_authorized("Refresh Token has expired"),
        Error::RefreshTokenRevoked => not_authorized("Refresh Token has been revoked"),
        Error::SessionInvalid => not_authorized("Invalid session for the user."),
        Error::SessionExpired => {
            not_authorized("Invalid session for the user, session is expired.")
        }
        Error::SessionUsed => {
            not_authorized("Invalid session for the user, session can only be used once.")
        }
        Error::UnsupportedTokenType => {
            ("UnsupportedTokenTypeException", "Unsupported token type".into())
        }
        Error::RevocationNotEnabled => (
            "UnsupportedOperationException",
            "Token revocation is not enabled for the client".into(),
        ),
        Error::ClientNotAuthorized => ("UnauthorizedException", "Client is not authorized".into()),
        Error::InvalidOAuthFlow(message) => ("InvalidOAuthFlowException", message.into_owned()),
        Error::ScopeDoesNotExist(scope) => {
            ("ScopeDoesNotExistException", format!("Invalid scope requested: {scope}"))
        }
        Error::NoDeliveryAddress => (
            "CodeDeliveryFailureException",
            "Cannot deliver the code: the user has no email address or phone number.".into(),
        ),
        Error::PasswordNotResettable => {
            not_authorized("User password cannot be reset in the current state.")
        }
        Error::UserLambdaValidation { trigger, message } => {
            let end = if message.ends_with('.') { "" } else { "." };
            let message = format!("{} failed with error {message}{end}", trigger.name());
            ("UserLambdaValidationException", message)
        }
        Error::InvalidLambdaResponse => {
            ("InvalidLambdaResponseException", "Unrecognizable lambda output".into())
        }
        // What AWS says of a function that was deleted, as of one that it may not invoke.
        Error::UnexpectedLambda(trigger) => (
            "UnexpectedLambdaException",
            format!("{} invocation failed due to error AccessDeniedException.", trigger.name()),
        ),
        Error::InvalidParameter(message) => (PARAMETER, message),
    }
}
