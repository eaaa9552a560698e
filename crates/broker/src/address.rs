//! The service and region that a request is for: by host, by the scope of its signature, by
//! `X-Amz-Target`, or by `Action`.

use cognitab_kernel::Service;
use cognitab_kernel::protocol::query_params;
use cognitab_kernel::service::Protocol;
use cognitab_wire::http::{Request, Url, param};
use cognitab_wire::{internet, sigv4};

use crate::registry::{service, services};

/// What a request is addressed to.
#[derive(Debug)]
pub(crate) struct Address {
    /// The service.
    pub(crate) service: &'static Service,
    /// The region.
    pub(crate) region: String,
    /// The bucket that the host names (S3).
    pub(crate) bucket: Option<String>,
}

const DEFAULT_REGION: &str = "us-east-1";

/// The service and region of a request; `None` if it names no service.
pub(crate) fn find(request: &Request) -> Option<Address> {
    by_host(request.host()).or_else(|| by_signature(request)).or_else(|| by_content(request))
}

/// `cognito-idp.us-east-1.amazonaws.com`, also in its dual-stack, FIPS and virtual-hosted forms and in
/// other partitions.
fn by_host(host: &str) -> Option<Address> {
    let host = host.split(':').next()?.to_ascii_lowercase();
    let stem = internet::aws_subdomain(&host)?;
    // From the end: labels before that of the service are a bucket name, whatever they look like.
    let mut labels: Vec<&str> = stem.split('.').collect();
    let region = labels.pop_if(|l| is_region(l));
    labels.pop_if(|l| *l == "dualstack");
    let name = labels.pop()?.trim_end_matches("-fips");
    // Legacy S3 hosts have the region in the same label: `s3-eu-west-1.amazonaws.com`.
    let old = name.strip_prefix("s3-").filter(|l| is_region(l));
    let region = region.or(old).unwrap_or(DEFAULT_REGION);
    let name = match name {
        // Account-based DynamoDB hosts: `111122223333.ddb.us-east-1.amazonaws.com`.
        "ddb" => "dynamodb",
        name if name.starts_with("s3") => "s3",
        name => name,
    };
    let bucket = (name == "s3" && !labels.is_empty()).then(|| labels.join("."));
    Some(Address { service: service(name)?, region: region.to_owned(), bucket })
}

/// `eu-west-1`, `us-gov-west-1`, `eusc-de-east-1`; not `s3-eu-west-1`, which is a service and region.
fn is_region(label: &str) -> bool {
    label.matches('-').count() >= 2
        && label.ends_with(|c: char| c.is_ascii_digit())
        && !label.starts_with("s3-")
}

fn by_signature(request: &Request) -> Option<Address> {
    let authorization = sigv4::parse(request).ok()??;
    let service = service(&authorization.service)?;
    Some(Address { service, region: authorization.region, bucket: None })
}

fn by_content(request: &Request) -> Option<Address> {
    let signed = sigv4::parse(request).ok().flatten().map(|a| a.region);
    let region = signed.unwrap_or_else(|| DEFAULT_REGION.to_owned());
    let here = |service| Address { service, region: region.clone(), bucket: None };
    if let Some(target) = request.header("x-amz-target") {
        let prefix = target.split('.').next()?;
        return services().iter().copied().find(|s| s.target == prefix).map(here);
    }
    let action = query_params(request);
    if let Some(action) = param(&action, "Action") {
        let mut query = services().iter().copied().filter(|s| s.protocol == Protocol::Query);
        return query.find(|s| s.operation(action).is_some()).map(here);
    }
    // Everything else is S3 by path, a public object, at hosts of no other meaning.
    service("s3").map(here).filter(|_| !internet::is_simulated(request.host()))
}

/// The path of a request, after the bucket that the host names.
pub(crate) fn path(request: &Request, bucket: Option<&str>) -> String {
    let Url { path, .. } = request.url();
    bucket.map_or_else(|| path.to_owned(), |bucket| format!("/{bucket}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_every_kind() {
        for (host, name, region, bucket) in [
            ("cognito-idp.eu-west-1.amazonaws.com", "cognito-idp", "eu-west-1", None),
            ("cognito-idp-fips.us-east-2.amazonaws.com", "cognito-idp", "us-east-2", None),
            ("cognito-idp.us-west-2.api.aws", "cognito-idp", "us-west-2", None),
            ("sts.amazonaws.com", "sts", "us-east-1", None),
            ("iam.amazonaws.com", "iam", "us-east-1", None),
            ("111122223333.ddb.us-east-1.amazonaws.com", "dynamodb", "us-east-1", None),
            ("studio-photos.s3.us-east-1.amazonaws.com", "s3", "us-east-1", Some("studio-photos")),
            ("a.b.s3.dualstack.eu-west-1.amazonaws.com", "s3", "eu-west-1", Some("a.b")),
            ("s3.amazonaws.com", "s3", "us-east-1", None),
            ("my-app-2026.s3.us-east-1.amazonaws.com", "s3", "us-east-1", Some("my-app-2026")),
            ("my-app-2026.s3.amazonaws.com", "s3", "us-east-1", Some("my-app-2026")),
            (
                "uploads-dev-111122223333.s3.eu-west-1.amazonaws.com",
                "s3",
                "eu-west-1",
                Some("uploads-dev-111122223333"),
            ),
            (
                "a-b-1.dualstack.s3-fips.dualstack.us-gov-west-1.amazonaws.com",
                "s3",
                "us-gov-west-1",
                Some("a-b-1.dualstack"),
            ),
            ("eu-west-1.s3.us-east-2.amazonaws.com", "s3", "us-east-2", Some("eu-west-1")),
            ("photos.s3-eu-west-1.amazonaws.com", "s3", "eu-west-1", Some("photos")),
            ("sts.cn-north-1.amazonaws.com.cn", "sts", "cn-north-1", None),
            ("sts.cn-north-1.api.amazonwebservices.com.cn", "sts", "cn-north-1", None),
            ("sts.us-iso-east-1.c2s.ic.gov", "sts", "us-iso-east-1", None),
            ("sts.us-isob-east-1.sc2s.sgov.gov", "sts", "us-isob-east-1", None),
        ] {
            let address = by_host(host).unwrap_or_else(|| panic!("{host}"));
            assert_eq!(address.service.name, name, "{host}");
            assert_eq!(address.region, region, "{host}");
            assert_eq!(address.bucket.as_deref(), bucket, "{host}");
        }
        for host in ["localhost:4566", "us-east-1.amazonaws.com", "my-app-2026.amazonaws.com"] {
            assert!(by_host(host).is_none(), "{host}");
        }
    }
}
