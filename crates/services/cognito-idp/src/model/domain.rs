//! A domain: the host of a pool's login pages.

use cognitab_macros::Shape;

use cognitab_kernel::Row;
use cognitab_kernel::World;

/// A domain.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Domain {
    /// The prefix.
    pub(crate) domain: String,
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) pool: String,
    /// 1 for the hosted UI, 2 for managed login.
    pub(crate) managed_login_version: i64,
}

impl Row for Domain {
    const TABLE: &'static str = "cognito-idp.domain";
    fn key(&self) -> String {
        key(&self.region, &self.domain)
    }
}

impl Domain {
    /// The host of its pages.
    pub(crate) fn host(&self) -> String {
        format!("{}.auth.{}.amazoncognito.com", self.domain, self.region)
    }
}

/// Prefixes are unique in their region.
pub(crate) fn key(region: &str, domain: &str) -> String {
    format!("{region} {domain}")
}

/// The domain of a host (a port is ignored).
pub(crate) fn by_host(world: &World, host: &str) -> Option<Domain> {
    let (prefix, region) = parts(host)?;
    world.get(&key(&region, &prefix))
}

/// Prefix and region of a host, whether there is such a domain or not.
pub fn parts(host: &str) -> Option<(String, String)> {
    let host = host.split(':').next()?.to_ascii_lowercase();
    let (prefix, region) = host.strip_suffix(".amazoncognito.com")?.split_once(".auth.")?;
    Some((prefix.to_owned(), region.to_owned()))
}

/// The domain of a pool.
pub(crate) fn of_pool(world: &World, pool: &str) -> Option<Domain> {
    world.scan::<Domain>("").find(|d| d.pool == pool)
}
