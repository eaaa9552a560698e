//! Objects: upload, download, copy and deletion.

use serde_json::json;

use super::{ADMIN, ANONYMOUS, PHOTOS, Raw, admin, call, code, photos};
use crate::common::STUDIO;

#[test]
fn an_object_is_returned_with_its_headers_and_metadata() {
    let mut host = photos();
    let headers = [
        ("content-type", "image/jpeg"),
        ("x-amz-meta-place", "Oslo"),
        ("cache-control", "no-cache"),
        ("x-amz-checksum-crc32", "NSRBwg=="),
    ];
    let url = format!("{PHOTOS}/uploads/x%3Ay/z.jpg?x-id=PutObject");
    let put = Raw { headers: &headers, ..ADMIN }.send(&mut host, "PUT", &url, b"abc");
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(put.header("etag"), Some("\"900150983cd24fb0d6963f7d28e17f72\""));
    assert_eq!(put.header("x-amz-checksum-crc32"), Some("NSRBwg=="));
    let mode = [("x-amz-checksum-mode", "ENABLED")];
    let get = Raw { headers: &mode, ..ADMIN }.send(&mut host, "GET", &url, b"");
    assert_eq!((get.status, get.body.as_slice()), (200, b"abc".as_slice()));
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("x-amz-meta-place", "Oslo"),
        ("cache-control", "no-cache"),
        ("accept-ranges", "bytes"),
        ("last-modified", "Mon, 23 Nov 2026 07:36:08 GMT"),
        ("x-amz-checksum-crc32", "NSRBwg=="),
    ] {
        assert_eq!(get.header(name), Some(value), "{name}");
    }
    let range = [("range", "bytes=1-")];
    let partial = Raw { headers: &range, ..ADMIN }.send(&mut host, "GET", &url, b"");
    assert_eq!((partial.status, partial.body.as_slice()), (206, b"bc".as_slice()));
    assert_eq!(partial.header("content-range"), Some("bytes 1-2/3"));
    let head = ADMIN.send(&mut host, "HEAD", &url, b"");
    assert_eq!((head.status, head.header("content-length")), (200, Some("3")));
    assert!(head.body.is_empty());
    let not_modified = [("if-none-match", "\"900150983cd24fb0d6963f7d28e17f72\"")];
    let not_modified = Raw { headers: &not_modified, ..ADMIN }.send(&mut host, "GET", &url, b"");
    assert_eq!((not_modified.status, not_modified.body.len()), (304, 0));
    let bad_digest = [("x-amz-checksum-crc32", "AAAAAA==")];
    let bad_digest = Raw { headers: &bad_digest, ..ADMIN }.send(&mut host, "PUT", &url, b"abc");
    assert_eq!((bad_digest.status, code(&bad_digest).as_str()), (400, "BadDigest"));
    let key = json!({"Bucket": "studio-photos", "Key": "uploads/x:y/z.jpg"});
    assert_eq!(admin(&mut host, "DeleteObject", &key).status, 204);
    let no_such_key = call(&mut host, Some(STUDIO), "GetObject", &key);
    assert_eq!((no_such_key.status, code(&no_such_key).as_str()), (404, "NoSuchKey"));
    assert!(no_such_key.text().contains("<Key>uploads/x:y/z.jpg</Key>"));
}

