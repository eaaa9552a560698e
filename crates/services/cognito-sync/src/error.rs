//! Errors, with AWS's codes and messages.

use cognitab_kernel::ApiError;

/// An error of Cognito Sync.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoPool(String),
    NoIdentity(String),
    NoDataset(String),
    InvalidSessionToken,
    InvalidNextToken,
    DuplicateKey(String),
    MissingValue(String),
    Conflict { key: String, current: i64, sent: i64 },
    LimitExceeded(&'static str),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let missing = |what: &str, id: String| {
            ApiError::new(404, "ResourceNotFoundException", format!("{what} '{id}' not found."))
        };
        let invalid = |message: String| ApiError::new(400, "InvalidParameterException", message);
        match error {
            Error::NoPool(id) => missing("IdentityPool", id),
            Error::NoIdentity(id) => missing("Identity", id),
            Error::NoDataset(name) => missing("Dataset", name),
            Error::InvalidSessionToken => {
                invalid("SyncSessionToken not valid for these inputs".to_owned())
            }
            Error::InvalidNextToken => invalid("NextToken not valid for these inputs".to_owned()),
            Error::DuplicateKey(key) => invalid(format!("Duplicate record key: {key}")),
            Error::MissingValue(key) => invalid(format!("Value required to replace record: {key}")),
            Error::Conflict { key, current, sent } => ApiError::new(
                409,
                "ResourceConflictException",
                format!("Current SyncCount for: {key} is: {current} not: {sent}"),
            ),
            Error::LimitExceeded(what) => {
                ApiError::new(400, "LimitExceededException", format!("{what} limit exceeded"))
            }
        }
    }
}
