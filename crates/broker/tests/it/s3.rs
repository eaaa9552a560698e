//! S3 through the front door.

use serde_json::json;

use crate::common::{ARCHIVE, Host, STUDIO, between};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4::{self, Credentials};

const PHOTOS: &str = "https://studio-photos.s3.us-east-1.amazonaws.com";

struct Call<'a> {
    key: Option<(&'a str, &'a str)>,
    headers: &'a [(&'a str, &'a str)],
    region: &'a str,
}

const ADMIN: Call<'static> = Call { key: Some(STUDIO), headers: &[], region: "us-east-1" };
const NOBODY: Call<'static> = Call { key: None, ..ADMIN };

impl Call<'_> {
    fn send(&self, host: &mut Host, method: &str, url: &str, body: &[u8]) -> Response {
        let headers = self.headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        let mut request =
            Request { method: method.into(), url: url.into(), headers, body: body.to_vec() };
        if let Some((id, secret)) = self.key {
            let credentials = Credentials {
                access_key_id: id.into(),
                secret_access_key: secret.into(),
                session_token: None,
            };
            sigv4::sign(&mut request, &credentials, self.region, "s3", host.now);
        }
        host.send(request)
    }
}

fn code(response: &Response) -> String {
    let text = response.text().into_owned();
    between(&text, "<Code>", "</Code>").unwrap_or_default().to_owned()
}

fn message(response: &Response) -> String {
    let text = response.text().into_owned();
    between(&text, "<Message>", "</Message>").unwrap_or_default().replace("&quot;", "\"")
}

/// A world with a bucket and three objects.
fn photos() -> Host {
    let mut host = Host::empty();
    assert_eq!(ADMIN.send(&mut host, "PUT", &format!("{PHOTOS}/"), b"").status, 200);
    for key in ["public/a.jpg", "public/b%20c.jpg", "uploads/d.jpg"] {
        let put = ADMIN.send(&mut host, "PUT", &format!("{PHOTOS}/{key}"), key.as_bytes());
        assert_eq!(put.status, 200, "{}", put.text());
    }
    host
}

#[test]
fn an_object_comes_back_as_it_went_in() {
    let mut host = photos();
    let headers = [
        ("content-type", "image/jpeg"),
        ("x-amz-meta-place", "Oslo"),
        ("cache-control", "no-cache"),
        ("x-amz-checksum-crc32", "NSRBwg=="),
    ];
    let url = format!("{PHOTOS}/uploads/x%3Ay/z.jpg?x-id=PutObject");
    let put = Call { headers: &headers, ..ADMIN }.send(&mut host, "PUT", &url, b"abc");
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(put.header("etag"), Some("\"900150983cd24fb0d6963f7d28e17f72\""));
    assert_eq!(put.header("x-amz-checksum-crc32"), Some("NSRBwg=="));
    let mode = [("x-amz-checksum-mode", "ENABLED")];
    let get = Call { headers: &mode, ..ADMIN }.send(&mut host, "GET", &url, b"");
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
    let part = Call { headers: &range, ..ADMIN }.send(&mut host, "GET", &url, b"");
    assert_eq!((part.status, part.body.as_slice()), (206, b"bc".as_slice()));
    assert_eq!(part.header("content-range"), Some("bytes 1-2/3"));
    let head = ADMIN.send(&mut host, "HEAD", &url, b"");
    assert_eq!((head.status, head.header("content-length")), (200, Some("3")));
    assert!(head.body.is_empty());
    let same = [("if-none-match", "\"900150983cd24fb0d6963f7d28e17f72\"")];
    let same = Call { headers: &same, ..ADMIN }.send(&mut host, "GET", &url, b"");
    assert_eq!((same.status, same.body.len()), (304, 0));
    let wrong = [("x-amz-checksum-crc32", "AAAAAA==")];
    let wrong = Call { headers: &wrong, ..ADMIN }.send(&mut host, "PUT", &url, b"abc");
    assert_eq!((wrong.status, code(&wrong).as_str()), (400, "BadDigest"));
    assert_eq!(ADMIN.send(&mut host, "DELETE", &url, b"").status, 204);
    let gone = ADMIN.send(&mut host, "GET", &url, b"");
    assert_eq!((gone.status, code(&gone).as_str()), (404, "NoSuchKey"));
    assert!(gone.text().contains("<Key>uploads/x:y/z.jpg</Key>"));
}

