//! `PutBucketPolicy`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_policy::{Document, Kind};
use cognitab_wire::arn::{Arn, Partition};

use crate::access;
use crate::bucket::Bucket;
use crate::canonical;
use crate::error::Error;

/// Most bytes of a bucket policy.
const MOST: usize = 20 * 1024;

/// `PutBucketPolicyRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutBucketPolicyRequest {
    #[shape(uri)]
    bucket: String,
    #[shape(payload)]
    policy: String,
}

/// Attaches a policy to a bucket.
#[operation(signed, http = "PUT /{Bucket}?policy", status = 204, access = access::bucket)]
pub(crate) fn put_bucket_policy(
    cx: &mut Cx<'_>,
    input: PutBucketPolicyRequest,
) -> Result<(), Stop> {
    let mut bucket = Bucket::open(cx, &input.bucket)?;
    let sent = crate::sent::receive(cx, input.policy.into_bytes())?;
    let text = String::from_utf8_lossy(&sent.bytes).into_owned();
    let document = check(&bucket, &text)?;
    let partition = Partition::of_region(&bucket.region);
    let resolved = canonical::resolved(&cx.world, partition, document.source().clone())?;
    // A policy without such ids stays as it was written, to the last space.
    let changed = resolved != *document.source();
    bucket.policy = Some(if changed { resolved.to_string() } else { text });
    cx.world.put(&bucket);
    Ok(())
}

fn check(bucket: &Bucket, text: &str) -> Result<Document, Error> {
    if text.len() > MOST {
        let message = "Policies must not exceed the maximum allowed size of 20480 bytes.";
        return Err(Error::MalformedPolicy(message.to_owned()));
    }
    let document =
        Document::read(text, Kind::Bucket).map_err(|m| Error::MalformedPolicy(m.message))?;
    let (own, inside) = (bucket.arn(), format!("{}/", bucket.arn()));
    let every = Arn::s3(&bucket.region, "").to_string();
    let foreign = document.source().get("Statement").into_iter().flat_map(statements).any(|s| {
        let named = s.get("Resource").or_else(|| s.get("NotResource"));
        named.into_iter().flat_map(statements).filter_map(|r| r.as_str()).any(|resource| {
            // A pattern may reach a bucket without naming it: only what lies plainly outside fails.
            let name = resource.strip_prefix(&every).unwrap_or_default();
            let plain = !name.split('/').next().unwrap_or_default().contains(['*', '?', '$']);
            resource != "*"
                && (name.is_empty() || plain && resource != own && !resource.starts_with(&inside))
        })
    });
    if foreign {
        return Err(Error::MalformedPolicy("Policy has invalid resource".to_owned()));
    }
    Ok(document)
}

/// One value or a list of them.
fn statements(value: &serde_json::Value) -> Vec<&serde_json::Value> {
    value.as_array().map_or_else(|| vec![value], |items| items.iter().collect())
}
