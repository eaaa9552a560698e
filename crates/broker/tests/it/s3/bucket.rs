//! Buckets.

use serde_json::json;

use super::{ADMIN, PHOTOS, Raw, admin, call, code, create_in, photos};
use crate::common::{ARCHIVE, Host, STUDIO};

#[test]
fn a_bucket_from_beginning_to_end() {
    let mut host = Host::empty();
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::album/*",
    }});
    let object = json!({"Bucket": "album", "Key": "a/lake.jpg", "Body": "a lake"});
    let copy = json!({"Bucket": "album", "Key": "b/lake.jpg", "CopySource": "/album/a/lake.jpg"});
    let key = json!({"Bucket": "album", "Key": "a/lake.jpg"});
    let bucket = json!({"Bucket": "album"});
    let both = json!({"Bucket": "album", "Delete": {"Object": [{"Key": "b/lake.jpg"}]}});
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
        // The digest of the body is a header that SDKs add, and no member.
        ("DeleteObjects", &both, 400, "Content-MD5"),
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

/// A bucket whose name ends as a region does is still a bucket.
#[test]
fn a_virtual_hosted_address_names_any_bucket() {
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
fn a_name_is_taken_in_every_account() {
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
    let own = admin(&mut host, "ListBuckets", &json!({}));
    assert!(own.text().contains("<Bucket><Name>studio-photos</Name>"), "{}", own.text());
    let other = call(&mut host, Some(ARCHIVE), "ListBuckets", &json!({}));
    assert!(!other.text().contains("studio-photos"), "{}", other.text());
    let full = call(&mut host, Some(STUDIO), "DeleteBucket", &create);
    assert_eq!((full.status, code(&full).as_str()), (409, "BucketNotEmpty"));
}

#[test]
fn a_bucket_belongs_to_one_region() {
    let mut host = Host { region: "eu-west-1", ..photos() };
    let (create, bucket) = (create_in(&host, "west-photos"), json!({"Bucket": "west-photos"}));
    admin(&mut host, "CreateBucket", &create);
    let location = admin(&mut host, "GetBucketLocation", &bucket);
    assert!(location.text().contains(">eu-west-1</LocationConstraint>"), "{}", location.text());
    let twice = call(&mut host, Some(STUDIO), "CreateBucket", &create);
    assert_eq!((twice.status, code(&twice).as_str()), (409, "BucketAlreadyOwnedByYou"));
    let west = "https://west-photos.s3.eu-west-1.amazonaws.com/k";
    let signed = ADMIN.send(&mut host, "GET", west, b"");
    assert_eq!((signed.status, code(&signed).as_str()), (400, "AuthorizationHeaderMalformed"));
    host.region = "us-east-1";
    let object = json!({"Bucket": "west-photos", "Key": "k"});
    let away = call(&mut host, Some(STUDIO), "GetObject", &object);
    assert_eq!((away.status, code(&away).as_str()), (301, "PermanentRedirect"));
    assert_eq!(away.header("x-amz-bucket-region"), Some("eu-west-1"));
    assert!(away.text().contains("<Endpoint>west-photos.s3.eu-west-1.amazonaws.com</Endpoint>"));
    host.region = "eu-west-1";
    admin(&mut host, "DeleteBucket", &bucket);
    let head = ADMIN.send(&mut host, "HEAD", &format!("{PHOTOS}/"), b"");
    assert_eq!((head.status, head.header("x-amz-bucket-region")), (200, Some("us-east-1")));
}

/// A redirect names the endpoint in the domain of its partition.
#[test]
fn a_redirect_stays_in_its_partition() {
    let mut host = Host { region: "cn-north-1", ..Host::empty() };
    let create = create_in(&host, "photos");
    admin(&mut host, "CreateBucket", &create);
    let there = Raw { region: "cn-northwest-1", ..ADMIN };
    let url = "https://photos.s3.cn-northwest-1.amazonaws.com.cn/k";
    let away = there.send(&mut host, "GET", url, b"");
    let endpoint = "<Endpoint>photos.s3.cn-north-1.amazonaws.com.cn</Endpoint>";
    assert!(away.text().contains(endpoint), "{}", away.text());
}

#[test]
fn a_subresource_is_not_the_object() {
    let mut host = photos();
    let url = format!("{PHOTOS}/public/a.jpg");
    let tagging = ADMIN.send(&mut host, "PUT", &format!("{url}?tagging"), b"<Tagging/>");
    assert_eq!(tagging.status, 405, "{}", tagging.text());
    assert_eq!(ADMIN.send(&mut host, "GET", &url, b"").body, b"public/a.jpg");
}
