//! Customer managed policies: an account's own. Of up to five versions one is the default.

use cognitab_kernel::{Row, World};
use cognitab_macros::Shape;
use cognitab_wire::arn::{Arn, Partition};
use cognitab_wire::shape::Timestamp;

use crate::arn;
use crate::error::Error;

/// A customer managed policy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CustomerManagedPolicy {
    /// The partition in which it was created.
    #[shape(optional)]
    pub(crate) partition: Partition,
    pub(crate) account: String,
    /// Starts and ends with a slash.
    pub(crate) path: String,
    pub(crate) name: String,
    /// `ANPA…`.
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    /// The newest first, as IAM lists them.
    pub(crate) versions: Vec<Version>,
    /// Number of the default version.
    pub(crate) default: i64,
    /// The highest number that a version ever had.
    pub(crate) latest: i64,
    pub(crate) description: Option<String>,
}

/// A version of a customer managed policy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Version {
    /// Counts from 1.
    pub(crate) number: i64,
    pub(crate) created: Timestamp,
    /// JSON text.
    pub(crate) document: String,
}

impl Row for CustomerManagedPolicy {
    const TABLE: &'static str = "iam.policy";
    fn key(&self) -> String {
        key(&self.account, &self.name)
    }
}

fn key(account: &str, name: &str) -> String {
    format!("{account}/{name}")
}

impl CustomerManagedPolicy {
    /// Its ARN, with its path.
    pub(crate) fn arn(&self) -> String {
        let resource = format!("policy{}{}", self.path, self.name);
        Arn::in_partition(self.partition, "iam", &self.account, &resource).to_string()
    }

    /// The document of its default version, as JSON text.
    pub(crate) fn document(&self) -> &str {
        let version = self.versions.iter().find(|version| version.number == self.default);
        version.map(|version| version.document.as_str()).unwrap_or_default()
    }

    /// Adds a version and returns it.
    pub(crate) fn add_version(
        &mut self,
        document: String,
        now: i64,
        set_as_default: bool,
    ) -> Result<Version, Error> {
        if self.versions.len() >= 5 {
            return Err(Error::PolicyVersionsExceeded);
        }
        self.latest += 1;
        if set_as_default {
            self.default = self.latest;
        }
        let version = Version { number: self.latest, created: Timestamp(now), document };
        self.versions.insert(0, version.clone());
        Ok(version)
    }

    /// The version of this id, `v1`.
    pub(crate) fn version(&self, id: &str) -> Result<&Version, Error> {
        let version = self.versions.iter().find(|version| version.id() == id);
        version.ok_or_else(|| Error::PolicyVersionNotFound(self.arn(), id.to_owned()))
    }
}

impl Version {
    /// Its id, `v1`.
    pub(crate) fn id(&self) -> String {
        format!("v{}", self.number)
    }
}

/// The policy of this ARN; `None` if there is none.
pub(crate) fn by_arn(world: &World, arn: &str) -> Option<CustomerManagedPolicy> {
    let parsed = arn::parse(arn)?;
    let policy: CustomerManagedPolicy = world.get(&key(parsed.account(), parsed.name()))?;
    (policy.arn() == arn).then_some(policy)
}

/// The policy of this ARN, or the error if there is none.
pub(crate) fn find(world: &World, arn: &str) -> Result<CustomerManagedPolicy, Error> {
    by_arn(world, arn).ok_or_else(|| Error::PolicyNotFound(arn.to_owned()))
}
