//! What the world knows of the resource that a question names: whose it is and which policy it has.

use cognitab_policy::Policy;
use serde::Serialize;

use crate::world::World;
use crate::{authorize, iam, s3};

/// A resource with the policy on it.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Resource {
    /// Its ARN.
    pub(crate) arn: String,
    /// The account that owns it; empty where nobody knows.
    pub(crate) account: String,
    /// The policy on it.
    pub(crate) policy: Option<Policy>,
    /// Whether that policy must allow even within one account.
    #[serde(skip)]
    pub(crate) must_allow: bool,
}

/// What is known of the resource of this ARN. A role's trust policy counts for those actions alone
/// that assume it.
pub(crate) fn find(world: &World, action: &str, arn: &str) -> Resource {
    let account = arn.split(':').nth(4).unwrap_or_default().to_owned();
    let plain = Resource { arn: arn.to_owned(), account, ..Resource::default() };
    if let Some(path) = arn.strip_prefix("arn:aws:s3:::") {
        let bucket = path.split('/').next().unwrap_or_default();
        return s3::resource(world, bucket).unwrap_or(plain);
    }
    let assumes = action.to_ascii_lowercase().starts_with("sts:assume");
    match iam::role(world, arn).filter(|_| assumes) {
        Some(role) => Resource {
            policy: Some(authorize::policy(role.name, &role.trust)),
            must_allow: true,
            ..plain
        },
        None => plain,
    }
}
