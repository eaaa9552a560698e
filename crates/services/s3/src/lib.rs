//! S3: buckets, their policies and the objects in them.
//!
//! It speaks REST-XML with the wording of its own, and asks IAM only which accounts exist.

mod access;
mod bucket;
mod canonical;
mod copy_object;
mod create_bucket;
mod delete_bucket;
mod delete_bucket_policy;
mod delete_object;
mod delete_objects;
mod error;
mod get_bucket_location;
mod get_bucket_policy;
mod get_object;
mod head_bucket;
mod head_object;
mod list_buckets;
mod list_objects;
mod list_objects_v2;
mod listing;
mod object;
mod put_bucket_policy;
mod put_object;
mod sent;
mod signature_error;

use cognitab_kernel::{Protocol, Service, Wording, entry};
use cognitab_trace::event::Station;

pub use bucket::{resource, resources};

/// The service and its operations; of two that fit a request the first is meant.
pub static SERVICE: Service = Service {
    target: "http://s3.amazonaws.com/doc/2006-03-01/",
    version: "2006-03-01",
    operations: &[&[
        entry::<list_buckets::ListBuckets>(),
        entry::<put_bucket_policy::PutBucketPolicy>(),
        entry::<create_bucket::CreateBucket>(),
        entry::<head_bucket::HeadBucket>(),
        entry::<delete_bucket_policy::DeleteBucketPolicy>(),
        entry::<delete_bucket::DeleteBucket>(),
        entry::<get_bucket_location::GetBucketLocation>(),
        entry::<get_bucket_policy::GetBucketPolicy>(),
        entry::<list_objects_v2::ListObjectsV2>(),
        entry::<list_objects::ListObjects>(),
        entry::<delete_objects::DeleteObjects>(),
        entry::<copy_object::CopyObject>(),
        entry::<put_object::PutObject>(),
        entry::<get_object::GetObject>(),
        entry::<head_object::HeadObject>(),
        entry::<delete_object::DeleteObject>(),
    ]],
    wording: WORDING,
    ..Service::new("s3", Protocol::RestXml, Station::Resource)
};

const WORDING: Wording = Wording {
    validation_error: "InvalidArgument",
    clock_skew: 15 * 60_000,
    signature_error: signature_error::of,
    root_element,
    matches_query: matches_subresource,
    anonymous: true,
    any_region: true,
    streaming: true,
    quotes_resource: true,
    ..Wording::of(Protocol::RestXml)
};

/// S3 names the root elements of its answers by no rule.
fn root_element(operation: &'static str) -> &'static str {
    match operation {
        "ListBuckets" => "ListAllMyBucketsResult",
        "ListObjects" | "ListObjectsV2" => "ListBucketResult",
        "DeleteObjects" => "DeleteResult",
        "CopyObject" => "CopyObjectResult",
        "CreateMultipartUpload" => "InitiateMultipartUploadResult",
        "CompleteMultipartUpload" => "CompleteMultipartUploadResult",
        name => name,
    }
}

/// Query names that turn a request into one about something else than the bucket or the object
/// itself.
const SUBRESOURCES: &[&str] = &[
    "accelerate",
    "acl",
    "analytics",
    "attributes",
    "cors",
    "delete",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "legal-hold",
    "lifecycle",
    "list-type",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "partNumber",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "restore",
    "retention",
    "select",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versioning",
    "versions",
    "website",
];

/// Whether an operation of this pattern is about the subresource that a query names, if any:
/// `PUT /b/k?tagging` must never pass for a `PutObject`.
fn matches_subresource(pattern: &str, query: &[(String, String)]) -> bool {
    let flags = pattern.split_once('?').map_or("", |(_, flags)| flags);
    let named = |name: &str| flags.split('&').any(|f| f.split('=').next() == Some(name));
    query.iter().all(|(name, _)| !SUBRESOURCES.contains(&name.as_str()) || named(name))
}

#[cfg(test)]
mod tests {
    use super::matches_subresource;

    #[test]
    fn a_subresource_is_not_the_object() {
        let query = |name: &str| vec![(name.to_owned(), String::new())];
        assert!(!matches_subresource("PUT /{Bucket}/{Key+}", &query("tagging")));
        assert!(matches_subresource("PUT /{Bucket}/{Key+}", &query("x-id")));
        assert!(matches_subresource("GET /{Bucket}?list-type=2", &query("list-type")));
    }
}
