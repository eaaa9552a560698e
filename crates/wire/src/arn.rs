//! Amazon Resource Names (ARNs) and the partitions of AWS.

use std::fmt;

use crate::schema::Schema;
use crate::shape::{Reader, Shape};
use crate::value::Value;

/// A partition: a group of regions with its own accounts, endpoints and ARNs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Partition {
    /// The standard regions.
    #[default]
    Aws,
    /// China.
    AwsCn,
    /// GovCloud (US).
    AwsUsGov,
    /// European Sovereign Cloud.
    AwsEusc,
    /// Top Secret (US).
    AwsIso,
    /// Secret (US).
    AwsIsoB,
    /// Europe (ISOE).
    AwsIsoE,
    /// US (ISOF).
    AwsIsoF,
}

impl Partition {
    /// All of them.
    pub const ALL: [Partition; 8] = [
        Partition::Aws,
        Partition::AwsCn,
        Partition::AwsUsGov,
        Partition::AwsEusc,
        Partition::AwsIso,
        Partition::AwsIsoB,
        Partition::AwsIsoE,
        Partition::AwsIsoF,
    ];

    /// The partition of a region, recognized by the region's name; `aws` for an unknown one.
    pub fn of_region(region: &str) -> Partition {
        if let Some(id) = region.strip_suffix("-global") {
            return Partition::parse(id).unwrap_or_default();
        }
        let mut words = region.split('-');
        match (words.next(), words.next()) {
            (Some("cn"), _) => Partition::AwsCn,
            (Some("us"), Some("gov")) => Partition::AwsUsGov,
            (Some("eusc"), _) => Partition::AwsEusc,
            (Some("us"), Some("iso")) => Partition::AwsIso,
            (Some("us"), Some("isob")) => Partition::AwsIsoB,
            (Some("eu"), Some("isoe")) => Partition::AwsIsoE,
            (Some("us"), Some("isof")) => Partition::AwsIsoF,
            _ => Partition::Aws,
        }
    }

    /// The partition with this ID.
    pub fn parse(id: &str) -> Option<Partition> {
        Partition::ALL.into_iter().find(|partition| partition.id() == id)
    }

    /// Its ID in ARNs: `aws-cn`.
    pub const fn id(self) -> &'static str {
        match self {
            Partition::Aws => "aws",
            Partition::AwsCn => "aws-cn",
            Partition::AwsUsGov => "aws-us-gov",
            Partition::AwsEusc => "aws-eusc",
            Partition::AwsIso => "aws-iso",
            Partition::AwsIsoB => "aws-iso-b",
            Partition::AwsIsoE => "aws-iso-e",
            Partition::AwsIsoF => "aws-iso-f",
        }
    }

    /// The domain of its endpoints: `amazonaws.com.cn`.
    pub const fn dns_suffix(self) -> &'static str {
        match self {
            Partition::Aws | Partition::AwsUsGov => "amazonaws.com",
            Partition::AwsCn => "amazonaws.com.cn",
            Partition::AwsEusc => "amazonaws.eu",
            Partition::AwsIso => "c2s.ic.gov",
            Partition::AwsIsoB => "sc2s.sgov.gov",
            Partition::AwsIsoE => "cloud.adc-e.uk",
            Partition::AwsIsoF => "csp.hci.ic.gov",
        }
    }

    /// The region for which requests to its global services, such as IAM, are signed.
    pub const fn global_region(self) -> &'static str {
        match self {
            Partition::Aws => "us-east-1",
            Partition::AwsCn => "cn-north-1",
            Partition::AwsUsGov => "us-gov-west-1",
            Partition::AwsEusc => "eusc-de-east-1",
            Partition::AwsIso => "us-iso-east-1",
            Partition::AwsIsoB => "us-isob-east-1",
            Partition::AwsIsoE => "eu-isoe-west-1",
            Partition::AwsIsoF => "us-isof-south-1",
        }
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Rows keep it by its id.
impl Shape for Partition {
    const SCHEMA: &'static Schema = &Schema::STRING;
    fn read_with(value: Value, reader: &mut Reader) -> Self {
        let partition = value.str().and_then(Partition::parse);
        partition.unwrap_or_else(|| {
            reader.expect("Partition");
            Partition::default()
        })
    }
    fn write(&self) -> Value {
        Value::from(self.id())
    }
}

