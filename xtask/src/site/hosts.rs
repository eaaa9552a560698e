//! The simulated hosts, for the parts of the site that are not written in Rust: the pages' content
//! security policy and `build.js`, which the service worker reads.

use anyhow::{Result, bail};

#[expect(unreachable_pub, reason = "the file belongs to the crate `wire`, which exports the lists")]
#[path = "../../../crates/wire/src/internet/hosts.rs"]
mod list;

pub(crate) use list::{DOMAINS, HOSTS};

/// Placeholder in `index.html` for the sources of the policy.
const PLACEHOLDER: &str = "{simulated-hosts}";

/// Writes the hosts into the content security policy of a page.
pub(crate) fn fill_policy(html: &str) -> Result<String> {
    if html.matches(PLACEHOLDER).count() != 1 {
        bail!("index.html does not contain `{PLACEHOLDER}` exactly once");
    }
    let domains = DOMAINS.iter().map(|domain| format!("https://*.{domain}"));
    let hosts = HOSTS.iter().map(|host| format!("https://{host}"));
    let sources: Vec<String> = domains.chain(hosts).collect();
    Ok(html.replace(PLACEHOLDER, &sources.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_connect_to_every_simulated_host() {
        let html = std::fs::read_to_string(crate::program::root().join("index.html")).unwrap();
        let filled = fill_policy(&html).unwrap();
        let (_, rest) = filled.split_once("connect-src 'self' ").unwrap();
        let sources: Vec<&str> = rest.split_once(';').unwrap().0.split(' ').collect();
        assert_eq!(sources.len(), DOMAINS.len() + HOSTS.len());
        assert!(sources.contains(&"https://*.amazonaws.com"));
        assert!(sources.contains(&"https://photos.example"));
    }

    #[test]
    fn a_page_without_the_placeholder_is_refused() {
        assert!(fill_policy("<head></head>").is_err());
    }
}