/// A bucket whose name ends as a region does is still a bucket.
#[test]
fn buckets_that_look_like_regions() {
    let mut host = Host::empty();
    for bucket in ["my-app-2026", "uploads-dev-111122223333", "eu-west-1"] {
        let at = format!("https://{bucket}.s3.us-east-1.amazonaws.com");
        assert_eq!(ADMIN.send(&mut host, "PUT", &format!("{at}/"), b"").status, 200, "{bucket}");
        let put = ADMIN.send(&mut host, "PUT", &format!("{at}/photo"), b"a lake");
        assert_eq!(put.status, 200, "{bucket}: {}", put.text());
        assert_eq!(host.events().pop().unwrap()["call"], "PutObject", "{bucket}");
        let get = ADMIN.send(&mut host, "GET", &format!("{at}/photo"), b"");
        assert_eq!(get.text(), "a lake", "{bucket}");
    }
}

#[test]
fn listings_fold_and_page() {
    let mut host = photos();
    let url = format!("{PHOTOS}/?list-type=2&delimiter=%2F");
    let text = ADMIN.send(&mut host, "GET", &url, b"").text().into_owned();
    assert!(text.contains("<CommonPrefixes><Prefix>public/</Prefix></CommonPrefixes>"), "{text}");
    assert!(text.contains("<KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys>"), "{text}");
    let url = format!("{PHOTOS}/?list-type=2&prefix=public%2F&max-keys=1&encoding-type=url");
    let first = ADMIN.send(&mut host, "GET", &url, b"").text().into_owned();
    assert!(first.contains("<IsTruncated>true</IsTruncated>"), "{first}");
    let token = between(&first, "<NextContinuationToken>", "<").unwrap();
    let token = cognitab_wire::http::encode(token);
    let next = ADMIN.send(&mut host, "GET", &format!("{url}&continuation-token={token}"), b"");
    let next = next.text().into_owned();
    assert!(next.contains("<Key>public/b%20c.jpg</Key>"), "{next}");
    assert!(next.contains("<LastModified>2026-11-23T07:36:08.000Z</LastModified>"), "{next}");
    let url = "https://s3.us-east-1.amazonaws.com/studio-photos?prefix=uploads&marker=a";
    let old = ADMIN.send(&mut host, "GET", url, b"").text().into_owned();
    assert!(
        old.contains("<Key>uploads/d.jpg</Key>") && old.contains("<Marker>a</Marker>"),
        "{old}"
    );
    let buckets = ADMIN.send(&mut host, "GET", "https://s3.us-east-1.amazonaws.com/", b"");
    assert!(buckets.text().contains("<Bucket><Name>studio-photos</Name>"), "{}", buckets.text());
}

#[test]
fn a_bucket_policy_opens_a_bucket_to_everybody() {
    let mut host = photos();
    let url = format!("{PHOTOS}/public/a.jpg");
    let closed = NOBODY.send(&mut host, "GET", &url, b"");
    assert_eq!((closed.status, message(&closed).as_str()), (403, "Access Denied"));
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"ReadPublic","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::studio-photos/public/*"}]}"#;
    let at = format!("{PHOTOS}/?policy");
    assert_eq!(ADMIN.send(&mut host, "GET", &at, b"").status, 404);
    assert_eq!(ADMIN.send(&mut host, "PUT", &at, policy.as_bytes()).status, 204);
    assert_eq!(ADMIN.send(&mut host, "GET", &at, b"").text(), policy);
    let open = NOBODY.send(&mut host, "GET", &url, b"");
    assert_eq!((open.status, open.body.as_slice()), (200, b"public/a.jpg".as_slice()));
    // Whoever may not list learns nothing of what is missing.
    let missing = NOBODY.send(&mut host, "GET", &format!("{PHOTOS}/public/none"), b"");
    assert_eq!((missing.status, code(&missing).as_str()), (403, "AccessDenied"));
    let inside = NOBODY.send(&mut host, "GET", &format!("{PHOTOS}/uploads/d.jpg"), b"");
    assert_eq!(inside.status, 403);
    let foreign = Call { key: Some(ARCHIVE), ..ADMIN };
    let foreign = foreign.send(&mut host, "GET", &format!("{PHOTOS}/uploads/d.jpg"), b"");
    assert_eq!((foreign.status, message(&foreign).as_str()), (403, "Access Denied"));
    let bad = policy.replace("studio-photos/public", "other");
    let bad = ADMIN.send(&mut host, "PUT", &at, bad.as_bytes());
    assert_eq!(
        (code(&bad), message(&bad)),
        ("MalformedPolicy".into(), "Policy has invalid resource".into())
    );
    assert_eq!(ADMIN.send(&mut host, "DELETE", &at, b"").status, 204);
    assert_eq!(NOBODY.send(&mut host, "GET", &url, b"").status, 403);
}

