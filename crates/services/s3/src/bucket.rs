//! A bucket. Its name is taken in every account at once.

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

/// A bucket.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Bucket {
    /// Its name.
    pub(crate) name: String,
    /// Account that owns it.
    pub(crate) owner: String,
    /// Region in which it lies.
    pub(crate) region: String,
    /// When it was made.
    pub(crate) created: Timestamp,
    /// Its policy as JSON text.
    pub(crate) policy: Option<String>,
}

impl Row for Bucket {
    const TABLE: &'static str = "s3.bucket";
    fn key(&self) -> String {
        self.name.clone()
    }
}

impl Bucket {
    /// The bucket of this name if the request came to its region.
    pub(crate) fn open(cx: &Cx<'_>, name: &str) -> Result<Bucket, Error> {
        let bucket: Option<Bucket> = cx.world.get(name);
        let bucket = bucket.ok_or_else(|| Error::NoSuchBucket(name.to_owned()))?;
        let signed = sigv4::parse(cx.request()).ok().flatten();
        let region = bucket.region.clone();
        // A host that names no region reaches every bucket.
        let named = cx.request().host().contains(&format!(".{}.", cx.call.region))
            || cx.request().host().contains(&format!("-{}.", cx.call.region));
        if named && cx.call.region != region {
            return Err(Error::PermanentRedirect { bucket: bucket.name, region });
        }
        match signed {
            Some(signed) if signed.region != region && !cx.open() => {
                let presigned = signed.expires.is_some();
                Err(Error::WrongRegion { signed: signed.region, region, presigned })
            }
            _ => Ok(bucket),
        }
    }

    fn resource(&self) -> Resource {
        let policy = self.policy.as_ref().map(|text| authorize::policy(self.arn(), text));
        let (arn, account) = (self.arn(), self.owner.clone());
        Resource { arn, account, policy, must_allow: false }
    }

    /// Its ARN, in the partition of its region.
    pub(crate) fn arn(&self) -> String {
        Arn::s3(&self.region, &self.name).to_string()
    }
}

/// What a policy may be asked about the bucket of this name.
pub fn resource(world: &World, name: &str) -> Option<Resource> {
    world.get(name).map(|bucket: Bucket| bucket.resource())
}

/// The same of every bucket.
pub fn resources(world: &World) -> impl Iterator<Item = Resource> + use<'_> {
    world.scan("").map(|bucket: Bucket| bucket.resource())
}

/// Refuses a name that no bucket may have.
pub(crate) fn check_name(name: &str) -> Result<(), Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let parts: Vec<&str> = name.split('.').collect();
    let address = parts.len() == 4 && parts.iter().all(|p| p.parse::<u8>().is_ok());
    let valid = (3..=63).contains(&name.len())
        && name.chars().all(|c| plain(c) || c == '.' || c == '-')
        && name.starts_with(plain)
        && name.ends_with(plain)
        && !name.contains("..")
        && !name.starts_with("xn--")
        && !name.ends_with("-s3alias")
        && !address;
    if valid { Ok(()) } else { Err(Error::InvalidBucketName(name.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::check_name;

    #[test]
    fn names() {
        for good in ["studio-photos", "a.b.c", "123"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        for bad in ["ab", "Studio", "-abc", "abc-", "a..b", "192.168.0.1", "a_b_c"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