/// `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arn<'a> {
    partition: Partition,
    service: &'a str,
    region: &'a str,
    account: &'a str,
    resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The ARN of a regional resource, in the region's partition.
    pub fn new(region: &'a str, service: &'a str, account: &'a str, resource: &'a str) -> Arn<'a> {
        let partition = Partition::of_region(region);
        Arn { partition, service, region, account, resource }
    }

    /// The ARN of a global resource such as IAM's, in the partition of this region.
    pub fn global(region: &str, service: &'a str, account: &'a str, resource: &'a str) -> Arn<'a> {
        Arn::in_partition(Partition::of_region(region), service, account, resource)
    }

    /// The ARN of a global resource in this partition.
    pub const fn in_partition(
        partition: Partition,
        service: &'a str,
        account: &'a str,
        resource: &'a str,
    ) -> Arn<'a> {
        Arn { partition, service, region: "", account, resource }
    }

    /// The ARN of an account's root.
    pub const fn root(partition: Partition, account: &'a str) -> Arn<'a> {
        Arn::in_partition(partition, "iam", account, "root")
    }

    /// The ARN of a bucket, or of an object as `bucket/key`. It has no region and no account.
    pub fn s3(region: &str, path: &'a str) -> Arn<'a> {
        Arn::global(region, "s3", "", path)
    }

    /// Parses an ARN strictly: six fields, a known partition, a service, a resource, and as account
    /// twelve digits, `aws` or nothing.
    pub fn parse(text: &'a str) -> Option<Arn<'a>> {
        let mut fields = text.strip_prefix("arn:")?.splitn(5, ':');
        let partition = Partition::parse(fields.next()?)?;
        let (service, region) = (fields.next()?, fields.next()?);
        let (account, resource) = (fields.next()?, fields.next()?);
        let word = |text: &str| {
            text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let whole = word(service)
            && !service.is_empty()
            && word(region)
            && (account.is_empty() || account == "aws" || is_account_id(account))
            && !resource.is_empty();
        whole.then_some(Arn { partition, service, region, account, resource })
    }

    /// Its partition.
    pub const fn partition(&self) -> Partition {
        self.partition
    }

    /// Its service: `cognito-idp`.
    pub const fn service(&self) -> &'a str {
        self.service
    }

    /// Its region; empty if it has none.
    pub const fn region(&self) -> &'a str {
        self.region
    }

    /// Its account; empty if it has none, `aws` for resources of AWS itself.
    pub const fn account(&self) -> &'a str {
        self.account
    }

    /// Its resource: `role/team/archivist`.
    pub const fn resource(&self) -> &'a str {
        self.resource
    }

    /// Its resource type and resource ID: `role` and `team/archivist`. The type is empty if there
    /// is no separator.
    pub fn resource_parts(&self) -> (&'a str, &'a str) {
        let cut = self.resource.find(['/', ':']);
        cut.and_then(|at| Some((self.resource.get(..at)?, self.resource.get(at + 1..)?)))
            .unwrap_or(("", self.resource))
    }

    /// Its resource ID, if it is of this service and resource type.
    pub fn resource_id(&self, service: &str, kind: &str) -> Option<&'a str> {
        let (found, id) = self.resource_parts();
        (self.service == service && found == kind).then_some(id)
    }

    /// The resource's name, without its path.
    pub fn name(&self) -> &'a str {
        self.resource.rsplit(['/', ':']).next().unwrap_or(self.resource)
    }

    /// Whether it is the ARN of an account's root.
    pub fn is_root(&self) -> bool {
        self.service == "iam" && self.resource == "root"
    }
}

impl fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Arn { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

impl From<Arn<'_>> for String {
    fn from(arn: Arn<'_>) -> String {
        arn.to_string()
    }
}

