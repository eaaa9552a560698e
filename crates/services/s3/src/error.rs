//! S3's errors in AWS's words.

use cognitab_kernel::ApiError;
use cognitab_wire::arn::Partition;

use crate::signature_error::{malformed, mismatch};

/// Why S3 refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoSuchBucket(String),
    NoSuchKey(String),
    NoSuchBucketPolicy(String),
    BucketAlreadyExists(String),
    BucketAlreadyOwnedByYou(String),
    BucketNotEmpty(String),
    InvalidBucketName(String),
    InvalidLocationConstraint(String),
    IllegalLocationConstraint(String),
    PermanentRedirect { bucket: String, region: String },
    WrongRegion { signed: String, region: String, presigned: bool },
    KeyTooLong(usize),
    MetadataTooLarge(usize),
    IncompleteBody,
    ChunkSignature,
    InvalidChecksum(&'static str),
    WrongChecksum(&'static str),
    InvalidDigest,
    BadDigest,
    MissingDigest,
    MalformedXml,
    MalformedPolicy(String),
    InvalidArgument { name: &'static str, value: String, message: &'static str },
    InvalidRange { asked: String, size: usize },
    CopyToItself,
    PreconditionFailed(&'static str),
    NotModified,
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        match error {
            Error::NoSuchBucket(name) => {
                ApiError::new(404, "NoSuchBucket", "The specified bucket does not exist")
                    .with("BucketName", name)
            }
            Error::NoSuchKey(key) => {
                ApiError::new(404, "NoSuchKey", "The specified key does not exist.").with("Key", key)
            }
            Error::NoSuchBucketPolicy(name) => {
                ApiError::new(404, "NoSuchBucketPolicy", "The bucket policy does not exist")
                    .with("BucketName", name)
            }
            Error::BucketAlreadyExists(name) => ApiError::new(
                409,
                "BucketAlreadyExists",
                "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
            )
            .with("BucketName", name),
            Error::BucketAlreadyOwnedByYou(name) => ApiError::new(
                409,
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.",
            )
            .with("BucketName", name),
            Error::BucketNotEmpty(name) => {
                ApiError::new(409, "BucketNotEmpty", "The bucket you tried to delete is not empty")
                    .with("BucketName", name)
            }
            Error::InvalidBucketName(name) => {
                ApiError::new(400, "InvalidBucketName", "The specified bucket is not valid.")
                    .with("BucketName", name)
            }
            Error::PermanentRedirect { .. }
            | Error::WrongRegion { .. }
            | Error::InvalidLocationConstraint(_)
            | Error::IllegalLocationConstraint(_) => region(error),
            Error::KeyTooLong(size) => ApiError::new(400, "KeyTooLongError", "Your key is too long")
                .with("Size", size.to_string())
                .with("MaxSizeAllowed", "1024"),
            Error::MetadataTooLarge(size) => ApiError::new(
                400,
                "MetadataTooLarge",
                "Your metadata headers exceed the maximum allowed metadata size",
            )
            .with("Size", size.to_string())
            .with("MaxSizeAllowed", "2048"),
            Error::MalformedXml => ApiError::new(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema",
            ),
            Error::MalformedPolicy(message) => ApiError::new(400, "MalformedPolicy", message),
            Error::InvalidArgument { name, value, message } => {
                ApiError::new(400, "InvalidArgument", message)
                    .with("ArgumentName", name)
                    .with("ArgumentValue", value)
            }
            Error::InvalidRange { asked, size } => {
                ApiError::new(416, "InvalidRange", "The requested range is not satisfiable")
                    .with("RangeRequested", asked)
                    .with("ActualObjectSize", size.to_string())
            }
            Error::CopyToItself => ApiError::new(
                400,
                "InvalidRequest",
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
            ),
            Error::PreconditionFailed(header) => ApiError::new(
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold",
            )
            .with("Condition", header),
            Error::NotModified => ApiError::new(304, "NotModified", "Not Modified"),
            body => self::body(body),
        }
    }
}

/// A bucket is asked for in a region where it is not.
fn region(error: Error) -> ApiError {
    match error {
        Error::WrongRegion { signed, region, presigned } => {
            let what = format!("the region '{signed}' is wrong; expecting '{region}'");
            malformed(presigned, &what).with("Region", region)
        }
        Error::InvalidLocationConstraint(region) => ApiError::new(
            400,
            "InvalidLocationConstraint",
            "The specified location-constraint is not valid",
        )
        .with("LocationConstraint", region),
        Error::IllegalLocationConstraint(region) => ApiError::new(
            400,
            "IllegalLocationConstraintException",
            format!(
                "The {region} location constraint is incompatible for the region specific endpoint this request was sent to."
            ),
        ),
        Error::PermanentRedirect { bucket, region } => ApiError::new(
            301,
            "PermanentRedirect",
            "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
        )
        .with(
            "Endpoint",
            format!("{bucket}.s3.{region}.{}", Partition::of_region(&region).dns_suffix()),
        )
        .with("Bucket", bucket)
        .with("Region", region),
        other => ApiError::from(other),
    }
}

/// What was sent is not what was announced.
fn body(error: Error) -> ApiError {
    match error {
        Error::ChunkSignature => mismatch(),
        Error::InvalidChecksum(header) => {
            ApiError::new(400, "InvalidRequest", format!("Value for {header} header is invalid."))
        }
        Error::WrongChecksum(algorithm) => ApiError::new(
            400,
            "BadDigest",
            format!("The {algorithm} you specified did not match the calculated checksum."),
        ),
        Error::InvalidDigest => {
            ApiError::new(400, "InvalidDigest", "The Content-MD5 you specified was invalid.")
        }
        Error::BadDigest => ApiError::new(
            400,
            "BadDigest",
            "The Content-MD5 you specified did not match what we received.",
        ),
        Error::MissingDigest => ApiError::new(
            400,
            "InvalidRequest",
            "Missing required header for this request: Content-MD5",
        ),
        _ => ApiError::new(
            400,
            "IncompleteBody",
            "You did not provide the number of bytes specified by the Content-Length HTTP header",
        ),
    }
}
