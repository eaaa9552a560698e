//! The IAM permissions that S3's operations need.
//!
//! A bucket that does not exist needs none: as on AWS, the operation answers `NoSuchBucket` before
//! any policy is evaluated.

use cognitab_kernel::{Access, Cx, Stop, authorize};
use cognitab_wire::{Value, sigv4, time};

use crate::bucket::Bucket;
use crate::error::Error;
use crate::object::Object;

/// An action on the bucket that a request names.
pub(crate) fn bucket(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let bucket = Bucket::find(cx, &input.text("Bucket").into());
    bucket.map_or_else(|_| Vec::new(), |bucket| vec![on(cx, &bucket, action, bucket.arn())])
}

/// An action on the object that a request names.
pub(crate) fn object(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let (bucket, key) = (Bucket::find(cx, &input.text("Bucket").into()), input.text("Key"));
    bucket.map_or_else(|_| Vec::new(), |bucket| vec![object_key(cx, &bucket, key, action)])
}

/// An action on one key of a bucket.
pub(crate) fn object_key(cx: &Cx<'_>, bucket: &Bucket, key: &str, action: &str) -> Access {
    on(cx, bucket, action, format!("{}/{key}", bucket.arn()))
}

/// Listing the bucket that a request names, with the condition keys of a listing.
pub(crate) fn listing(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let keys = [
        // AWS's example policies allow a listing of the root by the value "".
        ("s3:prefix", Some(input.text("Prefix"))),
        ("s3:delimiter", input.get("Delimiter").str()),
        ("s3:max-keys", input.get("MaxKeys").str()),
    ];
    let mut accesses = bucket(cx, input, action);
    for access in &mut accesses {
        for (name, value) in keys {
            access.context.extend(value.map(|value| (name.to_owned(), vec![value.to_owned()])));
        }
    }
    accesses
}

/// An action on a bucket or an object in it, with the condition keys of every S3 request and the
/// bucket's policy.
fn on(cx: &Cx<'_>, bucket: &Bucket, action: &str, resource: String) -> Access {
    let mut access = Access::new(action, resource)
        .key("s3:ResourceAccount", [bucket.owner.clone()])
        .key("s3:TlsVersion", ["1.3".to_owned()]);
    if let Ok(Some(signature)) = sigv4::parse(cx.request()) {
        let kind = if signature.expires.is_some() { "REST-QUERY-STRING" } else { "REST-HEADER" };
        access = access
            .key("s3:authType", [kind.to_owned()])
            .key("s3:signatureversion", ["AWS4-HMAC-SHA256".to_owned()]);
        if let Some(at) = time::parse_amz(&signature.amz_date) {
            access = access.key("s3:signatureAge", [(cx.now - at).max(0).to_string()]);
        }
    }
    access.owner = Some(bucket.owner.clone());
    access.policy.clone_from(&bucket.policy);
    access
}

/// The object of this key. If there is none, a caller who may list the bucket gets `NoSuchKey` and
/// any other caller `AccessDenied`.
pub(crate) fn find_object(cx: &mut Cx<'_>, bucket: &Bucket, key: &str) -> Result<Object, Stop> {
    if let Some(object) = cx.world.get(&Object::address(&bucket.name, key)) {
        return Ok(object);
    }
    let why = cx.call.why.clone();
    authorize::check(cx, &on(cx, bucket, "s3:ListBucket", bucket.arn()))?;
    cx.call.why = why;
    Err(Error::NoSuchKey(key.into()).into())
}
