//! Requests and responses between scripts and the core.

use cognitab_wire::http::{Request, Response};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::serve;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = cognitabEngine)]
    fn failed(cause: &str);
}

/// A panic ends the program. Pending requests are rejected with its message instead of hanging.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| failed(&info.to_string())));
}

/// Answers `{method, url, headers, body}` in a world with `{status, headers, body}`.
#[wasm_bindgen]
pub async fn answer(
    world: String,
    browser: Option<String>,
    request: JsValue,
) -> Result<Object, JsValue> {
    let request = read(&request)?;
    write(&serve::answer(&world, browser, request).await?)
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())
}

fn text(object: &JsValue, name: &str) -> Result<String, JsValue> {
    let missing = || JsValue::from_str(&format!("the request has no `{name}`"));
    get(object, name)?.as_string().ok_or_else(missing)
}

fn read(request: &JsValue) -> Result<Request, JsValue> {
    let headers = Array::from(&get(request, "headers")?)
        .iter()
        .filter_map(|pair| {
            let pair = Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect();
    let body = get(request, "body")?;
    let body = if body.is_object() { Uint8Array::new(&body).to_vec() } else { Vec::new() };
    Ok(Request { method: text(request, "method")?, url: text(request, "url")?, headers, body })
}

fn write(response: &Response) -> Result<Object, JsValue> {
    let pair = |(n, v): &(String, String)| Array::of2(&n.into(), &v.into());
    let headers: Array = response.headers.iter().map(pair).collect();
    let object = Object::new();
    Reflect::set(&object, &"status".into(), &response.status.into())?;
    Reflect::set(&object, &"headers".into(), &headers)?;
    Reflect::set(&object, &"body".into(), &Uint8Array::from(response.body.as_slice()))?;
    Ok(object)
}

#[cfg(test)]
mod tests {
    use cognitab_wire::internet::{DOMAINS, HOSTS, is_simulated};
    use regex_lite::Regex;

    /// The service worker must know them before the engine runs, and even if it never does.
    #[test]
    fn the_service_worker_knows_the_same_hosts() {
        let script = include_str!("../../../static/sw.js");
        let (_, rest) = script.split_once("const SIMULATED =\n  /").unwrap();
        let pattern = rest.split_once("/;").unwrap().0;
        let either = |names: &[&str]| names.join("|").replace('.', "\\.");
        let same = format!("[^.]\\.({})$|^({})$", either(&DOMAINS), either(&HOSTS));
        assert_eq!(pattern, same);
        let regex = Regex::new(pattern).unwrap();
        let below = DOMAINS.iter().map(|domain| format!("sts.us-east-1.{domain}"));
        let bare = DOMAINS.iter().chain(&HOSTS).map(|&name| name.to_owned());
        let prefixed = DOMAINS.iter().chain(&HOSTS).map(|name| format!("x{name}"));
        let strange = ["amazonaws.com.evil.example", "example.com", "localhost", ".api.aws"];
        for host in below.chain(bare).chain(prefixed).chain(strange.map(str::to_owned)) {
            assert_eq!(regex.is_match(&host), is_simulated(&host), "{host}");
        }
    }

    /// A page may send to the simulated hosts and nowhere else.
    #[test]
    fn the_security_policy_names_the_same_hosts() {
        let page = include_str!("../../../index.html");
        let (_, rest) = page.split_once("connect-src 'self' ").unwrap();
        let allowed = rest.split_once(';').unwrap().0;
        let domains = DOMAINS.iter().map(|domain| format!("https://*.{domain}"));
        let hosts = HOSTS.iter().map(|host| format!("https://{host}"));
        assert_eq!(allowed, domains.chain(hosts).collect::<Vec<_>>().join(" "));
    }
}
