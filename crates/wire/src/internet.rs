//! URLs of the simulated internet: which hosts are simulated, and their paths on this origin.
//!
//! Navigations cannot leave the origin, so they use `<base>/~/<host>/<path>` for
//! `https://<host>/<path>`; fetches use the original URL.

mod hosts;

pub use hosts::{DOMAINS, HOSTS};

use crate::http::Url;

/// The labels before AWS's domain in a host, if it is one of AWS's.
pub fn aws_subdomain(host: &str) -> Option<&str> {
    let below = |domain: &&str| host.strip_suffix(domain)?.strip_suffix('.');
    DOMAINS.iter().find_map(below).filter(|stem| !stem.is_empty())
}

/// Whether a host is simulated. Ignores the port.
pub fn is_simulated(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    HOSTS.contains(&host.as_str()) || aws_subdomain(&host).is_some()
}

/// The original URL for a path on this origin, if it is that of a simulated host. `base` ends in a
/// slash.
pub fn from_local(base: &str, path_and_query: &str) -> Option<String> {
    let rest = path_and_query.strip_prefix(base)?.strip_prefix("~/")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at(end);
    let slash = if tail.starts_with('/') { "" } else { "/" };
    is_simulated(host).then(|| format!("https://{host}{slash}{tail}"))
}

/// The path on this origin for a URL of a simulated host; other URLs unchanged.
pub fn to_local(base: &str, address: &str) -> String {
    let url = Url::parse(address);
    let web = url.scheme == "https" || url.scheme == "http";
    if !web || !is_simulated(url.host) {
        return address.to_owned();
    }
    let tail = address.split_once("://").map_or("", |(_, rest)| rest);
    format!("{base}~/{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_in_and_out() {
        let login = "https://demo.auth.us-east-1.amazoncognito.com/login?a=1#x";
        let local = "/app/~/demo.auth.us-east-1.amazoncognito.com/login?a=1#x";
        assert_eq!(to_local("/app/", login), local);
        assert_eq!(from_local("/app/", local).unwrap(), login);
        assert_eq!(to_local("/", "http://localhost:3000/cb"), "http://localhost:3000/cb");
        assert_eq!(from_local("/", "/~/evil.example/x"), None);
        assert_eq!(from_local("/", "/lab"), None);
        assert_eq!(to_local("/", "myapp://cb"), "myapp://cb");
    }

    #[test]
    fn simulated_hosts() {
        for host in [
            "cognito-idp.us-east-1.amazonaws.com",
            "photos.s3.eu-west-1.amazonaws.com:443",
            "sts.cn-north-1.amazonaws.com.cn",
            "cognito-idp.us-east-1.api.aws",
            "sts.us-isob-east-1.sc2s.sgov.gov",
            "signin.aws.amazon.com",
        ] {
            assert!(is_simulated(host), "{host}");
        }
        for host in
            ["amazonaws.com.evil.example", "localhost:8080", "", "xamazonaws.com", ".api.aws"]
        {
            assert!(!is_simulated(host), "{host}");
        }
    }
}