#[test]
fn delete_objects_authorizes_each_key_separately() {
    let mut host = photos();
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::studio-photos/public/*"}]}"#;
    admin(&mut host, "PutBucketPolicy", &json!({"Bucket": "studio-photos", "Policy": policy}));
    let body = b"<Delete><Object><Key>public/a.jpg</Key></Object><Object><Key>uploads/d.jpg</Key></Object></Delete>";
    let url = format!("{PHOTOS}/?delete=");
    let without_digest = ANONYMOUS.send(&mut host, "POST", &url, body);
    assert_eq!((without_digest.status, code(&without_digest).as_str()), (400, "InvalidRequest"));
    let digest = [("x-amz-checksum-crc32", "0o4xsA==")];
    let bad_digest = Raw { headers: &digest, ..ANONYMOUS }.send(&mut host, "POST", &url, body);
    assert_eq!(code(&bad_digest), "BadDigest");
    let md5 = [("content-md5", "QFLY1CgXbP6wUAoeGkPFHw==")];
    let bad_digest = Raw { headers: &md5, ..ANONYMOUS }.send(&mut host, "POST", &url, body);
    assert_eq!(code(&bad_digest), "BadDigest");
    let crc = body.iter().fold(u32::MAX, |crc, byte| {
        (0..8)
            .fold(crc ^ u32::from(*byte), |c, _| (c >> 1) ^ (0xEDB8_8320 & (c & 1).wrapping_neg()))
    });
    let crc = base64(&(!crc).to_be_bytes());
    let valid_digest = [("x-amz-checksum-crc32", crc.as_str())];
    let response = Raw { headers: &valid_digest, ..ANONYMOUS }.send(&mut host, "POST", &url, body);
    assert_eq!(response.status, 200, "{}", response.text());
    let text = response.text().into_owned();
    assert!(text.contains("<Deleted><Key>public/a.jpg</Key></Deleted>"), "{text}");
    assert!(text.contains("<Error><Key>uploads/d.jpg</Key><Code>AccessDenied</Code>"), "{text}");
    admin(&mut host, "GetObject", &json!({"Bucket": "studio-photos", "Key": "uploads/d.jpg"}));
}

/// Base64 of four bytes.
fn base64(bytes: &[u8; 4]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let number = u64::from(u32::from_be_bytes(*bytes)) << 4;
    let digit = |shift: u64| char::from(ALPHABET[(number >> shift & 63) as usize]);
    format!("{}==", [30, 24, 18, 12, 6, 0].map(digit).iter().collect::<String>())
}

#[test]
fn a_copy_has_the_metadata_of_its_source_or_its_request() {
    let mut host = photos();
    let meta = [("x-amz-meta-a", "1"), ("content-type", "text/plain")];
    let source_url = format!("{PHOTOS}/from");
    Raw { headers: &meta, ..ADMIN }.send(&mut host, "PUT", &source_url, b"content");
    let copy_source = [("x-amz-copy-source", "/studio-photos/from")];
    let target_url = format!("{PHOTOS}/to");
    let copy = Raw { headers: &copy_source, ..ADMIN }.send(&mut host, "PUT", &target_url, b"");
    assert_eq!(copy.status, 200, "{}", copy.text());
    assert!(copy.text().contains("<CopyObjectResult"), "{}", copy.text());
    let head = ADMIN.send(&mut host, "GET", &target_url, b"");
    assert_eq!(
        (head.header("x-amz-meta-a"), head.body.as_slice()),
        (Some("1"), b"content".as_slice())
    );
    let copy_to_itself =
        Raw { headers: &copy_source, ..ADMIN }.send(&mut host, "PUT", &source_url, b"");
    assert_eq!((copy_to_itself.status, code(&copy_to_itself).as_str()), (400, "InvalidRequest"));
    let replace = [copy_source[0], ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-b", "2")];
    Raw { headers: &replace, ..ADMIN }.send(&mut host, "PUT", &source_url, b"");
    let head = ADMIN.send(&mut host, "HEAD", &source_url, b"");
    assert_eq!((head.header("x-amz-meta-a"), head.header("x-amz-meta-b")), (None, Some("2")));
}

#[test]
fn events_do_not_contain_uploaded_bodies() {
    let mut host = photos();
    let body = vec![0; 100_000];
    let url = format!("{PHOTOS}/big");
    assert_eq!(ADMIN.send(&mut host, "PUT", &url, &body).status, 200);
    let event = host.events().pop().unwrap();
    assert_eq!(event["input"]["Body"], "100000 bytes");
    assert!(event.to_string().len() < 200_000);
    assert_eq!(ADMIN.send(&mut host, "GET", &url, b"").body, body);
    let missing = json!({"Bucket": "studio-photos", "Key": "none"});
    assert_eq!(call(&mut host, Some(STUDIO), "GetObject", &missing).status, 404);
    let event = host.events().pop().unwrap();
    let rung = event["ladder"].as_array().unwrap().last().unwrap();
    assert_eq!((&rung["kind"], &rung["state"]), (&"state".into(), &"refused".into()));
}
