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
