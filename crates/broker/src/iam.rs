//! IAM: users, roles and the policies that say what they may do.

use crate::event::Station;
use crate::operation::{Protocol, Service};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "iam",
    protocol: Protocol::Query,
    target: "https://iam.amazonaws.com/doc/2010-05-08/",
    version: "2010-05-08",
    station: Station::Role,
    operations: &[],
};

/// The policies attached to a user or a role: names and JSON texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attached {
    /// Inline and managed policies, those of a user's groups included.
    pub(crate) identity: Vec<(String, String)>,
    /// The permissions boundary.
    pub(crate) boundary: Option<(String, String)>,
}
