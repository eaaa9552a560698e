//! `window.cognitab`: the door that a learner's own code in this page may use.
//!
//! `ready` resolves when SDK calls from this page are answered by the lab world and rejects with
//! the cause where they cannot be; `handle` answers a single request without a service worker.

use cognitab_wire::http::Request;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{Host, LAB, Silence, controller, root, silence};

/// The simulated browser whose cookies such requests carry.
const BROWSER: &str = "page";

/// How long a service worker may take to answer for the page, in steps of 50 ms.
const PATIENCE: u32 = 200;

/// Puts the door into the window.
pub fn install() -> Result<(), JsValue> {
    let ready = future_to_promise(async {
        controlled().await.map(|()| JsValue::UNDEFINED).map_err(|s| JsValue::from_str(&s.0))
    });
    // A page that nobody's code waits in is no mistake of the page.
    let quiet = Closure::<dyn FnMut(JsValue)>::new(|_| {}).into_js_value();
    call(&ready, "catch", &quiet)?;
    let handle = Closure::<dyn FnMut(web_sys::Request) -> Promise>::new(|request| {
        future_to_promise(async move { answer(request).await.map(JsValue::from) })
    });
    let door = Object::new();
    Reflect::set(&door, &"ready".into(), &ready)?;
    Reflect::set(&door, &"handle".into(), &handle.into_js_value())?;
    Reflect::set(&gloo::utils::window(), &"cognitab".into(), &door)?;
    Ok(())
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    method.call1(object, argument)
}

/// Waits until the service worker answers for this page.
pub async fn controlled() -> Result<(), Silence> {
    if controller().is_some() {
        return Ok(());
    }
    let navigator = gloo::utils::window().navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).map_err(silence)?;
    if container.is_undefined() {
        return Err(Silence("this browser, or this address, allows no service worker".to_owned()));
    }
    let script = JsValue::from(format!("{}sw.js", root()));
    let registered: Promise =
        call(&container, "register", &script).map_err(silence)?.unchecked_into();
    JsFuture::from(registered).await.map_err(silence)?;
    for _ in 0..PATIENCE {
        if controller().is_some() {
            return Ok(());
        }
        gloo::timers::future::TimeoutFuture::new(50).await;
    }
    Err(Silence("the service worker does not control this page: reload it once".to_owned()))
}

async fn answer(request: web_sys::Request) -> Result<web_sys::Response, JsValue> {
    let host = LAB_HOST.with(|host| host.borrow().clone());
    let host = match host {
        Some(host) => host,
        None => {
            let host = Host::lab().await.map_err(|s| JsValue::from_str(&s.0))?;
            LAB_HOST.with(|kept| kept.replace(Some(host.clone())));
            host
        }
    };
    let request = read(&request).await?;
    let response =
        host.send(LAB, Some(BROWSER), &request).await.map_err(|s| JsValue::from_str(&s.0))?;
    let headers = web_sys::Headers::new()?;
    for (name, value) in &response.headers {
        headers.append(name, value)?;
    }
    let init = web_sys::ResponseInit::new();
    init.set_status(response.status);
    init.set_headers(&headers);
    // A status that allows no body allows not even an empty one.
    let none = matches!(response.status, 101 | 204 | 205 | 304);
    let body = (!none).then(|| Uint8Array::from(response.body.as_slice()));
    web_sys::Response::new_with_opt_js_u8_array_and_init(body.as_ref(), &init)
}

async fn read(request: &web_sys::Request) -> Result<Request, JsValue> {
    let mut headers = Vec::new();
    for entry in Array::from(&request.headers()).iter() {
        let pair = Array::from(&entry);
        let text = |at| pair.get(at).as_string().unwrap_or_default();
        headers.push((text(0), text(1)));
    }
    let body = JsFuture::from(request.array_buffer()?.unchecked_into::<Promise>()).await?;
    Ok(Request {
        method: request.method(),
        url: request.url(),
        headers,
        body: Uint8Array::new(&body).to_vec(),
    })
}

thread_local! {
    static LAB_HOST: std::cell::RefCell<Option<Host>> = const { std::cell::RefCell::new(None) };
}
