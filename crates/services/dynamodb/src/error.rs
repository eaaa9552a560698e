//! DynamoDB's errors, with AWS's codes and messages.

use cognitab_kernel::ApiError;

use crate::table::{TableArn, TableName};

/// An error of DynamoDB.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    /// An operation on items names a table that does not exist.
    ResourceNotFound,
    /// An operation on tables names one that does not exist.
    TableNotFound(TableArn),
    TableAlreadyExists(TableName),
    ConditionalCheckFailed,
    /// The message for an input that is not valid.
    Validation(String),
    /// The message for JSON of another kind than the shape's.
    Serialization(&'static str),
}

impl Error {
    /// A `ValidationException` with this message.
    pub(crate) fn validation(message: impl Into<String>) -> Error {
        Error::Validation(message.into())
    }

    /// A `ValidationException` about parameter values.
    pub(crate) fn invalid_parameter(message: &str) -> Error {
        Error::Validation(format!("One or more parameter values were invalid: {message}"))
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let not_found = |message: String| ApiError::new(400, "ResourceNotFoundException", message);
        match error {
            Error::ResourceNotFound => not_found("Requested resource not found".to_owned()),
            Error::TableNotFound(name) => {
                not_found(format!("Requested resource not found: Table: {name} not found"))
            }
            Error::TableAlreadyExists(name) => ApiError::new(
                400,
                "ResourceInUseException",
                format!("Table already exists: {name}"),
            ),
            Error::ConditionalCheckFailed => ApiError::new(
                400,
                "ConditionalCheckFailedException",
                "The conditional request failed",
            ),
            Error::Serialization(message) => ApiError::new(400, "SerializationException", message),
            Error::Validation(message) => ApiError::new(400, "ValidationException", message),
        }
    }
}