/// S3 tells everybody its account's canonical id, and stores the account for it.
#[test]
fn a_bucket_policy_names_an_account_by_its_canonical_id() {
    let mut host = photos();
    let archive = Call { key: Some(ARCHIVE), ..ADMIN };
    let all = archive.send(&mut host, "GET", "https://s3.us-east-1.amazonaws.com/", b"");
    let id = between(&all.text(), "<Owner><ID>", "</ID>").unwrap().to_owned();
    let statement = |id: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"CanonicalUser":"{id}"}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::studio-photos/public/*"}}]}}"#
        )
    };
    let at = format!("{PHOTOS}/?policy");
    let photo = format!("{PHOTOS}/public/a.jpg");
    assert_eq!(archive.send(&mut host, "GET", &photo, b"").status, 403);
    assert_eq!(ADMIN.send(&mut host, "PUT", &at, statement(&id).as_bytes()).status, 204);
    assert_eq!(archive.send(&mut host, "GET", &photo, b"").status, 200);
    let stored = ADMIN.send(&mut host, "GET", &at, b"").text().into_owned();
    let principal = r#""Principal":{"AWS":"arn:aws:iam::444455556666:root"}"#;
    assert!(stored.contains(principal), "{stored}");
    let nobody = ADMIN.send(&mut host, "PUT", &at, statement("0a1b").as_bytes());
    assert_eq!(message(&nobody), "Invalid principal in policy");
}

/// Every ARN of a bucket takes the partition of its region: as the resource of a request, in the
/// bucket's policy, and of the account that a canonical id stands for.
#[test]
fn arns_are_those_of_the_partition() {
    for (region, domain, partition) in [
        ("eu-west-1", "amazonaws.com", "aws"),
        ("cn-north-1", "amazonaws.com.cn", "aws-cn"),
        ("us-gov-west-1", "amazonaws.com", "aws-us-gov"),
    ] {
        let mut host = Host::empty();
        let there = Call { region, ..ADMIN };
        let at = format!("https://photos.s3.{region}.{domain}");
        let body = format!(
            "<CreateBucketConfiguration><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>"
        );
        let created = there.send(&mut host, "PUT", &format!("{at}/"), body.as_bytes());
        assert_eq!(created.status, 200, "{}", created.text());
        let resource = |host: &mut Host| host.events().pop().unwrap()["case"]["resource"].clone();
        assert_eq!(resource(&mut host), format!("arn:{partition}:s3:::photos"));
        let archive = Call { key: Some(ARCHIVE), ..there };
        let all = archive.send(&mut host, "GET", &format!("https://s3.{region}.{domain}/"), b"");
        let id = between(&all.text(), "<Owner><ID>", "</ID>").unwrap().to_owned();
        let statement = |partition: &str| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"CanonicalUser":"{id}"}},"Action":"s3:GetObject","Resource":"arn:{partition}:s3:::photos/*"}}]}}"#
            )
        };
        let policy = format!("{at}/?policy");
        let other = if partition == "aws" { "aws-cn" } else { "aws" };
        let foreign = there.send(&mut host, "PUT", &policy, statement(other).as_bytes());
        assert_eq!(message(&foreign), "Policy has invalid resource");
        let put = there.send(&mut host, "PUT", &policy, statement(partition).as_bytes());
        assert_eq!(put.status, 204, "{}", put.text());
        let stored = there.send(&mut host, "GET", &policy, b"").text().into_owned();
        assert!(stored.contains(&format!("arn:{partition}:iam::444455556666:root")), "{stored}");
        there.send(&mut host, "PUT", &format!("{at}/a.jpg"), b"a lake");
        assert_eq!(resource(&mut host), format!("arn:{partition}:s3:::photos/a.jpg"));
    }
    let mut host = Host::empty();
    let there = Call { region: "cn-north-1", ..ADMIN };
    let body = b"<CreateBucketConfiguration><LocationConstraint>cn-north-1</LocationConstraint></CreateBucketConfiguration>";
    there.send(&mut host, "PUT", "https://s3.cn-north-1.amazonaws.com.cn/photos", body);
    let west = Call { region: "cn-northwest-1", ..ADMIN };
    let away =
        west.send(&mut host, "GET", "https://s3.cn-northwest-1.amazonaws.com.cn/photos/k", b"");
    let endpoint = "<Endpoint>photos.s3.cn-north-1.amazonaws.com.cn</Endpoint>";
    assert!(away.text().contains(endpoint), "{}", away.text());
}

#[test]
fn several_keys_are_removed_each_by_its_own_right() {
    let mut host = photos();
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::studio-photos/public/*"}]}"#;
    ADMIN.send(&mut host, "PUT", &format!("{PHOTOS}/?policy"), policy.as_bytes());
    let body = b"<Delete><Object><Key>public/a.jpg</Key></Object><Object><Key>uploads/d.jpg</Key></Object></Delete>";
    let url = format!("{PHOTOS}/?delete=");
    let bare = NOBODY.send(&mut host, "POST", &url, body);
    assert_eq!((bare.status, code(&bare).as_str()), (400, "InvalidRequest"));
    let digest = [("x-amz-checksum-crc32", "0o4xsA==")];
    let wrong = Call { headers: &digest, ..NOBODY }.send(&mut host, "POST", &url, body);
    assert_eq!(code(&wrong), "BadDigest");
    let md5 = [("content-md5", "QFLY1CgXbP6wUAoeGkPFHw==")];
    let wrong = Call { headers: &md5, ..NOBODY }.send(&mut host, "POST", &url, body);
    assert_eq!(code(&wrong), "BadDigest");
    let crc = body.iter().fold(u32::MAX, |crc, byte| {
        (0..8)
            .fold(crc ^ u32::from(*byte), |c, _| (c >> 1) ^ (0xEDB8_8320 & (c & 1).wrapping_neg()))
    });
    let crc = base64(&(!crc).to_be_bytes());
    let right = [("x-amz-checksum-crc32", crc.as_str())];
    let done = Call { headers: &right, ..NOBODY }.send(&mut host, "POST", &url, body);
    assert_eq!(done.status, 200, "{}", done.text());
    let text = done.text().into_owned();
    assert!(text.contains("<Deleted><Key>public/a.jpg</Key></Deleted>"), "{text}");
    assert!(text.contains("<Error><Key>uploads/d.jpg</Key><Code>AccessDenied</Code>"), "{text}");
    let kept = ADMIN.send(&mut host, "GET", &format!("{PHOTOS}/uploads/d.jpg"), b"");
    assert_eq!(kept.status, 200);
}

/// Base64 of four bytes.
fn base64(bytes: &[u8; 4]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let number = u64::from(u32::from_be_bytes(*bytes)) << 4;
    let digit = |shift: u64| char::from(ALPHABET[(number >> shift & 63) as usize]);
    format!("{}==", [30, 24, 18, 12, 6, 0].map(digit).iter().collect::<String>())
}

#[test]
fn names_belong_to_one_account_and_buckets_to_one_region() {
    let mut host = photos();
    let archive = Call { key: Some(ARCHIVE), ..ADMIN };
    let taken = archive.send(&mut host, "PUT", &format!("{PHOTOS}/"), b"");
    assert_eq!((taken.status, code(&taken).as_str()), (409, "BucketAlreadyExists"));
    assert_eq!(ADMIN.send(&mut host, "PUT", &format!("{PHOTOS}/"), b"").status, 200);
    let bad = ADMIN.send(&mut host, "PUT", "https://s3.us-east-1.amazonaws.com/Bad_Name", b"");
    assert_eq!((bad.status, code(&bad).as_str()), (400, "InvalidBucketName"));
    let none = ADMIN.send(&mut host, "GET", "https://s3.us-east-1.amazonaws.com/no-such/k", b"");
    assert_eq!((none.status, code(&none).as_str()), (404, "NoSuchBucket"));
    assert!(none.text().contains("<BucketName>no-such</BucketName>"));
    let west = "https://west-photos.s3.eu-west-1.amazonaws.com";
    let body = b"<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
    let there = Call { region: "eu-west-1", ..ADMIN };
    assert_eq!(there.send(&mut host, "PUT", &format!("{west}/"), body).status, 200);
    let location = there.send(&mut host, "GET", &format!("{west}/?location"), b"");
    assert!(location.text().contains(">eu-west-1</LocationConstraint>"), "{}", location.text());
    let away = "https://west-photos.s3.us-east-1.amazonaws.com/k";
    let away = ADMIN.send(&mut host, "GET", away, b"");
    assert_eq!((away.status, code(&away).as_str()), (301, "PermanentRedirect"));
    assert_eq!(away.header("x-amz-bucket-region"), Some("eu-west-1"));
    let signed = ADMIN.send(&mut host, "GET", &format!("{west}/k"), b"");
    assert_eq!((signed.status, code(&signed).as_str()), (400, "AuthorizationHeaderMalformed"));
    let full = ADMIN.send(&mut host, "DELETE", &format!("{PHOTOS}/"), b"");
    assert_eq!((full.status, code(&full).as_str()), (409, "BucketNotEmpty"));
    assert_eq!(there.send(&mut host, "DELETE", &format!("{west}/"), b"").status, 204);
    let head = ADMIN.send(&mut host, "HEAD", &format!("{PHOTOS}/"), b"");
    assert_eq!((head.status, head.header("x-amz-bucket-region")), (200, Some("us-east-1")));
}

#[test]
fn copies_take_metadata_along_or_not() {
    let mut host = photos();
    let meta = [("x-amz-meta-a", "1"), ("content-type", "text/plain")];
    let from = format!("{PHOTOS}/from");
    Call { headers: &meta, ..ADMIN }.send(&mut host, "PUT", &from, b"content");
    let source = [("x-amz-copy-source", "/studio-photos/from")];
    let to = format!("{PHOTOS}/to");
    let copy = Call { headers: &source, ..ADMIN }.send(&mut host, "PUT", &to, b"");
    assert_eq!(copy.status, 200, "{}", copy.text());
    assert!(copy.text().contains("<CopyObjectResult"), "{}", copy.text());
    let head = ADMIN.send(&mut host, "GET", &to, b"");
    assert_eq!(
        (head.header("x-amz-meta-a"), head.body.as_slice()),
        (Some("1"), b"content".as_slice())
    );
    let itself = Call { headers: &source, ..ADMIN }.send(&mut host, "PUT", &from, b"");
    assert_eq!((itself.status, code(&itself).as_str()), (400, "InvalidRequest"));
    let replace = [source[0], ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-b", "2")];
    Call { headers: &replace, ..ADMIN }.send(&mut host, "PUT", &from, b"");
    let head = ADMIN.send(&mut host, "HEAD", &from, b"");
    assert_eq!((head.header("x-amz-meta-a"), head.header("x-amz-meta-b")), (None, Some("2")));
}

#[test]
fn streams_come_in_chunks_and_subresources_are_not_objects() {
    let mut host = photos();
    let headers = [
        ("content-encoding", "aws-chunked"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ];
    let url = format!("{PHOTOS}/stream");
    let body = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    let put = Call { headers: &headers, ..ADMIN }.send(&mut host, "PUT", &url, body);
    assert_eq!(put.status, 200, "{}", put.text());
    let get = ADMIN.send(&mut host, "GET", &url, b"");
    assert_eq!((get.body.as_slice(), get.header("content-encoding")), (b"hello".as_slice(), None));
    let tagging = ADMIN.send(&mut host, "PUT", &format!("{url}?tagging"), b"<Tagging/>");
    assert_eq!(tagging.status, 405, "{}", tagging.text());
    assert_eq!(ADMIN.send(&mut host, "GET", &url, b"").body, b"hello");
}

/// An upload in signed chunks, some bytes of it changed behind the signer's back.
fn streamed(host: &mut Host, trailer: bool, change: fn(&mut Vec<u8>)) -> Response {
    let hash = if trailer {
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
            ("x-amz-content-sha256".into(), hash.into()),
        ],
        body: Vec::new(),
    };
    let key = crate::common::credentials(STUDIO);
    let mut seed = sigv4::Authorization {
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
    request.headers.push(("x-amz-date".into(), seed.amz_date.clone()));
    let to_sign = sigv4::string_to_sign(&seed, &sigv4::canonical_request(&request, &seed));
    seed.signature = sigv4::signature(STUDIO.1, &seed, &to_sign);
    request.headers.push(("authorization".into(), seed.header()));
    let mut chain = sigv4::ChunkSignatures::new(STUDIO.1, &seed);
    for part in ["hello ", "world", ""] {
        let signature = chain.chunk(part.as_bytes()).to_owned();
        let end = if part.is_empty() { "" } else { "\r\n" };
        let chunk = format!("{:x};chunk-signature={signature}\r\n{part}{end}", part.len());
        request.body.extend(chunk.into_bytes());
    }
    if trailer {
        let line = "x-amz-checksum-crc32:DUoRhQ==";
        let signature = chain.trailer(&format!("{line}\n")).to_owned();
        request.body.extend(format!("{line}\r\nx-amz-trailer-signature:{signature}\r\n").bytes());
    }
    request.body.extend(b"\r\n");
    change(&mut request.body);
    host.send(request)
}

#[test]
fn signed_chunks_are_held_against_their_signatures() {
    fn swap(body: &mut Vec<u8>, from: &str, to: &str) {
        *body = String::from_utf8(std::mem::take(body)).unwrap().replacen(from, to, 1).into_bytes();
    }
    fn cut(body: &mut Vec<u8>) {
        let text = String::from_utf8(std::mem::take(body)).unwrap();
        body.extend(text.split("x-amz-checksum").next().unwrap().bytes());
        body.extend(b"\r\n");
    }
    type Change = fn(&mut Vec<u8>);
    let rows: &[(&str, bool, Change, u16)] = &[
        ("as signed", false, |_| {}, 200),
        ("as signed, with a trailer", true, |_| {}, 200),
        ("another byte in the first chunk", false, |b| swap(b, "hello", "jello"), 403),
        ("another byte in the second", true, |b| swap(b, "world", "words"), 403),
        ("a chunk without a signature", false, |b| swap(b, "6;chunk-signature=", "6;x="), 403),
        ("another checksum behind", true, |b| swap(b, "DUoRhQ==", "DUoRhR=="), 403),
        ("the trailer taken off", true, cut, 403),
        ("a trailer without a signature", true, |b| swap(b, "trailer-signature", "trailer-x"), 403),
    ];
    for (name, trailer, change, status) in rows {
        let mut host = photos();
        let answer = streamed(&mut host, *trailer, *change);
        assert_eq!(answer.status, *status, "{name}: {}", answer.text());
        let stored = ADMIN.send(&mut host, "GET", &format!("{PHOTOS}/stream"), b"");
        if *status == 200 {
            assert_eq!(stored.text(), "hello world", "{name}");
        } else {
            assert_eq!(code(&answer), "SignatureDoesNotMatch", "{name}");
            assert_eq!(stored.status, 404, "{name}");
        }
    }
}

#[test]
fn the_log_keeps_no_uploads() {
    let mut host = photos();
    let body = vec![0; 100_000];
    assert_eq!(ADMIN.send(&mut host, "PUT", &format!("{PHOTOS}/big"), &body).status, 200);
    let event = host.events().pop().unwrap();
    assert_eq!(event["input"]["Body"], "100000 bytes");
    assert!(event.to_string().len() < 200_000);
    assert_eq!(ADMIN.send(&mut host, "GET", &format!("{PHOTOS}/big"), b"").body, body);
    let gone = ADMIN.send(&mut host, "GET", &format!("{PHOTOS}/none"), b"");
    assert_eq!(gone.status, 404);
    let event = host.events().pop().unwrap();
    let last = event["ladder"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["state"]), (&"state".into(), &"refused".into()));
}

#[test]
fn the_life_of_a_bucket_operation_by_operation() {
    let mut host = Host::empty();
    let studio = crate::common::credentials(STUDIO);
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
        let response = host.operation(Some(&studio), &format!("s3.{operation}"), input);
        assert_eq!(response.status, status, "{operation}: {}", response.text());
        assert!(response.text().contains(contains), "{operation}: {}", response.text());
        if operation == "HeadObject" {
            assert_eq!(response.header("content-length"), Some("6"));
        }
    }
}
