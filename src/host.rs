//! The page's connection to the broker: requests and responses as messages to a worker.

use std::cell::RefCell;
use std::rc::Rc;

use cognitab_wire::http::{Request, Response, Url};
use cognitab_wire::internet;
use futures_channel::oneshot;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, MessageChannel, MessageEvent, ServiceWorker, Worker};

/// Script of the dedicated worker that runs the broker.
const WORKER_SCRIPT: &str = "host.js";

/// Name of the world that all tabs and the service worker share.
pub const LAB: &str = "lab";

/// A request got no response; the text is the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostError(pub String);

enum Transport {
    Dedicated(Worker),
    Service(ServiceWorker),
}

/// A worker that runs the broker.
#[derive(Clone)]
pub struct Host {
    transport: Rc<Transport>,
    failed: Rc<RefCell<Option<String>>>,
}

impl PartialEq for Host {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.transport, &other.transport)
    }
}

/// URL of the site's root, with a trailing slash.
pub fn site_root() -> String {
    let element = gloo::utils::document_element();
    element
        .get_attribute("data-root")
        .unwrap_or_else(|| gloo::utils::window().location().origin().unwrap_or_default() + "/")
}

impl Host {
    /// Starts a dedicated worker for this page.
    pub fn dedicated() -> Result<Host, HostError> {
        let worker = Worker::new(&format!("{}{WORKER_SCRIPT}", site_root())).map_err(host_error)?;
        let failed = Rc::new(RefCell::new(None));
        let note = failed.clone();
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let text = Reflect::get(&event, &"message".into()).ok().and_then(|t| t.as_string());
            *note.borrow_mut() = Some(text.unwrap_or_else(|| "the worker did not start".into()));
        });
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        Ok(Host { transport: Rc::new(Transport::Dedicated(worker)), failed })
    }

    /// The host of the lab world: the service worker if it controls this page, otherwise a
    /// dedicated worker.
    pub async fn lab() -> Result<Host, HostError> {
        let ready = Reflect::get(&gloo::utils::window(), &"cognitab".into())
            .and_then(|api| Reflect::get(&api, &"ready".into()));
        if let Ok(ready) = ready.and_then(JsCast::dyn_into::<Promise>) {
            // A rejection is not an error here: a dedicated worker answers instead.
            let _ = JsFuture::from(ready).await;
        }
        match controller() {
            Some(service) => {
                Ok(Host { transport: Rc::new(Transport::Service(service)), failed: Rc::default() })
            }
            None => Host::dedicated(),
        }
    }

    /// Sends a request to a world and waits for the response. `browser` names the cookie jar.
    pub async fn send(
        &self,
        world: &str,
        browser: Option<&str>,
        request: &Request,
    ) -> Result<Response, HostError> {
        if let Some(cause) = self.failed.borrow().clone() {
            return Err(HostError(cause));
        }
        let channel = MessageChannel::new().map_err(host_error)?;
        let (sender, receiver) = oneshot::channel();
        let mut sender = Some(sender);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(sender) = sender.take() {
                // The receiver is dropped if the page has stopped waiting.
                let _ = sender.send(event.data());
            }
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let message = request_message(world, browser, request).map_err(host_error)?;
        let ports = Array::of1(&channel.port2());
        match &*self.transport {
            Transport::Dedicated(worker) => worker.post_message_with_transfer(&message, &ports),
            // A newer service worker may have taken control since the first one was found.
            Transport::Service(first) => controller()
                .as_ref()
                .unwrap_or(first)
                .post_message_with_transferable(&message, &ports),
        }
        .map_err(host_error)?;
        let answer = receiver.await.map_err(|_| HostError("the worker stopped".into()))?;
        read_response(&answer)
    }
}

/// The simulated URL of the page's own URL below `~/`; `None` for other URLs.
pub fn simulated_address() -> Option<String> {
    let location = gloo::utils::window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    let here = part(location.pathname()) + &part(location.search());
    let address = internet::from_local(Url::parse(&site_root()).path, &here)?;
    Some(address + &part(location.hash()))
}

/// Saves bytes as a file on the user's device.
pub fn save_file(name: &str, bytes: &[u8]) -> Result<(), HostError> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).map_err(host_error)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).map_err(host_error)?;
    let link = gloo::utils::document().create_element("a").map_err(host_error)?;
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // By then the browser has started to read the blob.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// The service worker that controls this page.
pub fn controller() -> Option<ServiceWorker> {
    let navigator = gloo::utils::window().navigator();
    // An insecure context has no service worker container.
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    let controller = Reflect::get(&container, &"controller".into()).ok()?;
    controller.dyn_into().ok()
}

pub(crate) fn host_error(error: JsValue) -> HostError {
    let message = Reflect::get(&error, &"message".into()).ok().and_then(|m| m.as_string());
    HostError(message.or_else(|| error.as_string()).unwrap_or_else(|| format!("{error:?}")))
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), value).map(|_| ())
}

fn request_message(
    world: &str,
    browser: Option<&str>,
    request: &Request,
) -> Result<Object, JsValue> {
    let headers: Array =
        request.headers.iter().map(|(n, v)| Array::of2(&n.into(), &v.into())).collect();
    let inner = Object::new();
    set(&inner, "method", &request.method.as_str().into())?;
    set(&inner, "url", &request.url.as_str().into())?;
    set(&inner, "headers", &headers)?;
    set(&inner, "body", &Uint8Array::from(request.body.as_slice()))?;
    let message = Object::new();
    set(&message, "id", &js_sys::Math::random().into())?;
    set(&message, "world", &world.into())?;
    set(&message, "browser", &browser.map_or(JsValue::NULL, JsValue::from))?;
    set(&message, "request", &inner)?;
    Ok(message)
}

fn read_response(answer: &JsValue) -> Result<Response, HostError> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).map_err(host_error);
    let response = get(answer, "response")?;
    if !response.is_object() {
        let error = get(answer, "error")?.as_string();
        return Err(HostError(error.unwrap_or_else(|| "the worker sent no response".into())));
    }
    let headers = Array::from(&get(&response, "headers")?)
        .iter()
        .map(|pair| {
            let pair = Array::from(&pair);
            let text = |at| pair.get(at).as_string().unwrap_or_default();
            (text(0), text(1))
        })
        .collect();
    Ok(Response {
        status: get(&response, "status")?.as_f64().unwrap_or_default() as u16,
        headers,
        body: Uint8Array::new(&get(&response, "body")?).to_vec(),
    })
}
