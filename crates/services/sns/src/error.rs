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
    NoSubscription,
    /// The subscription belongs to another account.
    ForeignSubscription,
    PendingSubscription,
    DifferentSubscriptionAttributes,
    TooManyFilterPolicies,
    Protocol(String),
    /// A FIFO topic does not support the protocol.
    FifoProtocol(String),
    /// A subscription keeps its topic from taking large messages.
    LargeMessageSubscription,
    EndpointProtocol,
    SmsEndpoint(String),
    FifoQueue,
    NoEndpoint(String),
    MalformedToken,
    TwoTargets,
    PhoneNumber(String),
    NoTargetEndpoint,
    EmptyMessage,
    LongMessage,
    LongSms,
    MessageStructure(String),
    MalformedMessage,
    NoDefaultMessage,
    MessageAttribute(String),
    NoMessageGroupId,
    NoDeduplication,
    /// A standard topic does not deduplicate.
    UnexpectedDeduplicationId,
    EmptyBatch,
    LargeBatch,
    LongBatch,
    DuplicateEntryIds,
    InvalidEntryId,
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
            Error::NoSubscription => not_found("Subscription"),
            Error::ForeignSubscription => ApiError::new(
                403,
                "AuthorizationError",
                "Not authorized to access this subscription",
            ),
            Error::PendingSubscription => invalid(
                "SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation",
            ),
            Error::DifferentSubscriptionAttributes => {
                invalid("Attributes Reason: Subscription already exists with different attributes")
            }
            Error::TooManyFilterPolicies => ApiError::new(
                403,
                "FilterPolicyLimitExceeded",
                "The number of filter policies exceeds the limit",
            ),
            Error::Protocol(name) => {
                invalid(&format!("Amazon SNS does not support this protocol string: {name}"))
            }
            Error::FifoProtocol(name) => invalid(&format!("Invalid protocol type: {name}")),
            Error::LargeMessageSubscription => invalid(
                "MaximumMessageSize Reason: Topics with a MaximumMessageSize above 262144 support at most 100 subscriptions, of the protocols sqs, firehose and lambda",
            ),
            Error::EndpointProtocol => invalid("Endpoint must match the specified protocol"),
            Error::SmsEndpoint(endpoint) => {
                bad_request("InvalidParameter", &format!("Invalid SMS endpoint: {endpoint}"))
            }
            // AWS writes the first words twice.
            Error::FifoQueue => invalid(
                "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
            ),
            Error::NoEndpoint(arn) => {
                invalid(&format!("Endpoint Reason: Endpoint does not exist for endpoint {arn}"))
            }
            Error::MalformedToken => bad_request("InvalidParameter", "Invalid token"),
            Error::TwoTargets => invalid(
                "TopicArn or TargetArn Reason: only one of TopicArn, TargetArn and PhoneNumber may have a value",
            ),
            Error::PhoneNumber(number) => {
                invalid(&format!("PhoneNumber Reason: {number} is not valid to publish to"))
            }
            Error::NoTargetEndpoint => {
                invalid("TargetArn Reason: No endpoint found for the target arn specified")
            }
            Error::EmptyMessage => invalid("Empty message"),
            Error::LongMessage => invalid("Message too long"),
            Error::LongSms => {
                invalid("Message Reason: Message must be less than 1600 characters long")
            }
            Error::MessageStructure(structure) => {
                invalid(&format!("Invalid Message Structure parameter: {structure}"))
            }
            Error::MalformedMessage => {
                invalid("Message Structure - JSON message body failed to parse")
            }
            Error::NoDefaultMessage => {
                invalid("Message Structure - No default entry in JSON message body")
            }
            Error::MessageAttribute(reason) => bad_request("ParameterValueInvalid", &reason),
            Error::NoMessageGroupId => {
                invalid("The MessageGroupId parameter is required for FIFO topics")
            }
            Error::NoDeduplication => invalid(
                "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
            ),
            Error::UnexpectedDeduplicationId => invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
            ),
            Error::EmptyBatch => {
                bad_request("EmptyBatchRequest", "The batch request doesn't contain any entries.")
            }
            Error::LargeBatch => bad_request(
                "TooManyEntriesInBatchRequest",
                "The batch request contains more entries than permissible.",
            ),
            Error::LongBatch => bad_request(
                "BatchRequestTooLong",
                "The length of all the messages put together is more than the limit.",
            ),
            Error::DuplicateEntryIds => bad_request(
                "BatchEntryIdsNotDistinct",
                "Two or more batch entries in the request have the same Id.",
            ),
            Error::InvalidEntryId => bad_request(
                "InvalidBatchEntryId",
                "The Id of a batch entry in a batch request doesn't abide by the specification.",
            ),
        }
    }
}
