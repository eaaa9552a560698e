//! A version of a managed policy, as IAM returns it.

use cognitab_macros::Shape;
use cognitab_wire::http;
use cognitab_wire::shape::Timestamp;

use crate::policy::customer_managed_policy::{CustomerManagedPolicy, Version};

#[derive(Clone, Debug, Shape)]
pub(crate) struct PolicyVersion {
    /// URL-encoded; absent from lists.
    pub(crate) document: Option<String>,
    pub(crate) version_id: String,
    pub(crate) is_default_version: bool,
    pub(crate) create_date: Option<Timestamp>,
}

impl PolicyVersion {
    /// A version of this policy.
    pub(crate) fn of(policy: &CustomerManagedPolicy, version: &Version) -> PolicyVersion {
        PolicyVersion {
            document: Some(http::encode(&version.document)),
            version_id: version.id(),
            is_default_version: version.number == policy.default,
            create_date: Some(version.created),
        }
    }

    /// The same without its document, as lists have it.
    pub(crate) fn without_document(self) -> PolicyVersion {
        PolicyVersion { document: None, ..self }
    }
}
