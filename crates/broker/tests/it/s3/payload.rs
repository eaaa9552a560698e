//! Uploads: chunks, checksums and signatures.

use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4;
use serde_json::json;

use super::{ADMIN, PHOTOS, Raw, admin, call, code, photos};
use crate::common::{Host, STUDIO, credentials};

#[test]
fn chunked_content_is_decoded() {
    let mut host = photos();
    let headers = [
        ("content-encoding", "aws-chunked"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ];
    let url = format!("{PHOTOS}/stream");
    let body = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    let put = Raw { headers: &headers, ..ADMIN }.send(&mut host, "PUT", &url, body);
    assert_eq!(put.status, 200, "{}", put.text());
    let get = admin(&mut host, "GetObject", &json!({"Bucket": "studio-photos", "Key": "stream"}));
    assert_eq!((get.body.as_slice(), get.header("content-encoding")), (b"hello".as_slice(), None));
}

/// Uploads in signed chunks; `change` modifies the body after signing.
fn upload_in_chunks(host: &mut Host, trailer: bool, change: fn(&mut Vec<u8>)) -> Response {
    let content_sha256 = if trailer {
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
    } else {
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    };
    let mut request = Request {
        method: "PUT".into(),
        url: format!("{PHOTOS}/stream"),
        headers: vec![
            ("content-encoding".into(), "aws-chunked".into()),
            ("x-amz-decoded-content-length".into(), "11".into()),
            ("x-amz-content-sha256".into(), content_sha256.into()),
        ],
        body: Vec::new(),
    };
    let key = credentials(STUDIO);
    let mut authorization = sigv4::Authorization {
        access_key_id: key.access_key_id,
        date: "20261123".into(),
        region: "us-east-1".into(),
        service: "s3".into(),
        signed_headers: [
            "host",
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-decoded-content-length",
        ]
        .map(Into::into)
        .into(),
        signature: String::new(),
        amz_date: "20261123T073608Z".into(),
        session_token: None,
        expires: None,
    };
    request.headers.push(("x-amz-date".into(), authorization.amz_date.clone()));
    let to_sign =
        sigv4::string_to_sign(&authorization, &sigv4::canonical_request(&request, &authorization));
    authorization.signature = sigv4::signature(STUDIO.1, &authorization, &to_sign);
    request.headers.push(("authorization".into(), authorization.header()));
    let mut signatures = sigv4::ChunkSignatures::new(STUDIO.1, &authorization);
    for chunk in ["hello ", "world", ""] {
        let signature = signatures.chunk(chunk.as_bytes()).to_owned();
        let line_end = if chunk.is_empty() { "" } else { "\r\n" };
        let body_chunk =
            format!("{:x};chunk-signature={signature}\r\n{chunk}{line_end}", chunk.len());
        request.body.extend(body_chunk.into_bytes());
    }
    if trailer {
        let trailer_line = "x-amz-checksum-crc32:DUoRhQ==";
        let signature = signatures.trailer(&format!("{trailer_line}\n")).to_owned();
        request
            .body
            .extend(format!("{trailer_line}\r\nx-amz-trailer-signature:{signature}\r\n").bytes());
    }
    request.body.extend(b"\r\n");
    change(&mut request.body);
    host.send(request)
}

#[test]
fn every_chunk_must_have_a_valid_signature() {
    fn replace(body: &mut Vec<u8>, from: &str, to: &str) {
        *body = String::from_utf8(std::mem::take(body)).unwrap().replacen(from, to, 1).into_bytes();
    }
    fn remove_trailer(body: &mut Vec<u8>) {
        let text = String::from_utf8(std::mem::take(body)).unwrap();
        body.extend(text.split("x-amz-checksum").next().unwrap().bytes());
        body.extend(b"\r\n");
    }
    type Change = fn(&mut Vec<u8>);
    let rows: &[(&str, bool, Change, u16)] = &[
        ("as signed", false, |_| {}, 200),
        ("as signed, with a trailer", true, |_| {}, 200),
        ("a changed byte in the first chunk", false, |b| replace(b, "hello", "jello"), 403),
        ("a changed byte in the second chunk", true, |b| replace(b, "world", "words"), 403),
        ("a chunk without a signature", false, |b| replace(b, "6;chunk-signature=", "6;x="), 403),
        ("a changed checksum in the trailer", true, |b| replace(b, "DUoRhQ==", "DUoRhR=="), 403),
        ("without the trailer", true, remove_trailer, 403),
        (
            "a trailer without a signature",
            true,
            |b| replace(b, "trailer-signature", "trailer-x"),
            403,
        ),
    ];
    for (name, trailer, change, status) in rows {
        let mut host = photos();
        let response = upload_in_chunks(&mut host, *trailer, *change);
        assert_eq!(response.status, *status, "{name}: {}", response.text());
        let key = json!({"Bucket": "studio-photos", "Key": "stream"});
        let stored = call(&mut host, Some(STUDIO), "GetObject", &key);
        if *status == 200 {
            assert_eq!(stored.text(), "hello world", "{name}");
        } else {
            assert_eq!(code(&response), "SignatureDoesNotMatch", "{name}");
            assert_eq!(stored.status, 404, "{name}");
        }
    }
}
