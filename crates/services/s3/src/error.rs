//! S3's errors, with AWS's codes and messages.

use cognitab_kernel::ApiError;
use cognitab_wire::arn::Partition;

use crate::bucket::BucketName;
use crate::object::ObjectKey;
use crate::signature_error::{malformed, mismatch};

/// An Amazon S3 error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoSuchBucket(BucketName),
    NoSuchKey(ObjectKey),
    NoSuchBucketPolicy(BucketName),
    BucketAlreadyExists(BucketName),
    BucketAlreadyOwnedByYou(BucketName),
    BucketNotEmpty(BucketName),
    InvalidBucketName(BucketName),
    /// The location constraint is not a region.
    InvalidLocationConstraint(String),
    /// The location constraint is not the region of the endpoint.
    IllegalLocationConstraint(String),
    /// The request was sent to a region other than the bucket's.
    PermanentRedirect {
        bucket: BucketName,
        region: String,
    },
    /// The request was signed for a region other than the bucket's.
    SigningRegionMismatch {
        signing_region: String,
        region: String,
        presigned: bool,
    },
    /// The size of the key in bytes.
    KeyTooLong(usize),
    /// The size of the user-defined metadata in bytes.
    MetadataTooLarge(usize),
    IncompleteBody,
    ChunkSignatureMismatch,
    /// The header whose value is not a checksum.
    InvalidChecksum(&'static str),
    /// The algorithm whose checksum is not that of the content.
    ChecksumMismatch(&'static str),
    /// `Content-MD5` is not an MD5 digest.
    InvalidDigest,
    /// `Content-MD5` is not the digest of the content.
    BadDigest,
    MissingContentMd5,
    MalformedXml,
    MalformedPolicy(String),
    InvalidArgument {
        name: &'static str,
        value: String,
        message: &'static str,
    },
    InvalidRange {
        range: String,
        size: usize,
    },
    CopyToItself,
    /// The header whose condition is not met.
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
            | Error::SigningRegionMismatch { .. }
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
            Error::InvalidRange { range, size } => {
                ApiError::new(416, "InvalidRange", "The requested range is not satisfiable")
                    .with("RangeRequested", range)
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
            error => body(error),
        }
    }
}

/// The errors about the region of a bucket.
fn region(error: Error) -> ApiError {
    match error {
        Error::SigningRegionMismatch { signing_region, region, presigned } => {
            let what = format!("the region '{signing_region}' is wrong; expecting '{region}'");
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

/// The errors about a request's body.
fn body(error: Error) -> ApiError {
    match error {
        Error::ChunkSignatureMismatch => mismatch(),
        Error::InvalidChecksum(header) => {
            ApiError::new(400, "InvalidRequest", format!("Value for {header} header is invalid."))
        }
        Error::ChecksumMismatch(algorithm) => ApiError::new(
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
        Error::MissingContentMd5 => ApiError::new(
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
