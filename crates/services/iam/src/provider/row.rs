//! Outside issuers of ID tokens that an account trusts.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use cognitab_kernel::Row;
use cognitab_kernel::World;

/// An OpenID Connect provider.
#[derive(Clone, Debug, PartialEq, Shape)]
pub struct Provider {
    /// Account that knows it.
    pub account: String,
    /// Issuer without its scheme.
    pub url: String,
    /// Audiences it accepts.
    pub clients: Vec<String>,
    /// Thumbprints of the issuer's certificates.
    pub thumbprints: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
}

impl Row for Provider {
    const TABLE: &'static str = "iam.provider";
    fn key(&self) -> String {
        format!("{}/{}", self.account, self.url)
    }
}

impl Provider {
    /// `arn:aws:iam::{account}:oidc-provider/{url}`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:oidc-provider/{}", self.account, self.url)
    }
}

/// The provider of this ARN.
pub(crate) fn by_arn(world: &World, arn: &str) -> Option<Provider> {
    let (account, url) = arn.strip_prefix("arn:aws:iam::")?.split_once(":oidc-provider/")?;
    by_issuer(world, account, url)
}

/// The provider of this issuer, named without scheme.
pub fn by_issuer(world: &World, account: &str, url: &str) -> Option<Provider> {
    world.get(&format!("{account}/{url}"))
}
