//! Cognito Sync's errors in AWS's words.

use cognitab_kernel::ApiError;

/// Why Cognito Sync refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoPool(String),
    NoIdentity(String),
    NoDataset(String),
    SessionToken,
    NextToken,
    DuplicateKey(String),
    NoValue(String),
    Conflict { key: String, here: i64, sent: i64 },
    Limit(&'static str),
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
            Error::SessionToken => {
                invalid("SyncSessionToken not valid for these inputs".to_owned())
            }
            Error::NextToken => invalid("NextToken not valid for these inputs".to_owned()),
            Error::DuplicateKey(key) => invalid(format!("Duplicate record key: {key}")),
            Error::NoValue(key) => invalid(format!("Value required to replace record: {key}")),
            Error::Conflict { key, here, sent } => ApiError::new(
                409,
                "ResourceConflictException",
                format!("Current SyncCount for: {key} is: {here} not: {sent}"),
            ),
            Error::Limit(what) => {
                ApiError::new(400, "LimitExceededException", format!("{what} limit exceeded"))
            }
        }
    }
}
