//! Requests in and answers out, between scripts and the core.

use cognitab_wire::http::{Request, Response};
use cognitab_wire::internet;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::serve;

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

/// Whether the broker answers for this host.
#[wasm_bindgen]
pub fn is_simulated(host: &str) -> bool {
    internet::is_simulated(host)
}

/// The true address behind a path on this origin; nothing where it is an ordinary path.
#[wasm_bindgen]
pub fn from_local(base: &str, path: &str) -> Option<String> {
    internet::from_local(base, path)
}

/// Where an address lives on this origin.
#[wasm_bindgen]
pub fn to_local(base: &str, address: &str) -> String {
    internet::to_local(base, address)
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
