//! Amazon S3: buckets, objects, uploads and bucket policies.

mod bucket;
mod listing;
mod object;
mod payload;
mod policy;

use serde_json::{Value as Json, json};

use crate::common::{Host, STUDIO, between, credentials};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4;

/// The virtual-hosted-style URL of the bucket of [`photos`].
const PHOTOS: &str = "https://studio-photos.s3.us-east-1.amazonaws.com";

/// The access key that signs a request; `None` for an anonymous request.
type Caller = Option<(&'static str, &'static str)>;

/// Calls an operation of S3.
fn call(host: &mut Host, caller: Caller, operation: &str, input: &Json) -> Response {
    host.operation(caller.map(credentials).as_ref(), &format!("s3.{operation}"), input)
}

/// Calls an operation as Studio's administrator; it must succeed.
fn admin(host: &mut Host, operation: &str, input: &Json) -> Response {
    let response = call(host, Some(STUDIO), operation, input);
    assert!(response.status < 300, "{operation}: {}", response.text());
    response
}

/// HTTP requests to any URL, with headers that are not members of an operation's input.
struct Raw<'a> {
    caller: Caller,
    headers: &'a [(&'a str, &'a str)],
    region: &'a str,
}

const ADMIN: Raw<'static> = Raw { caller: Some(STUDIO), headers: &[], region: "us-east-1" };
const ANONYMOUS: Raw<'static> = Raw { caller: None, ..ADMIN };

impl Raw<'_> {
    fn send(&self, host: &mut Host, method: &str, url: &str, body: &[u8]) -> Response {
        let headers = self.headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        let mut request =
            Request { method: method.into(), url: url.into(), headers, body: body.to_vec() };
        if let Some(key) = self.caller {
            sigv4::sign(&mut request, &credentials(key), self.region, "s3", host.now);
        }
        host.send(request)
    }
}

fn code(response: &Response) -> String {
    between(&response.text(), "<Code>", "</Code>").unwrap_or_default().to_owned()
}

fn message(response: &Response) -> String {
    let text = response.text();
    between(&text, "<Message>", "</Message>").unwrap_or_default().replace("&quot;", "\"")
}

/// A host with a bucket and three objects.
fn photos() -> Host {
    let mut host = Host::empty();
    admin(&mut host, "CreateBucket", &json!({"Bucket": "studio-photos"}));
    for key in ["public/a.jpg", "public/b c.jpg", "uploads/d.jpg"] {
        admin(&mut host, "PutObject", &json!({"Bucket": "studio-photos", "Key": key, "Body": key}));
    }
    host
}

/// The input that creates a bucket in the host's Region.
fn create_in(host: &Host, bucket: &str) -> Json {
    json!({
        "Bucket": bucket,
        "CreateBucketConfiguration": {"LocationConstraint": host.region},
    })
}
