//! Amazon S3: buckets, their policies and the objects in them.
//!
//! Of the other services it calls IAM alone, for the accounts that exist.

mod access;
mod bucket;
mod canonical_user;
mod error;
mod object;
mod payload;
mod policy;
mod signature_error;

use cognitab_kernel::{Protocol, Service, Wording};
use cognitab_trace::event::Station;

/// The service. Of two patterns that match a request the first decides: those of a subresource come
/// before that of the bucket or the object itself.
pub static SERVICE: Service = Service {
    target: "http://s3.amazonaws.com/doc/2006-03-01/",
    version: "2006-03-01",
    operations: &[policy::OPERATIONS, bucket::OPERATIONS, object::OPERATIONS],
    resource: Some(bucket::resource),
    resources: Some(bucket::resources),
    wording: WORDING,
    ..Service::new("s3", Protocol::RestXml, Station::Resource)
};

const WORDING: Wording = Wording {
    validation_error: "InvalidArgument",
    clock_skew: 15 * 60_000,
    signature_error: signature_error::api_error,
    root_element,
    matches_query: matches_subresource,
    anonymous: true,
    any_region: true,
    streaming: true,
    quotes_resource: true,
    ..Wording::of(Protocol::RestXml)
};

/// The root elements of S3's responses, which follow no rule.
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

/// Query parameters that name a subresource of a bucket or an object.
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

/// Whether a pattern is for the subresource that a query names, if any: `PUT /b/k?tagging` is not a
/// `PutObject`.
fn matches_subresource(pattern: &str, query: &[(String, String)]) -> bool {
    let flags = pattern.split_once('?').map_or("", |(_, flags)| flags);
    let named = |name: &str| flags.split('&').any(|f| f.split('=').next() == Some(name));
    query.iter().all(|(name, _)| !SUBRESOURCES.contains(&name.as_str()) || named(name))
}

#[cfg(test)]
mod tests {
    use cognitab_kernel::protocol;
    use cognitab_wire::http::Request;

    use super::{SERVICE, matches_subresource};

    /// The operation that a request means, its bucket in the path.
    fn operation(method: &str, path: &str, header: Option<&str>) -> Option<&'static str> {
        let headers = header.iter().map(|name| ((*name).to_owned(), "/b/k".to_owned())).collect();
        let url = format!("https://s3.us-east-1.amazonaws.com{path}");
        let request = Request { method: method.to_owned(), url, headers, body: Vec::new() };
        let path = path.split('?').next().unwrap_or_default();
        protocol::find(&SERVICE, &request, path).map(|(entry, _)| entry.name)
    }

    #[test]
    fn requests_find_their_operation() {
        for (method, path, expected) in [
            ("GET", "/", "ListBuckets"),
            ("PUT", "/b", "CreateBucket"),
            ("PUT", "/b?policy", "PutBucketPolicy"),
            ("HEAD", "/b", "HeadBucket"),
            ("DELETE", "/b", "DeleteBucket"),
            ("DELETE", "/b?policy", "DeleteBucketPolicy"),
            ("GET", "/b", "ListObjects"),
            ("GET", "/b?prefix=a", "ListObjects"),
            ("GET", "/b?list-type=2", "ListObjectsV2"),
            ("GET", "/b?location", "GetBucketLocation"),
            ("GET", "/b?policy=", "GetBucketPolicy"),
            ("POST", "/b?delete", "DeleteObjects"),
            ("PUT", "/b/k/l?x-id=PutObject", "PutObject"),
            ("GET", "/b/k/l", "GetObject"),
            ("HEAD", "/b/k/l", "HeadObject"),
            ("DELETE", "/b/k/l", "DeleteObject"),
        ] {
            assert_eq!(operation(method, path, None), Some(expected), "{method} {path}");
        }
        assert_eq!(operation("PUT", "/b/k", Some("x-amz-copy-source")), Some("CopyObject"));
        for (method, path) in
            [("PUT", "/b/k?tagging"), ("GET", "/b?versioning"), ("GET", "/b?location&policy")]
        {
            assert_eq!(operation(method, path, None), None, "{method} {path}");
        }
    }

    #[test]
    fn a_subresource_is_not_the_object() {
        let query = |name: &str| vec![(name.to_owned(), String::new())];
        assert!(!matches_subresource("PUT /{Bucket}/{Key+}", &query("tagging")));
        assert!(matches_subresource("PUT /{Bucket}/{Key+}", &query("x-id")));
        assert!(matches_subresource("GET /{Bucket}?list-type=2", &query("list-type")));
    }
}