/// Whether a text is an account ID: twelve digits.
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// The account in an ARN, if it has one.
pub fn account_of(arn: &str) -> Option<&str> {
    Some(Arn::parse(arn)?.account()).filter(|account| !account.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The regular expressions for regions in botocore's `partitions.json`.
    const REGIONS: [(&str, Partition); 8] = [
        (r"(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+", Partition::Aws),
        (r"cn-\w+-\d+", Partition::AwsCn),
        (r"us-gov-\w+-\d+", Partition::AwsUsGov),
        (r"eusc-(de)-\w+-\d+", Partition::AwsEusc),
        (r"us-iso-\w+-\d+", Partition::AwsIso),
        (r"us-isob-\w+-\d+", Partition::AwsIsoB),
        (r"eu-isoe-\w+-\d+", Partition::AwsIsoE),
        (r"us-isof-\w+-\d+", Partition::AwsIsoF),
    ];

    #[test]
    fn regions_tell_their_partition() {
        for (region, id, suffix) in [
            ("us-east-1", "aws", "amazonaws.com"),
            ("ap-southeast-5", "aws", "amazonaws.com"),
            ("aws-global", "aws", "amazonaws.com"),
            ("", "aws", "amazonaws.com"),
            ("cn-northwest-1", "aws-cn", "amazonaws.com.cn"),
            ("us-gov-east-1", "aws-us-gov", "amazonaws.com"),
            ("aws-us-gov-global", "aws-us-gov", "amazonaws.com"),
            ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
            ("us-iso-west-1", "aws-iso", "c2s.ic.gov"),
            ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"),
            ("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"),
            ("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"),
        ] {
            let partition = Partition::of_region(region);
            assert_eq!((partition.id(), partition.dns_suffix()), (id, suffix), "{region}");
        }
        for partition in Partition::ALL {
            assert_eq!(Partition::parse(partition.id()), Some(partition));
            assert_eq!(Partition::of_region(partition.global_region()), partition);
        }
    }

    #[test]
    fn arns_are_cut_into_their_parts() {
        let text = "arn:aws-cn:iam::111122223333:role/team/archivist";
        let arn = Arn::parse(text).unwrap();
        assert_eq!(arn, Arn::global("cn-north-1", "iam", "111122223333", "role/team/archivist"));
        assert_eq!(arn.to_string(), text);
        assert_eq!(arn.resource_parts(), ("role", "team/archivist"));
        assert_eq!(arn.resource_id("iam", "role"), Some("team/archivist"));
        assert_eq!(arn.resource_id("iam", "user"), None);
        assert_eq!(arn.name(), "archivist");
        assert_eq!(Arn::s3("eu-west-1", "photos/a.jpg").to_string(), "arn:aws:s3:::photos/a.jpg");
        assert!(Arn::root(Partition::Aws, "111122223333").is_root());
        assert_eq!(
            Arn::new("us-east-1", "sns", "111122223333", "news:a").resource_parts(),
            ("news", "a")
        );
        assert_eq!(account_of(text), Some("111122223333"));
        assert_eq!(account_of("arn:aws:iam::aws:policy/ReadOnlyAccess"), Some("aws"));
        assert_eq!(account_of("arn:aws:s3:::photos"), None);
    }

    #[test]
    fn what_is_no_arn_is_refused() {
        for text in [
            "",
            "*",
            "arn",
            "arn:aws:iam::111122223333",
            "arn:aws:iam::111122223333:",
            "arn:aws::us-east-1:111122223333:x",
            "arn:amazon:iam::111122223333:root",
            "arn:aws:iam::1111:root",
            "arn:aws:iam::*:root",
            "ARN:aws:iam::111122223333:root",
            " arn:aws:iam::111122223333:root",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_arn_comes_back(
            region in "(us|eu|cn|us-gov|us-isob)-[a-z]{1,9}-[1-9]",
            service in "[a-z][a-z0-9-]{0,9}",
            account in "([0-9]{12}|aws|)",
            resource in ".{1,20}",
        ) {
            for arn in [
                Arn::new(&region, &service, &account, &resource),
                Arn::global(&region, &service, &account, &resource),
            ] {
                let text = arn.to_string();
                prop_assert_eq!(Arn::parse(&text), Some(arn));
                let (kind, id) = arn.resource_parts();
                prop_assert!(resource.ends_with(id) && resource.starts_with(kind));
                prop_assert!(resource.ends_with(arn.name()));
            }
        }

        #[test]
        fn what_is_read_is_written_the_same(text in "arn:(aws|aws-cn|x):.{0,8}:.{0,8}:.{0,12}:.{0,8}") {
            if let Some(arn) = Arn::parse(&text) {
                prop_assert_eq!(arn.to_string(), text);
            }
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = Arn::parse(&text);
            let _ = Partition::of_region(&text);
        }

        #[test]
        fn a_partition_is_that_of_the_regular_expression(at in 0_usize..8, rest in "[a-z]{1,9}-[1-9]") {
            let (pattern, partition) = REGIONS[at];
            let prefix = pattern.trim_end_matches(r"\w+-\d+").replace("(de)", "de");
            for first in ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"] {
                let region = prefix.replace("(us|eu|ap|sa|ca|me|af|il|mx)", first) + &rest;
                let matching: Vec<_> = REGIONS
                    .iter()
                    .filter(|(pattern, _)| crate::pattern::matches(pattern, &region))
                    .collect();
                prop_assert_eq!(matching, [&(pattern, partition)], "{}", region);
                prop_assert_eq!(Partition::of_region(&region), partition);
            }
        }
    }
}
