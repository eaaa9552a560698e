//! Objects.

use serde_json::json;

use super::{ADMIN, ANONYMOUS, PHOTOS, Raw, admin, call, code, photos};
use crate::common::STUDIO;

#[test]
fn an_object_is_returned_as_it_was_put() {
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
    let part = Raw { headers: &range, ..ADMIN }.send(&mut host, "GET", &url, b"");
    assert_eq!((part.status, part.body.as_slice()), (206, b"bc".as_slice()));
    assert_eq!(part.header("content-range"), Some("bytes 1-2/3"));
    let head = ADMIN.send(&mut host, "HEAD", &url, b"");
    assert_eq!((head.status, head.header("content-length")), (200, Some("3")));
    assert!(head.body.is_empty());
    let same = [("if-none-match", "\"900150983cd24fb0d6963f7d28e17f72\"")];
    let same = Raw { headers: &same, ..ADMIN }.send(&mut host, "GET", &url, b"");
    assert_eq!((same.status, same.body.len()), (304, 0));
    let wrong = [("x-amz-checksum-crc32", "AAAAAA==")];
    let wrong = Raw { headers: &wrong, ..ADMIN }.send(&mut host, "PUT", &url, b"abc");
    assert_eq!((wrong.status, code(&wrong).as_str()), (400, "BadDigest"));
    let key = json!({"Bucket": "studio-photos", "Key": "uploads/x:y/z.jpg"});
    assert_eq!(admin(&mut host, "DeleteObject", &key).status, 204);
    let gone = call(&mut host, Some(STUDIO), "GetObject", &key);
    assert_eq!((gone.status, code(&gone).as_str()), (404, "NoSuchKey"));
    assert!(gone.text().contains("<Key>uploads/x:y/z.jpg</Key>"));
}

#[test]
fn every_key_of_delete_objects_is_authorized_on_its_own() {
    let mut host = photos();
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::studio-photos/public/*"}]}"#;
    admin(&mut host, "PutBucketPolicy", &json!({"Bucket": "studio-photos", "Policy": policy}));
    let body = b"<Delete><Object><Key>public/a.jpg</Key></Object><Object><Key>uploads/d.jpg</Key></Object></Delete>";
    let url = format!("{PHOTOS}/?delete=");
    let bare = ANONYMOUS.send(&mut host, "POST", &url, body);
    assert_eq!((bare.status, code(&bare).as_str()), (400, "InvalidRequest"));
    let digest = [("x-amz-checksum-crc32", "0o4xsA==")];
    let wrong = Raw { headers: &digest, ..ANONYMOUS }.send(&mut host, "POST", &url, body);
    assert_eq!(code(&wrong), "BadDigest");
    let md5 = [("content-md5", "QFLY1CgXbP6wUAoeGkPFHw==")];
    let wrong = Raw { headers: &md5, ..ANONYMOUS }.send(&mut host, "POST", &url, body);
    assert_eq!(code(&wrong), "BadDigest");
    let crc = body.iter().fold(u32::MAX, |crc, byte| {
        (0..8)
            .fold(crc ^ u32::from(*byte), |c, _| (c >> 1) ^ (0xEDB8_8320 & (c & 1).wrapping_neg()))
    });
    let crc = base64(&(!crc).to_be_bytes());
    let right = [("x-amz-checksum-crc32", crc.as_str())];
    let done = Raw { headers: &right, ..ANONYMOUS }.send(&mut host, "POST", &url, body);
    assert_eq!(done.status, 200, "{}", done.text());
    let text = done.text().into_owned();
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
fn a_copy_has_the_metadata_of_its_source_or_of_the_request() {
    let mut host = photos();
    let meta = [("x-amz-meta-a", "1"), ("content-type", "text/plain")];
    let from = format!("{PHOTOS}/from");
    Raw { headers: &meta, ..ADMIN }.send(&mut host, "PUT", &from, b"content");
    let source = [("x-amz-copy-source", "/studio-photos/from")];
    let to = format!("{PHOTOS}/to");
    let copy = Raw { headers: &source, ..ADMIN }.send(&mut host, "PUT", &to, b"");
    assert_eq!(copy.status, 200, "{}", copy.text());
    assert!(copy.text().contains("<CopyObjectResult"), "{}", copy.text());
    let head = ADMIN.send(&mut host, "GET", &to, b"");
    assert_eq!(
        (head.header("x-amz-meta-a"), head.body.as_slice()),
        (Some("1"), b"content".as_slice())
    );
    let itself = Raw { headers: &source, ..ADMIN }.send(&mut host, "PUT", &from, b"");
    assert_eq!((itself.status, code(&itself).as_str()), (400, "InvalidRequest"));
    let replace = [source[0], ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-b", "2")];
    Raw { headers: &replace, ..ADMIN }.send(&mut host, "PUT", &from, b"");
    let head = ADMIN.send(&mut host, "HEAD", &from, b"");
    assert_eq!((head.header("x-amz-meta-a"), head.header("x-amz-meta-b")), (None, Some("2")));
}

#[test]
fn events_do_not_keep_uploads() {
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
    let last = event["ladder"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["state"]), (&"state".into(), &"refused".into()));
}
