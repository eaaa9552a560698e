//! Cookies of a request, and the cookie jars of the simulated browsers. All simulated hosts share one
//! origin, so a real browser could not keep their cookies apart.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::http::{Request, Response};

use crate::world::{Row, World};

/// The cookies of one browser for one host.
#[derive(Clone, Debug, PartialEq, Shape)]
struct Jar {
    browser: String,
    host: String,
    cookies: BTreeMap<String, String>,
}

impl Row for Jar {
    const TABLE: &'static str = "jar";
    fn key(&self) -> String {
        key(&self.browser, &self.host)
    }
}

fn key(browser: &str, host: &str) -> String {
    format!("{host} {browser}")
}

/// The cookies of a request: names and values, in the order of the header `Cookie`.
pub fn of(request: &Request) -> Vec<(String, String)> {
    let header = request.header("cookie").unwrap_or_default();
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Attaches the browser's cookies for a host to its request.
pub fn attach(world: &World, request: &mut Request, browser: &str, host: &str) {
    let Some(jar) = world.get::<Jar>(&key(browser, host)) else { return };
    let pairs: Vec<_> = jar.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("cookie"));
    if !pairs.is_empty() {
        request.headers.push(("cookie".to_owned(), pairs.join("; ")));
    }
}

/// Moves the cookies of a response into the browser's jar.
pub fn absorb(world: &mut World, response: &mut Response, browser: &str, host: &str) {
    let new =
        || Jar { browser: browser.to_owned(), host: host.to_owned(), cookies: BTreeMap::new() };
    let mut jar = world.get::<Jar>(&key(browser, host)).unwrap_or_else(new);
    let is_cookie = |name: &str| name.eq_ignore_ascii_case("set-cookie");
    for (_, line) in response.headers.iter().filter(|(name, _)| is_cookie(name)) {
        let mut parts = line.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            continue;
        };
        if parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
            jar.cookies.remove(name);
        } else {
            jar.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
    response.headers.retain(|(name, _)| !is_cookie(name));
    world.put(&jar);
}
