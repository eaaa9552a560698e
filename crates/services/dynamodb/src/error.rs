//! DynamoDB's errors in AWS's words.

use cognitab_kernel::ApiError;

/// Why DynamoDB refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoTable,
    NoTableNamed(String),
    TableExists(String),
    ConditionFailed,
    Invalid(String),
    /// A value of a kind that has no place where it stands.
    Misplaced(&'static str),
}

impl Error {
    /// Input that makes no sense, in AWS's words.
    pub(crate) fn invalid(message: impl Into<String>) -> Error {
        Error::Invalid(message.into())
    }

    /// The same behind the words for a value that cannot be stored or compared.
    pub(crate) fn parameter(message: &str) -> Error {
        Error::Invalid(format!("One or more parameter values were invalid: {message}"))
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let missing = |message: String| ApiError::new(400, "ResourceNotFoundException", message);
        match error {
            Error::NoTable => missing("Requested resource not found".to_owned()),
            Error::NoTableNamed(name) => {
                missing(format!("Requested resource not found: Table: {name} not found"))
            }
            Error::TableExists(name) => ApiError::new(
                400,
                "ResourceInUseException",
                format!("Table already exists: {name}"),
            ),
            Error::ConditionFailed => {
                let message = "The conditional request failed";
                ApiError::new(400, "ConditionalCheckFailedException", message)
            }
            Error::Misplaced(message) => ApiError::new(400, "SerializationException", message),
            Error::Invalid(message) => ApiError::new(400, "ValidationException", message),
        }
    }
}
