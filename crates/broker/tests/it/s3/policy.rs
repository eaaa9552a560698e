//! Bucket policies.

use serde_json::{Value as Json, json};

use super::{ANONYMOUS, PHOTOS, admin, call, code, create_in, message, photos};
use crate::common::{ARCHIVE, Host, STUDIO, between};

/// Attaches a bucket policy. The error is the message of `MalformedPolicy`.
fn put_policy(host: &mut Host, bucket: &str, policy: &str) -> Result<(), String> {
    let input = json!({"Bucket": bucket, "Policy": policy});
    let response = call(host, Some(STUDIO), "PutBucketPolicy", &input);
    if response.status == 204 {
        return Ok(());
    }
    assert_eq!((response.status, code(&response).as_str()), (400, "MalformedPolicy"));
    Err(message(&response))
}

/// The canonical user ID of account Archive.
fn canonical_user_id(host: &mut Host) -> String {
    let buckets = call(host, Some(ARCHIVE), "ListBuckets", &json!({}));
    between(&buckets.text(), "<Owner><ID>", "</ID>").unwrap().to_owned()
}

fn canonical_user(id: &str, resource: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"CanonicalUser": id},
        "Action": "s3:GetObject", "Resource": resource,
    }]})
    .to_string()
}

fn object(key: &str) -> Json {
    json!({"Bucket": "studio-photos", "Key": key})
}

#[test]
fn a_bucket_policy_can_allow_anonymous_access() {
    let mut host = photos();
    let url = format!("{PHOTOS}/public/a.jpg");
    let denied = ANONYMOUS.send(&mut host, "GET", &url, b"");
    assert_eq!((denied.status, message(&denied).as_str()), (403, "Access Denied"));
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"ReadPublic","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::studio-photos/public/*"}]}"#;
    let bucket = json!({"Bucket": "studio-photos"});
    assert_eq!(call(&mut host, Some(STUDIO), "GetBucketPolicy", &bucket).status, 404);
    assert_eq!(put_policy(&mut host, "studio-photos", policy), Ok(()));
    assert_eq!(admin(&mut host, "GetBucketPolicy", &bucket).text(), policy);
    let allowed = ANONYMOUS.send(&mut host, "GET", &url, b"");
    assert_eq!((allowed.status, allowed.body.as_slice()), (200, b"public/a.jpg".as_slice()));
    // Without permission to list the bucket, a missing key returns AccessDenied.
    let missing = call(&mut host, None, "GetObject", &object("public/none"));
    assert_eq!((missing.status, code(&missing).as_str()), (403, "AccessDenied"));
    assert_eq!(call(&mut host, None, "GetObject", &object("uploads/d.jpg")).status, 403);
    let other_account = call(&mut host, Some(ARCHIVE), "GetObject", &object("uploads/d.jpg"));
    assert_eq!((other_account.status, message(&other_account).as_str()), (403, "Access Denied"));
    let policy_for_another_bucket = policy.replace("studio-photos/public", "other");
    let refused = put_policy(&mut host, "studio-photos", &policy_for_another_bucket);
    assert_eq!(refused, Err("Policy has invalid resource".to_owned()));
    admin(&mut host, "DeleteBucketPolicy", &bucket);
    assert_eq!(ANONYMOUS.send(&mut host, "GET", &url, b"").status, 403);
}

/// S3 stores the account's ARN instead of its canonical user ID.
#[test]
fn a_bucket_policy_can_name_an_account_by_its_canonical_user_id() {
    let mut host = photos();
    let id = canonical_user_id(&mut host);
    let photo = object("public/a.jpg");
    assert_eq!(call(&mut host, Some(ARCHIVE), "GetObject", &photo).status, 403);
    let resource = "arn:aws:s3:::studio-photos/public/*";
    assert_eq!(put_policy(&mut host, "studio-photos", &canonical_user(&id, resource)), Ok(()));
    assert_eq!(call(&mut host, Some(ARCHIVE), "GetObject", &photo).status, 200);
    let stored = admin(&mut host, "GetBucketPolicy", &json!({"Bucket": "studio-photos"}));
    let principal = r#""Principal":{"AWS":"arn:aws:iam::444455556666:root"}"#;
    assert!(stored.text().contains(principal), "{}", stored.text());
    let nobody = put_policy(&mut host, "studio-photos", &canonical_user("0a1b", resource));
    assert_eq!(nobody, Err("Invalid principal in policy".to_owned()));
}

/// The ARNs of a bucket and of the accounts in its policy have the partition of its Region.
#[test]
fn bucket_arns_have_the_partition_of_the_region() {
    for (region, partition) in
        [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
    {
        let mut host = Host { region, ..Host::empty() };
        let resource = |host: &mut Host| host.events().pop().unwrap()["case"]["resource"].clone();
        let create = create_in(&host, "photos");
        admin(&mut host, "CreateBucket", &create);
        assert_eq!(resource(&mut host), format!("arn:{partition}:s3:::photos"));
        let id = canonical_user_id(&mut host);
        let policy =
            |partition: &str| canonical_user(&id, &format!("arn:{partition}:s3:::photos/*"));
        let other_partition = if partition == "aws" { "aws-cn" } else { "aws" };
        let refused = put_policy(&mut host, "photos", &policy(other_partition));
        assert_eq!(refused, Err("Policy has invalid resource".to_owned()));
        assert_eq!(put_policy(&mut host, "photos", &policy(partition)), Ok(()));
        let stored = admin(&mut host, "GetBucketPolicy", &json!({"Bucket": "photos"}));
        let account = format!("arn:{partition}:iam::444455556666:root");
        assert!(stored.text().contains(&account), "{}", stored.text());
        let photo = json!({"Bucket": "photos", "Key": "a.jpg", "Body": "a lake"});
        admin(&mut host, "PutObject", &photo);
        assert_eq!(resource(&mut host), format!("arn:{partition}:s3:::photos/a.jpg"));
    }
}

/// AWS's example of a bucket for one website: without the header the condition key is absent.
#[test]
fn a_policy_can_check_the_referer() {
    let mut host = photos();
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::studio-photos/*",
        "Condition": {"StringLike": {"aws:Referer": "https://photos.example/*"}},
    }});
    put_policy(&mut host, "studio-photos", &policy.to_string()).unwrap();
    for (referer, status) in [
        (Some("https://photos.example/album"), 200),
        (Some("https://other.example/"), 403),
        (None, 403),
    ] {
        let mut request = crate::common::get(&format!("{PHOTOS}/public/a.jpg"));
        request.headers.extend(referer.map(|page| ("referer".to_owned(), page.to_owned())));
        let response = host.send(request);
        assert_eq!(response.status, status, "{referer:?}: {}", response.text());
    }
}
