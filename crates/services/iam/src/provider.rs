//! OpenID Connect identity providers: external issuers of ID tokens that an account trusts.

pub(crate) mod create_open_id_connect_provider;
pub(crate) mod delete_open_id_connect_provider;
pub(crate) mod get_open_id_connect_provider;
pub(crate) mod list_open_id_connect_providers;

use cognitab_kernel::{Entry, Row, World, entry};
use cognitab_macros::Shape;
use cognitab_wire::arn::{Arn, Partition};
use cognitab_wire::shape::Timestamp;

use crate::arn;
use crate::error::Error;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_open_id_connect_provider::CreateOpenIdConnectProvider>(),
    entry::<delete_open_id_connect_provider::DeleteOpenIdConnectProvider>(),
    entry::<get_open_id_connect_provider::GetOpenIdConnectProvider>(),
    entry::<list_open_id_connect_providers::ListOpenIdConnectProviders>(),
];

/// An OpenID Connect identity provider.
#[derive(Clone, Debug, PartialEq, Shape)]
pub struct OpenIdConnectProvider {
    /// The partition in which it was created.
    #[shape(optional)]
    pub partition: Partition,
    /// The account that it belongs to.
    pub account: String,
    /// The issuer, without `https://` and without a slash at the end.
    pub url: String,
    /// The audiences that its tokens may have.
    pub clients: Vec<String>,
    /// Thumbprints of the issuer's certificates. They are not checked.
    pub thumbprints: Vec<String>,
    /// When it was created.
    pub created: Timestamp,
}

impl Row for OpenIdConnectProvider {
    const TABLE: &'static str = "iam.provider";
    fn key(&self) -> String {
        key(&self.account, &self.url)
    }
}

fn key(account: &str, url: &str) -> String {
    format!("{account}/{url}")
}

impl OpenIdConnectProvider {
    /// `arn:{partition}:iam::{account}:oidc-provider/{url}`.
    pub fn arn(&self) -> String {
        let resource = format!("oidc-provider/{}", self.url);
        Arn::in_partition(self.partition, "iam", &self.account, &resource).to_string()
    }
}

/// The provider of this ARN.
pub(crate) fn find(world: &World, arn: &str) -> Result<OpenIdConnectProvider, Error> {
    let by_arn = || {
        let parsed = arn::parse(arn)?;
        let url = parsed.resource_id("iam", "oidc-provider")?;
        by_issuer(world, parsed.account(), url).filter(|provider| provider.arn() == arn)
    };
    by_arn().ok_or_else(|| Error::ProviderNotFound(arn.to_owned()))
}

/// The provider of an account for this issuer, without `https://`; `None` if there is none.
pub fn by_issuer(world: &World, account: &str, issuer: &str) -> Option<OpenIdConnectProvider> {
    world.get(&key(account, issuer))
}
