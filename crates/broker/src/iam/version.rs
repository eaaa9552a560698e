//! Versions of a managed policy: five at most, of which one is in effect.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use super::error::Error;
use super::managed::Managed;

/// A version as it is kept.
#[derive(Clone, Debug, Shape)]
pub(super) struct Version {
    pub(super) number: i64,
    pub(super) created: Timestamp,
    pub(super) document: String,
}

/// A version as IAM shows it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PolicyVersion {
    /// Percent-encoded, as IAM sends it; lists leave it out.
    pub(super) document: Option<String>,
    pub(super) version_id: String,
    pub(super) is_default_version: bool,
    pub(super) create_date: Option<Timestamp>,
}

impl PolicyVersion {
    /// A version of this policy.
    pub(super) fn of(policy: &Managed, version: &Version) -> PolicyVersion {
        PolicyVersion {
            document: Some(cognitab_wire::http::encode(&version.document)),
            version_id: format!("v{}", version.number),
            is_default_version: version.number == policy.default,
            create_date: Some(version.created),
        }
    }

    /// The same without its document.
    pub(super) fn listed(self) -> PolicyVersion {
        PolicyVersion { document: None, ..self }
    }
}

impl Managed {
    /// The document that is in effect.
    pub(super) fn document(&self) -> &str {
        let found = self.versions.iter().find(|one| one.number == self.default);
        found.map(|one| one.document.as_str()).unwrap_or_default()
    }

    /// Adds a version and says which.
    pub(super) fn add_version(
        &mut self,
        document: String,
        now: i64,
        in_effect: bool,
    ) -> Result<&Version, Error> {
        if self.versions.len() >= 5 {
            return Err(Error::TooManyVersions);
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
    pub(super) fn version(&self, id: &str) -> Result<&Version, Error> {
        let found = self.versions.iter().find(|one| format!("v{}", one.number) == id);
        found.ok_or_else(|| Error::NoVersion(self.arn(), id.to_owned()))
    }
}
