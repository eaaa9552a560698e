//! Buckets: their lifecycle, names, Regions and addressing.

use serde_json::json;

use super::{ADMIN, PHOTOS, Raw, admin, call, code, create_in, photos};
use crate::common::{ARCHIVE, Host, STUDIO};

#[test]
fn bucket_lifecycle() {
    let mut host = Host::empty();
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::album/*",
    }});
    let object = json!({"Bucket": "album", "Key": "a/lake.jpg", "Body": "a lake"});
    let copy = json!({"Bucket": "album", "Key": "b/lake.jpg", "CopySource": "/album/a/lake.jpg"});
    let key = json!({"Bucket": "album", "Key": "a/lake.jpg"});
    let bucket = json!({"Bucket": "album"});
    let delete_objects = json!({"Bucket": "album", "Delete": {"Object": [{"Key": "b/lake.jpg"}]}});
    let put_policy = json!({"Bucket": "album", "Policy": policy.to_string()});
    let (b, k) = (&bucket, &key);
    for (operation, input, status, contains) in [
        ("CreateBucket", b, 200, ""),
        ("CreateBucket", b, 200, ""),
        ("HeadBucket", b, 200, ""),
        ("ListBuckets", &json!({}), 200, "<Name>album</Name>"),
        ("GetBucketLocation", b, 200, "LocationConstraint"),
        ("GetObject", k, 404, "<Code>NoSuchKey</Code>"),
        ("PutObject", &object, 200, ""),
        ("HeadObject", k, 200, ""),
        ("GetObject", k, 200, "a lake"),
        ("CopyObject", &copy, 200, "CopyObjectResult"),
        ("ListObjects", b, 200, "<Key>b/lake.jpg</Key>"),
        (
            "ListObjectsV2",
            &json!({"Bucket": "album", "Prefix": "b/"}),
            200,
            "<KeyCount>1</KeyCount>",
        ),
        ("GetBucketPolicy", b, 404, "<Code>NoSuchBucketPolicy</Code>"),
        ("PutBucketPolicy", &put_policy, 204, ""),
        ("GetBucketPolicy", b, 200, "arn:aws:s3:::album/*"),
        ("DeleteBucketPolicy", b, 204, ""),
        ("GetBucketPolicy", b, 404, "<Code>NoSuchBucketPolicy</Code>"),
        ("DeleteBucket", b, 409, "<Code>BucketNotEmpty</Code>"),
        ("DeleteObject", k, 204, ""),
        // SDKs add the digest of the body as a header; it is not a member of the input.
        ("DeleteObjects", &delete_objects, 400, "Content-MD5"),
        ("DeleteObject", &json!({"Bucket": "album", "Key": "b/lake.jpg"}), 204, ""),
        ("DeleteBucket", b, 204, ""),
        ("HeadBucket", b, 404, ""),
    ] {
        let response = call(&mut host, Some(STUDIO), operation, input);
        assert_eq!(response.status, status, "{operation}: {}", response.text());
        assert!(response.text().contains(contains), "{operation}: {}", response.text());
        if operation == "HeadObject" {
            assert_eq!(response.header("content-length"), Some("6"));
        }
    }
}

/// A bucket name that looks like a Region is still a bucket name.
#[test]
fn a_virtual_hosted_url_can_name_any_bucket() {
    let mut host = Host::empty();
    for bucket in ["my-app-2026", "uploads-dev-111122223333", "eu-west-1"] {
        admin(&mut host, "CreateBucket", &json!({"Bucket": bucket}));
        let url = format!("https://{bucket}.s3.us-east-1.amazonaws.com/photo");
        let put = ADMIN.send(&mut host, "PUT", &url, b"a lake");
        assert_eq!(put.status, 200, "{bucket}: {}", put.text());
        assert_eq!(host.events().pop().unwrap()["call"], "PutObject", "{bucket}");
        assert_eq!(ADMIN.send(&mut host, "GET", &url, b"").text(), "a lake", "{bucket}");
    }
}

#[test]
fn a_bucket_name_is_unique_across_accounts() {
    let mut host = photos();
    let create = json!({"Bucket": "studio-photos"});
    let taken = call(&mut host, Some(ARCHIVE), "CreateBucket", &create);
    assert_eq!((taken.status, code(&taken).as_str()), (409, "BucketAlreadyExists"));
    admin(&mut host, "CreateBucket", &create);
    let invalid = call(&mut host, Some(STUDIO), "CreateBucket", &json!({"Bucket": "Bad_Name"}));
    assert_eq!((invalid.status, code(&invalid).as_str()), (400, "InvalidBucketName"));
    let missing = json!({"Bucket": "no-such", "Key": "k"});
    let missing = call(&mut host, Some(STUDIO), "GetObject", &missing);
    assert_eq!((missing.status, code(&missing).as_str()), (404, "NoSuchBucket"));
    assert!(missing.text().contains("<BucketName>no-such</BucketName>"));
    let own_buckets = admin(&mut host, "ListBuckets", &json!({}));
    assert!(
        own_buckets.text().contains("<Bucket><Name>studio-photos</Name>"),
        "{}",
        own_buckets.text()
    );
    let other_buckets = call(&mut host, Some(ARCHIVE), "ListBuckets", &json!({}));
    assert!(!other_buckets.text().contains("studio-photos"), "{}", other_buckets.text());
    let not_empty = call(&mut host, Some(STUDIO), "DeleteBucket", &create);
    assert_eq!((not_empty.status, code(&not_empty).as_str()), (409, "BucketNotEmpty"));
}

#[test]
fn a_bucket_belongs_to_one_region() {
    let mut host = Host { region: "eu-west-1", ..photos() };
    let (create, bucket) = (create_in(&host, "west-photos"), json!({"Bucket": "west-photos"}));
    admin(&mut host, "CreateBucket", &create);
    let location = admin(&mut host, "GetBucketLocation", &bucket);
    assert!(location.text().contains(">eu-west-1</LocationConstraint>"), "{}", location.text());
    let already_owned = call(&mut host, Some(STUDIO), "CreateBucket", &create);
    assert_eq!(
        (already_owned.status, code(&already_owned).as_str()),
        (409, "BucketAlreadyOwnedByYou")
    );
    let url = "https://west-photos.s3.eu-west-1.amazonaws.com/k";
    let wrong_region = ADMIN.send(&mut host, "GET", url, b"");
    assert_eq!(
        (wrong_region.status, code(&wrong_region).as_str()),
        (400, "AuthorizationHeaderMalformed")
    );
    host.region = "us-east-1";
    let object = json!({"Bucket": "west-photos", "Key": "k"});
    let redirect = call(&mut host, Some(STUDIO), "GetObject", &object);
    assert_eq!((redirect.status, code(&redirect).as_str()), (301, "PermanentRedirect"));
    assert_eq!(redirect.header("x-amz-bucket-region"), Some("eu-west-1"));
    assert!(
        redirect.text().contains("<Endpoint>west-photos.s3.eu-west-1.amazonaws.com</Endpoint>")
    );
    host.region = "eu-west-1";
    admin(&mut host, "DeleteBucket", &bucket);
    let head = ADMIN.send(&mut host, "HEAD", &format!("{PHOTOS}/"), b"");
    assert_eq!((head.status, head.header("x-amz-bucket-region")), (200, Some("us-east-1")));
}

/// A redirect contains an endpoint in the domain of the bucket's partition.
#[test]
fn a_redirect_stays_in_its_partition() {
    let mut host = Host { region: "cn-north-1", ..Host::empty() };
    let create = create_in(&host, "photos");
    admin(&mut host, "CreateBucket", &create);
    let other_region = Raw { region: "cn-northwest-1", ..ADMIN };
    let url = "https://photos.s3.cn-northwest-1.amazonaws.com.cn/k";
    let redirect = other_region.send(&mut host, "GET", url, b"");
    let endpoint = "<Endpoint>photos.s3.cn-north-1.amazonaws.com.cn</Endpoint>";
    assert!(redirect.text().contains(endpoint), "{}", redirect.text());
}

#[test]
fn a_request_for_a_subresource_does_not_change_the_object() {
    let mut host = photos();
    let url = format!("{PHOTOS}/public/a.jpg");
    let tagging = ADMIN.send(&mut host, "PUT", &format!("{url}?tagging"), b"<Tagging/>");
    assert_eq!(tagging.status, 405, "{}", tagging.text());
    assert_eq!(ADMIN.send(&mut host, "GET", &url, b"").body, b"public/a.jpg");
}
