//! OpenID Connect identity providers: external issuers of ID tokens that an account trusts.

pub(crate) mod create_open_id_connect_provider;
pub(crate) mod delete_open_id_connect_provider;
pub(crate) mod get_open_id_connect_provider;
pub(crate) mod list_open_id_connect_providers;

use cognitab_kernel::{Entry, Row, World, entry};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

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
    /// `arn:aws:iam::{account}:oidc-provider/{url}`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:oidc-provider/{}", self.account, self.url)
    }
}

/// The provider of this ARN.
pub(crate) fn find(world: &World, arn: &str) -> Result<OpenIdConnectProvider, Error> {
    let account_and_url =
        arn.strip_prefix("arn:aws:iam::").and_then(|rest| rest.split_once(":oidc-provider/"));
    let found = account_and_url.and_then(|(account, url)| by_issuer(world, account, url));
    found.ok_or_else(|| Error::ProviderNotFound(arn.to_owned()))
}

/// The provider of an account for this issuer, without `https://`; `None` if there is none.
pub fn by_issuer(world: &World, account: &str, issuer: &str) -> Option<OpenIdConnectProvider> {
    world.get(&key(account, issuer))
}
