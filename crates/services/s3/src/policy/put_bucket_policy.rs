//! `PutBucketPolicy`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_policy::{Document, Kind};
use cognitab_wire::arn::{Arn, Partition};
use serde_json::Value as Json;

use crate::access;
use crate::bucket::{Bucket, BucketName};
use crate::canonical_user;
use crate::error::Error;
use crate::payload::Payload;

/// Most bytes of a bucket policy.
const MAX_BYTES: usize = 20 * 1024;

/// `PutBucketPolicyRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutBucketPolicyRequest {
    #[shape(uri)]
    bucket: BucketName,
    #[shape(payload)]
    policy: String,
}

/// Attaches a policy to a bucket.
#[operation(signed, http = "PUT /{Bucket}?policy", status = 204, access = access::bucket)]
pub(crate) fn put_bucket_policy(
    cx: &mut Cx<'_>,
    input: PutBucketPolicyRequest,
) -> Result<(), Stop> {
    let mut bucket = Bucket::find(cx, &input.bucket)?;
    let payload = Payload::receive(cx, input.policy.into_bytes())?;
    let text = String::from_utf8_lossy(&payload.content).into_owned();
    let document = check(&bucket, &text)?;
    let partition = Partition::of_region(&bucket.region);
    let source = document.source();
    let resolved = canonical_user::resolve_principals(&cx.world, partition, source.clone())?;
    // A policy without canonical user IDs is stored as it was sent, white space included.
    bucket.policy = Some(if resolved == *source { text } else { resolved.to_string() });
    cx.world.put(&bucket);
    Ok(())
}

/// Parses a policy and checks that it is one for this bucket.
fn check(bucket: &Bucket, text: &str) -> Result<Document, Error> {
    if text.len() > MAX_BYTES {
        let message = "Policies must not exceed the maximum allowed size of 20480 bytes.";
        return Err(Error::MalformedPolicy(message.to_owned()));
    }
    let document =
        Document::read(text, Kind::Bucket).map_err(|m| Error::MalformedPolicy(m.message))?;
    let statements = document.source().get("Statement").into_iter().flat_map(one_or_many);
    let resources = statements
        .filter_map(|s| s.get("Resource").or_else(|| s.get("NotResource")))
        .flat_map(one_or_many);
    if resources.filter_map(Json::as_str).all(|resource| is_within(bucket, resource)) {
        Ok(document)
    } else {
        Err(Error::MalformedPolicy("Policy has invalid resource".to_owned()))
    }
}

/// Whether a `Resource` is the bucket, is in it, or is a pattern that can match either.
fn is_within(bucket: &Bucket, resource: &str) -> bool {
    let arn = bucket.arn();
    let all_buckets = Arn::s3(&bucket.region, "").to_string();
    let name = resource.strip_prefix(&all_buckets).unwrap_or_default();
    let is_pattern = name.split('/').next().unwrap_or_default().contains(['*', '?', '$']);
    resource == "*"
        || is_pattern
        || resource.strip_prefix(&arn).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn one_or_many(value: &Json) -> Vec<&Json> {
    value.as_array().map_or_else(|| vec![value], |items| items.iter().collect())
}

#[cfg(test)]
mod tests {
    use cognitab_wire::shape::Timestamp;

    use super::*;

    #[test]
    fn a_policy_names_its_own_bucket() {
        let bucket = |region: &str| Bucket {
            name: "photos".into(),
            owner: String::new(),
            region: region.to_owned(),
            created: Timestamp(0),
            policy: None,
        };
        for (region, partition) in [("us-east-1", "aws"), ("cn-north-1", "aws-cn")] {
            for resource in
                ["photos", "photos/", "photos/*", "*", "ph*", "phot?s/a", "*/a", "${a}/b"]
            {
                let resource = format!("arn:{partition}:s3:::{resource}");
                assert!(is_within(&bucket(region), &resource), "{resource}");
            }
            for resource in ["", "photos2", "other/*", "other/photos/*"] {
                let resource = format!("arn:{partition}:s3:::{resource}");
                assert!(!is_within(&bucket(region), &resource), "{resource}");
            }
            assert!(is_within(&bucket(region), "*"));
            assert!(!is_within(&bucket(region), "photos"));
            assert!(!is_within(&bucket(region), ""));
        }
        assert!(!is_within(&bucket("us-east-1"), "arn:aws-cn:s3:::photos"));
        assert!(!is_within(&bucket("us-gov-west-1"), "arn:aws:s3:::*"));
    }
}
