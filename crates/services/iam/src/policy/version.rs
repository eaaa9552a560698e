//! Versions of a managed policy: five at most, of which one is in effect.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::policy::managed_policy::ManagedPolicy;

/// A version as it is kept.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Version {
    pub(crate) number: i64,
    pub(crate) created: Timestamp,
    pub(crate) document: String,
}

/// A version as IAM shows it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PolicyVersion {
    /// Percent-encoded, as IAM sends it; lists leave it out.
    pub(crate) document: Option<String>,
    pub(crate) version_id: String,
    pub(crate) is_default_version: bool,
    pub(crate) create_date: Option<Timestamp>,
}

impl PolicyVersion {
    /// A version of this policy.
    pub(crate) fn of(policy: &ManagedPolicy, version: &Version) -> PolicyVersion {
        PolicyVersion {
            document: Some(cognitab_wire::http::encode(&version.document)),
            version_id: format!("v{}", version.number),
            is_default_version: version.number == policy.default,
            create_date: Some(version.created),
        }
    }

    /// The same without its document.
    pub(crate) fn listed(self) -> PolicyVersion {
        PolicyVersion { document: None, ..self }
    }
}

impl ManagedPolicy {
    /// The document that is in effect.
    pub(crate) fn document(&self) -> &str {
        let found = self.versions.iter().find(|one| one.number == self.default);
        found.map(|one| one.document.as_str()).unwrap_or_default()
    }

    /// Adds a version and says which.
    pub(crate) fn add_version(
        &mut self,
        document: String,
        now: i64,
        in_effect: bool,
    ) -> Result<&Version, Error> {
        if self.versions.len() >= 5 {
            return Err(Error::PolicyVersionsExceeded);
        }
        self.latest += 1;
        if in_effect {
            self.default = self.latest;
        }
        let version = Version { number: self.latest, created: Timestamp(now), document };
        // The newest first, as IAM lists them.
        self.versions.insert(0, version);
        self.version(&format!("v{}", self.latest))
    }

    /// The version of this id.
    pub(crate) fn version(&self, id: &str) -> Result<&Version, Error> {
        let found = self.versions.iter().find(|one| format!("v{}", one.number) == id);
        found.ok_or_else(|| Error::PolicyVersionNotFound(self.arn(), id.to_owned()))
    }
}
