//! What S3 asks of a caller. A bucket that is not there asks nothing: the operation itself says
//! so, before any policy is read, as on AWS.

use cognitab_kernel::{Access, Cx, Stop, authorize};
use cognitab_wire::{Value, sigv4};

use crate::bucket::Bucket;
use crate::error::Error;
use crate::object::Object;

/// An action on the bucket that a request names.
pub(crate) fn bucket(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    Bucket::open(cx, input.text("Bucket"))
        .map_or_else(|_| Vec::new(), |bucket| vec![of(cx, &bucket, action, bucket.arn())])
}

/// An action on the object that a request names.
pub(crate) fn object(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    Bucket::open(cx, input.text("Bucket"))
        .map_or_else(|_| Vec::new(), |bucket| vec![on_key(cx, &bucket, input.text("Key"), action)])
}

/// An action on one key of a bucket.
pub(crate) fn on_key(cx: &Cx<'_>, bucket: &Bucket, key: &str, action: &str) -> Access {
    of(cx, bucket, action, format!("{}/{key}", bucket.arn()))
}

/// Listing a bucket, with what the listing is narrowed to.
pub(crate) fn listing(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let mut found = bucket(cx, input, action);
    for access in &mut found {
        // AWS's own examples allow the root listing by the value "".
        let mut keys = vec![("s3:prefix", Some(input.text("Prefix")))];
        keys.push(("s3:delimiter", input.get("Delimiter").str()));
        keys.push(("s3:max-keys", input.get("MaxKeys").str()));
        for (name, value) in keys {
            if let Some(value) = value {
                access.context.push((name.to_owned(), vec![value.to_owned()]));
            }
        }
    }
    found
}

fn of(cx: &Cx<'_>, bucket: &Bucket, action: &str, resource: String) -> Access {
    let mut access = Access::new(action, resource)
        .key("s3:ResourceAccount", [bucket.owner.clone()])
        .key("s3:TlsVersion", ["1.3".to_owned()]);
    if let Ok(Some(signature)) = sigv4::parse(cx.request()) {
        let kind = if signature.expires.is_some() { "REST-QUERY-STRING" } else { "REST-HEADER" };
        access = access
            .key("s3:authType", [kind.to_owned()])
            .key("s3:signatureversion", ["AWS4-HMAC-SHA256".to_owned()]);
        if let Some(at) = cognitab_wire::time::parse_amz(&signature.amz_date) {
            access = access.key("s3:signatureAge", [(cx.now - at).max(0).to_string()]);
        }
    }
    access.owner = Some(bucket.owner.clone());
    access.policy.clone_from(&bucket.policy);
    access
}

/// The object of this key. That it is missing is told only to those who may list the bucket; all
/// others learn that they may not.
pub(crate) fn find(cx: &mut Cx<'_>, bucket: &Bucket, key: &str) -> Result<Object, Stop> {
    if let Some(object) = cx.world.get(&Object::address(&bucket.name, key)) {
        return Ok(object);
    }
    let climbed = cx.call.why.clone();
    authorize::check(cx, &of(cx, bucket, "s3:ListBucket", bucket.arn()))?;
    cx.call.why = climbed;
    Err(Error::NoSuchKey(key.to_owned()).into())
}
