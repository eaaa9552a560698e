//! SNS's errors as AWS returns them.

use cognitab_kernel::ApiError;

use crate::attribute::Invalid;

/// Why SNS refuses a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    /// A required member is missing.
    MissingParameter(&'static str),
    /// The value of a member, or of a part of it.
    InvalidParameter(&'static str),
    /// A member is not an ARN; it has this many fields.
    ShortArn {
        member: &'static str,
        fields: usize,
    },
    /// An attribute in a map of attributes.
    Attributes(Invalid),
    /// The one attribute that a request sets.
    Attribute(Invalid),
    NoTopic,
    DifferentTopicAttributes,
    DifferentTags,
    DataProtectionPolicy,
    NoResource,
    DuplicateTagKeys,
    ReservedTagKey,
    TooManyTags,
    StatementExists,
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let bad_request = |code, message: &str| ApiError::new(400, code, message);
        let invalid = |what: &str| {
            ApiError::new(400, "InvalidParameter", format!("Invalid parameter: {what}"))
        };
        let not_found =
            |what: &str| ApiError::new(404, "NotFound", format!("{what} does not exist"));
        match error {
            Error::MissingParameter(member) => {
                invalid(&format!("{member} Reason: no value for required parameter"))
            }
            Error::InvalidParameter(what) => invalid(what),
            Error::ShortArn { member, fields } => invalid(&format!(
                "{member} Reason: An ARN must have at least 6 elements, not {fields}"
            )),
            Error::Attributes(Invalid::Unknown(name)) => {
                invalid(&format!("Attributes Reason: Unknown attribute {name}"))
            }
            Error::Attributes(Invalid::Value(reason)) => {
                invalid(&format!("Attributes Reason: {reason}"))
            }
            Error::Attribute(Invalid::Unknown(_)) => invalid("AttributeName"),
            Error::Attribute(Invalid::Value(reason)) => invalid(&reason),
            Error::NoTopic => not_found("Topic"),
            Error::DifferentTopicAttributes => {
                invalid("Attributes Reason: Topic already exists with different attributes")
            }
            Error::DifferentTags => {
                invalid("Tags Reason: Topic already exists with different tags")
            }
            Error::DataProtectionPolicy => {
                invalid("DataProtectionPolicy Reason: Data protection policies are not supported")
            }
            Error::NoResource => ApiError::new(404, "ResourceNotFound", "Resource does not exist"),
            Error::DuplicateTagKeys => invalid("Duplicated keys are not allowed."),
            Error::ReservedTagKey => invalid(
                "Tags Reason: aws: prefixed tag key names are not allowed for external use.",
            ),
            Error::TooManyTags => bad_request(
                "TagLimitExceeded",
                "Could not complete request: tag quota of per resource exceeded",
            ),
            Error::StatementExists => invalid("Statement already exists"),
        }
    }
}
