//! S3: buckets and the objects in them.

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

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

pub(crate) use bucket::{resource, resources};

/// The service and its operations; of two that fit a request the first is meant.
pub(crate) static SERVICE: Service = Service {
    name: "s3",
    protocol: Protocol::RestXml,
    target: "http://s3.amazonaws.com/doc/2006-03-01/",
    version: "2006-03-01",
    station: Station::Resource,
    operations: &[
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
    ],
};

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
pub(crate) fn about(pattern: &str, query: &[(String, String)]) -> bool {
    let flags = pattern.split_once('?').map_or("", |(_, flags)| flags);
    let named = |name: &str| flags.split('&').any(|f| f.split('=').next() == Some(name));
    query.iter().all(|(name, _)| !SUBRESOURCES.contains(&name.as_str()) || named(name))
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn a_subresource_is_not_the_object() {
        let query = |name: &str| vec![(name.to_owned(), String::new())];
        assert!(!about("PUT /{Bucket}/{Key+}", &query("tagging")));
        assert!(about("PUT /{Bucket}/{Key+}", &query("x-id")));
        assert!(about("GET /{Bucket}?list-type=2", &query("list-type")));
    }
}
