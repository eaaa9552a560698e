//! A domain: the host of the login pages of a user pool.

use cognitab_kernel::{Row, World};
use cognitab_macros::Shape;

use crate::model::types::{DomainType, UserPoolIdType};

/// The version of the login pages: 1 for the classic hosted UI, 2 for managed login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "WrappedIntegerType", range = 1..=2)]
pub(crate) struct ManagedLoginVersion(i64);

/// A domain as it is stored.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Domain {
    /// The prefix of the host.
    pub(crate) domain: DomainType,
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) pool: UserPoolIdType,
    pub(crate) managed_login_version: ManagedLoginVersion,
}

impl Row for Domain {
    const TABLE: &'static str = "cognito-idp.domain";
    fn key(&self) -> String {
        key(&self.region, &self.domain)
    }
}

impl Domain {
    /// The host name.
    pub(crate) fn host(&self) -> String {
        format!("{}.auth.{}.amazoncognito.com", self.domain, self.region)
    }
}

/// The key of a domain, whose prefix is unique in its region.
pub(crate) fn key(region: &str, domain: &str) -> String {
    format!("{region} {domain}")
}

/// The domain of a host name. A port is ignored.
pub(crate) fn by_host(world: &World, host: &str) -> Option<Domain> {
    let (prefix, region) = parts(host)?;
    world.get(&key(&region, &prefix))
}

/// Prefix and region of a domain's host name, whether the domain exists or not. A port is ignored.
pub fn parts(host: &str) -> Option<(String, String)> {
    let host = host.split(':').next()?.to_ascii_lowercase();
    let (prefix, region) = host.strip_suffix(".amazoncognito.com")?.split_once(".auth.")?;
    Some((prefix.to_owned(), region.to_owned()))
}

/// The domain of a pool.
pub(crate) fn of_pool(world: &World, pool: &str) -> Option<Domain> {
    world.scan::<Domain>("").find(|d| d.pool == pool)
}
