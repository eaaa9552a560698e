//! The user pools' errors in AWS's words.

use crate::auth::password::Weak;
use cognitab_kernel::ApiError;

/// Why a user pool refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoPool(String),
    NoClient(String),
    NoUser,
    NoUserForClient,
    NoGroup,
    NoDomain,
    NoDevice,
    NoResourceServer,
    UserExists,
    NameTaken(&'static str),
    AccountExists,
    AliasTaken(&'static str),
    GroupExists,
    SignUpClosed,
    SecretMissing(String),
    SecretWrong(String),
    SecretUnwanted(String),
    BadCredentials,
    Locked,
    Disabled,
    NotConfirmed,
    ResetRequired,
    TemporaryExpired,
    CodeWrong,
    CodeExpired,
    CannotConfirm(&'static str),
    CannotResend(String),
    TooManyTries,
    Weak { reason: Weak, admin: bool },
    Schema(Vec<String>),
    NotWritable,
    AlreadyProvided(String),
    FlowOff(&'static str),
    Missing(&'static str),
    TokenExpired,
    TokenRevoked,
    TokenInvalid,
    TokenSignature,
    TokenScope,
    RefreshInvalid,
    RefreshExpired,
    RefreshRevoked,
    SessionInvalid,
    SessionExpired,
    SessionUsed,
    TokenKind,
    RevocationOff,
    NotYours,
    OAuthFlow(&'static str),
    UnknownScope(String),
    NoDelivery,
    NotResettable,
    Parameter(String),
}

impl Error {
    /// A parameter that is wrong in a way that this text says.
    pub(crate) fn parameter(message: impl Into<String>) -> Error {
        Error::Parameter(message.into())
    }

    /// A member that must be there.
    pub(crate) fn null(name: &str) -> Error {
        Error::Parameter(format!(
            "1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null"
        ))
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let (code, message) = told(error);
        ApiError::new(400, code, message)
    }
}

const NOT_AUTHORIZED: &str = "NotAuthorizedException";
const NOT_FOUND: &str = "ResourceNotFoundException";
const PARAMETER: &str = "InvalidParameterException";

/// Code and words, one row for each; every error of this service has status 400.
fn told(error: Error) -> (&'static str, String) {
    let no = |message: &str| (NOT_AUTHORIZED, message.to_owned());
    match error {
        Error::NoPool(id) => (NOT_FOUND, format!("User pool {id} does not exist.")),
        Error::NoClient(id) => (NOT_FOUND, format!("User pool client {id} does not exist.")),
        Error::NoUser => ("UserNotFoundException", "User does not exist.".into()),
        Error::NoUserForClient => {
            ("UserNotFoundException", "Username/client id combination not found.".into())
        }
        Error::NoGroup => (NOT_FOUND, "Group not found.".into()),
        Error::NoDomain => (NOT_FOUND, "Domain does not exist.".into()),
        Error::NoDevice => (NOT_FOUND, "Device does not exist.".into()),
        Error::NoResourceServer => (NOT_FOUND, "Resource server does not exist.".into()),
        Error::UserExists => ("UsernameExistsException", "User already exists".into()),
        Error::NameTaken(kind) => {
            ("UsernameExistsException", format!("An account with the given {kind} already exists."))
        }
        Error::AccountExists => ("UsernameExistsException", "User account already exists".into()),
        Error::AliasTaken(kind) => {
            ("AliasExistsException", format!("An account with the {kind} already exists."))
        }
        Error::GroupExists => {
            ("GroupExistsException", "A group with the name already exists.".into())
        }
        Error::SignUpClosed => {
            (NOT_AUTHORIZED, "SignUp is not permitted for this user pool".into())
        }
        Error::SecretMissing(id) => (
            NOT_AUTHORIZED,
            format!("Client {id} is configured with secret but SECRET_HASH was not received"),
        ),
        Error::SecretWrong(id) => {
            (NOT_AUTHORIZED, format!("Unable to verify secret hash for client {id}"))
        }
        Error::SecretUnwanted(id) => (
            PARAMETER,
            format!("App client {id} is not configured for secret but secret hash was received"),
        ),
        Error::BadCredentials => (NOT_AUTHORIZED, "Incorrect username or password.".into()),
        Error::Locked => (NOT_AUTHORIZED, "Password attempts exceeded".into()),
        Error::Disabled => (NOT_AUTHORIZED, "User is disabled.".into()),
        Error::NotConfirmed => ("UserNotConfirmedException", "User is not confirmed.".into()),
        Error::ResetRequired => {
            ("PasswordResetRequiredException", "Password reset required for the user".into())
        }
        Error::TemporaryExpired => (
            NOT_AUTHORIZED,
            "Temporary password has expired and must be reset by an administrator.".into(),
        ),
        Error::CodeWrong => (
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
        Error::TooManyTries => {
            ("LimitExceededException", "Attempt limit exceeded, please try after some time.".into())
        }
        Error::Weak { reason, admin } => {
            let policy = if admin { "password policy" } else { "policy" };
            let message = format!("Password did not conform with {policy}: {}", reason.words());
            ("InvalidPasswordException", message)
        }
        Error::Schema(lines) => {
            let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
            (PARAMETER, format!("Attributes did not conform to the schema: {lines}"))
        }
        Error::NotWritable => {
            (NOT_AUTHORIZED, "A client attempted to write unauthorized attribute".into())
        }
        Error::AlreadyProvided(name) => {
            (NOT_AUTHORIZED, format!("Cannot modify an already provided {name}"))
        }
        Error::FlowOff("USER_PASSWORD_AUTH") => {
            (PARAMETER, "USER_PASSWORD_AUTH flow not enabled for this client".into())
        }
        Error::FlowOff("USER_SRP_AUTH") => {
            (PARAMETER, "USER_SRP_AUTH is not enabled for the client.".into())
        }
        Error::FlowOff(_) => (PARAMETER, "Auth flow not enabled for this client".into()),
        Error::Missing(name) => (PARAMETER, format!("Missing required parameter {name}")),
        Error::TokenExpired => no("Access Token has expired"),
        Error::TokenRevoked => no("Access Token has been revoked"),
        Error::TokenInvalid => no("Invalid Access Token"),
        Error::TokenSignature => no("Could not verify signature for Access Token"),
        Error::TokenScope => no("Access Token does not have required scopes"),
        Error::RefreshInvalid => no("Invalid Refresh Token"),
        Error::RefreshExpired => no("Refresh Token has expired"),
        Error::RefreshRevoked => no("Refresh Token has been revoked"),
        Error::SessionInvalid => no("Invalid session for the user."),
        Error::SessionExpired => no("Invalid session for the user, session is expired."),
        Error::SessionUsed => no("Invalid session for the user, session can only be used once."),
        Error::TokenKind => ("UnsupportedTokenTypeException", "Unsupported token type".into()),
        Error::RevocationOff => (
            "UnsupportedOperationException",
            "Token revocation is not enabled for the client".into(),
        ),
        Error::NotYours => ("UnauthorizedException", "Client is not authorized".into()),
        Error::OAuthFlow(message) => ("InvalidOAuthFlowException", message.to_owned()),
        Error::UnknownScope(scope) => {
            ("ScopeDoesNotExistException", format!("Invalid scope requested: {scope}"))
        }
        Error::NoDelivery => (
            "CodeDeliveryFailureException",
            "Cannot deliver the message: the user has no address for it".into(),
        ),
        Error::NotResettable => no("User password cannot be reset in the current state."),
        Error::Parameter(message) => (PARAMETER, message),
    }
}
