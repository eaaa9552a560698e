//! Buckets.

mod create_bucket;
mod delete_bucket;
mod get_bucket_location;
mod head_bucket;
mod list_buckets;

use cognitab_kernel::{Cx, Entry, Row, World, authorize, entry};
use cognitab_macros::Shape;
use cognitab_trace::control::Resource;
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::Timestamp;
use cognitab_wire::sigv4;

use crate::error::Error;

/// Operations on buckets, in the order in which their patterns are tried.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<list_buckets::ListBuckets>(),
    entry::<create_bucket::CreateBucket>(),
    entry::<head_bucket::HeadBucket>(),
    entry::<delete_bucket::DeleteBucket>(),
    entry::<get_bucket_location::GetBucketLocation>(),
];

/// The name of a bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Shape)]
pub(crate) struct BucketName(String);

impl BucketName {
    /// Checks it by the naming rules for general purpose buckets.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let labels: Vec<&str> = self.split('.').collect();
        let ip_address = labels.len() == 4 && labels.iter().all(|l| l.parse::<u8>().is_ok());
        let valid = (3..=63).contains(&self.len())
            && self.chars().all(|c| alphanumeric(c) || c == '.' || c == '-')
            && self.starts_with(alphanumeric)
            && self.ends_with(alphanumeric)
            && !self.contains("..")
            && !self.starts_with("xn--")
            && !self.ends_with("-s3alias")
            && !ip_address;
        if valid { Ok(()) } else { Err(Error::InvalidBucketName(self.clone())) }
    }
}

/// A bucket. No two buckets have the same name, whatever their accounts.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Bucket {
    pub(crate) name: BucketName,
    /// The account that owns it.
    pub(crate) owner: String,
    pub(crate) region: String,
    pub(crate) created: Timestamp,
    /// The bucket policy as JSON text.
    pub(crate) policy: Option<String>,
}

impl Row for Bucket {
    const TABLE: &'static str = "s3.bucket";
    fn key(&self) -> String {
        self.name.to_string()
    }
}

impl Bucket {
    /// The bucket of this name. Fails if there is none, or if the request was sent to or signed
    /// for another region than the bucket's.
    pub(crate) fn find(cx: &Cx<'_>, name: &BucketName) -> Result<Bucket, Error> {
        let bucket: Option<Bucket> = cx.world.get(name);
        let bucket = bucket.ok_or_else(|| Error::NoSuchBucket(name.clone()))?;
        let signature = sigv4::parse(cx.request()).ok().flatten();
        let region = bucket.region.clone();
        // An endpoint that names no region reaches every bucket.
        let host = cx.request().host();
        let regional = host.contains(&format!(".{}.", cx.call.region))
            || host.contains(&format!("-{}.", cx.call.region));
        if regional && cx.call.region != region {
            return Err(Error::PermanentRedirect { bucket: bucket.name, region });
        }
        match signature {
            Some(signature) if signature.region != region && !cx.open() => {
                let presigned = signature.expires.is_some();
                Err(Error::SigningRegionMismatch {
                    signing_region: signature.region,
                    region,
                    presigned,
                })
            }
            _ => Ok(bucket),
        }
    }

    /// Its ARN, in the partition of its region.
    pub(crate) fn arn(&self) -> String {
        Arn::s3(&self.region, &self.name).to_string()
    }

    fn resource(&self) -> Resource {
        let policy = self.policy.as_ref().map(|text| authorize::policy(self.arn(), text));
        let (arn, account) = (self.arn(), self.owner.clone());
        Resource { arn, account, policy, must_allow: false }
    }
}

/// See [`cognitab_kernel::Service::resource`]: the bucket of an ARN, or of an object's ARN.
pub(crate) fn resource(world: &World, _: &str, arn: &Arn<'_>) -> Option<Resource> {
    let name = arn.resource().split('/').next()?;
    world.get(name).map(|bucket: Bucket| bucket.resource())
}

/// See [`cognitab_kernel::Service::resources`].
pub(crate) fn resources(world: &World) -> Vec<Resource> {
    world.scan("").map(|bucket: Bucket| bucket.resource()).collect()
}

#[cfg(test)]
mod tests {
    use super::BucketName;

    #[test]
    fn bucket_names_follow_the_naming_rules() {
        for valid in ["studio-photos", "a.b.c", "123", "192.168.0.256"] {
            assert!(BucketName::from(valid).check().is_ok(), "{valid}");
        }
        for invalid in ["ab", "Studio", "-abc", "abc-", "a..b", "192.168.0.1", "a_b_c", "xn--a"] {
            assert!(BucketName::from(invalid).check().is_err(), "{invalid}");
        }
    }
}
