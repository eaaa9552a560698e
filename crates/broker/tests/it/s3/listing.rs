//! `ListObjects` and `ListObjectsV2`.

use serde_json::json;

use super::{admin, call, message, photos};
use crate::common::{STUDIO, between};

#[test]
fn a_delimiter_groups_keys() {
    let mut host = photos();
    let list = json!({"Bucket": "studio-photos", "Delimiter": "/"});
    let text = admin(&mut host, "ListObjectsV2", &list).text().into_owned();
    assert!(text.contains("<CommonPrefixes><Prefix>public/</Prefix></CommonPrefixes>"), "{text}");
    assert!(text.contains("<KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys>"), "{text}");
}

#[test]
fn a_continuation_token_returns_the_next_page() {
    let mut host = photos();
    let mut list = json!({
        "Bucket": "studio-photos", "Prefix": "public/", "MaxKeys": 1, "EncodingType": "url",
    });
    let first = admin(&mut host, "ListObjectsV2", &list).text().into_owned();
    assert!(first.contains("<IsTruncated>true</IsTruncated>"), "{first}");
    list["ContinuationToken"] =
        between(&first, "<NextContinuationToken>", "</NextContinuationToken>").unwrap().into();
    let next = admin(&mut host, "ListObjectsV2", &list).text().into_owned();
    assert!(next.contains("<Key>public/b%20c.jpg</Key>"), "{next}");
    assert!(next.contains("<LastModified>2026-11-23T07:36:08.000Z</LastModified>"), "{next}");
    assert!(next.contains("<IsTruncated>false</IsTruncated>"), "{next}");
    for (member, value, expected) in [
        ("ContinuationToken", "%", "The continuation token provided is incorrect"),
        ("MaxKeys", "x", "Provided max-keys not an integer or within integer range"),
        ("MaxKeys", "-1", "Argument maxKeys must be an integer between 0 and 2147483647"),
        ("EncodingType", "base64", "Invalid Encoding Method specified in Request"),
    ] {
        let list = json!({"Bucket": "studio-photos", member: value});
        let error = call(&mut host, Some(STUDIO), "ListObjectsV2", &list);
        assert_eq!((error.status, message(&error).as_str()), (400, expected));
    }
}

#[test]
fn list_objects_continues_at_a_marker() {
    let mut host = photos();
    let list = json!({"Bucket": "studio-photos", "Marker": "public/b c.jpg"});
    let text = admin(&mut host, "ListObjects", &list).text().into_owned();
    assert!(text.contains("<Marker>public/b c.jpg</Marker>"), "{text}");
    assert!(text.contains("<Key>uploads/d.jpg</Key>"), "{text}");
    assert!(!text.contains("<Key>public"), "{text}");
    let list = json!({"Bucket": "studio-photos", "Delimiter": "/", "MaxKeys": 1});
    let text = admin(&mut host, "ListObjects", &list).text().into_owned();
    assert!(text.contains("<NextMarker>public/</NextMarker>"), "{text}");
}
