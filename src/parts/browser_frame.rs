//! The simulated browser: a hatched border, an address bar, and pages as inert copies of the HTML.

use cognitab_wire::http::{Request, Url};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement, Node};
use yew::prelude::*;

use crate::client::login::{get, post_form, resolve};
use crate::client::markup::parse_html;
use crate::components::{ButtonKind, ButtonSize, button_class, line_icon};
use crate::state::lab::{BrowserPage, PageBody};

/// Properties of [`browser_frame`].
pub struct BrowserFrameProps {
    /// The page to show.
    pub page: BrowserPage,
    /// Whether a response is pending.
    pub busy: bool,
    /// Called with the request of a link or form.
    pub on_navigate: Callback<Request>,
    /// Called to go back one page.
    pub on_back: Callback<MouseEvent>,
    /// Content of the photo app's own pages.
    pub children: Html,
}

/// The browser window.
pub fn browser_frame(props: &BrowserFrameProps) -> Html {
    let reload = {
        let (on_navigate, url) = (props.on_navigate.clone(), props.page.url.clone());
        Callback::from(move |_: MouseEvent| on_navigate.emit(get(&url)))
    };
    html! {
        <div class="simulated-browser">
            <div class="hatch">
                <svg aria-hidden="true"><rect width="100%" height="100%" fill="url(#hatch)" /></svg>
                <span>{"simulated"}</span>
            </div>
            <div class="browser-window">
                <div class="address-bar">
                    <span class="nav">
                        <button aria-label="Back" onclick={props.on_back.clone()}>{line_icon("i-back")}</button>
                        <button aria-label="Reload" onclick={reload}>{line_icon("i-reset")}</button>
                    </span>
                    <p aria-label="Address" role="group">{url_view(&props.page.url)}</p>
                </div>
                <div class="browser-page" aria-busy={props.busy.to_string()}>
                    { match &props.page.body {
                        PageBody::Html(html) => html! {
                            <InertPage html={AttrValue::from(html.to_string())} url={props.page.url.clone()} on_navigate={props.on_navigate.clone()} />
                        },
                        PageBody::Start | PageBody::Callback => props.children.clone(),
                    } }
                </div>
            </div>
        </div>
    }
}

/// A URL with its host, path and parameters in separate elements.
fn url_view(url: &str) -> Html {
    let parts = Url::parse(url);
    let params = |text: &str, separator: char| -> Html {
        text.split('&')
            .filter(|p| !p.is_empty())
            .enumerate()
            .map(|(index, pair)| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                let prefix = if index == 0 { separator } else { '&' };
                let class = (name == "response_type" || name == "code").then_some("emphasized");
                let shortened = if value.len() > 80 {
                    format!("{}…", value.get(..24).unwrap_or_default())
                } else {
                    value.to_owned()
                };
                html! { <><wbr /><i class={classes!(class)} title={value.to_owned()}><u>{format!("{prefix}{name}=")}</u>{shortened}</i></> }
            })
            .collect()
    };
    html! { <>
        <b>{format!("{}://{}", parts.scheme, parts.host)}</b>{parts.path}
        {params(parts.query, '?')}{params(parts.fragment, '#')}
    </> }
}

#[derive(Properties, PartialEq)]
struct InertPageProps {
    html: AttrValue,
    url: String,
    on_navigate: Callback<Request>,
}

/// A page without scripts, styles or unknown attributes. Links and forms become requests.
#[component]
fn InertPage(props: &InertPageProps) -> Html {
    let container = use_node_ref();
    {
        let (container, on_navigate) = (container.clone(), props.on_navigate.clone());
        use_effect_with((props.html.clone(), props.url.clone()), move |(html, url)| {
            let listeners = container.cast::<Element>().map(|element| {
                // If the copy fails, the page stays empty; the response is in the trace.
                let _ = render_inert(&element, html);
                attach_listeners(&element, url, on_navigate)
            });
            move || drop(listeners)
        });
    }
    let fill_credentials = |name: &'static str, password: &'static str| {
        let container = container.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(element) = container.cast::<Element>() {
                set_field(&element, "input[name=username]", name);
                set_field(&element, "input[name=password]", password);
            }
        })
    };
    html! { <>
        <div ref={container.clone()} class="hosted"></div>
        if props.html.contains("name=\"password\"") {
            <p class="button-row"><span class="caption">{"Users of this scenario:"}</span>
                <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={fill_credentials("ana", "Ana-Photos-1!")}>{"Use Ana's password"}</button>
                <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={fill_credentials("ben", "Ben-Photos-1!")}>{"Use Ben's password"}</button>
            </p>
        }
    </> }
}

fn set_field(element: &Element, selector: &str, value: &str) {
    let field = element.query_selector(selector).ok().flatten();
    if let Some(field) = field.and_then(|f| f.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(value);
    }
}

/// Elements that are copied from a page.
const ELEMENTS: [&str; 33] = [
    "A", "ARTICLE", "ASIDE", "B", "BUTTON", "CODE", "DIV", "DL", "DT", "DD", "EM", "FIELDSET",
    "FOOTER", "FORM", "H1", "H2", "H3", "HEADER", "HR", "IMG", "INPUT", "LABEL", "LEGEND", "LI",
    "MAIN", "OL", "OPTION", "P", "SECTION", "SELECT", "SPAN", "STRONG", "UL",
];

/// Attributes that are copied. `href` and `action` are used by [`attach_listeners`] only.
const ATTRIBUTES: [&str; 13] = [
    "action",
    "alt",
    "checked",
    "for",
    "href",
    "id",
    "method",
    "name",
    "placeholder",
    "required",
    "role",
    "type",
    "value",
];

fn render_inert(element: &Element, html: &str) -> Result<(), JsValue> {
    element.set_inner_html("");
    if let Some(body) = parse_html(html)?.body() {
        copy_children(&body, element)?;
    }
    Ok(())
}

fn copy_children(from: &Node, to: &Element) -> Result<(), JsValue> {
    let children = from.child_nodes();
    for index in 0..children.length() {
        let Some(child) = children.item(index) else { continue };
        if child.node_type() == Node::TEXT_NODE {
            let text = document().create_text_node(&child.text_content().unwrap_or_default());
            to.append_child(&text)?;
        } else if let Some(child) = child.dyn_ref::<Element>() {
            let name = child.tag_name().to_ascii_uppercase();
            if !ELEMENTS.contains(&name.as_str()) {
                continue;
            }
            // The page is nested: its headings get a lower level, and its landmarks become plain
            // elements.
            let name = match name.as_str() {
                "H1" => "H3",
                "H2" | "H3" => "H4",
                "MAIN" | "HEADER" | "FOOTER" | "ASIDE" | "IMG" => "DIV",
                name => name,
            };
            let copied = document().create_element(name)?;
            copy_attributes(child, &copied)?;
            copy_children(child, &copied)?;
            to.append_child(&copied)?;
        }
    }
    Ok(())
}

fn copy_attributes(from: &Element, to: &Element) -> Result<(), JsValue> {
    for name in ATTRIBUTES {
        if let Some(value) = from.get_attribute(name) {
            let value = if matches!(name, "id" | "for") { format!("sim-{value}") } else { value };
            to.set_attribute(name, &value)?;
        }
    }
    if from.tag_name().eq_ignore_ascii_case("input") {
        to.set_attribute("autocomplete", "off")?;
        to.set_attribute("spellcheck", "false")?;
    }
    Ok(())
}

/// Turns clicks on links and submitted forms into requests.
fn attach_listeners(
    element: &Element,
    url: &str,
    on_navigate: Callback<Request>,
) -> [EventListener; 2] {
    let options = EventListenerOptions::enable_prevent_default();
    let (base, on_link) = (url.to_owned(), on_navigate.clone());
    let click = EventListener::new_with_options(element, "click", options, move |event| {
        let link = event
            .target()
            .and_then(|t| t.dyn_into::<Element>().ok())
            .and_then(|t| t.closest("a[href]").ok().flatten());
        if let Some(href) = link.and_then(|l| l.get_attribute("href")) {
            event.prevent_default();
            if let Some(url) = resolve(&base, &href) {
                on_link.emit(get(&url));
            }
        }
    });
    let base = url.to_owned();
    let submit = EventListener::new_with_options(element, "submit", options, move |event| {
        event.prevent_default();
        if let Some(form) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
            let submitter = event
                .dyn_ref::<web_sys::SubmitEvent>()
                .and_then(web_sys::SubmitEvent::submitter)
                .map(Element::from);
            if let Some(request) = form_request(&form, submitter.as_ref(), &base) {
                on_navigate.emit(request);
            }
        }
    });
    [click, submit]
}

/// The request of a submitted form; `None` if its action cannot be resolved.
fn form_request(form: &Element, submitter: Option<&Element>, base: &str) -> Option<Request> {
    let mut fields: Vec<(String, String)> = Vec::new();
    if let Ok(inputs) = form.query_selector_all("input[name]") {
        for index in 0..inputs.length() {
            let Some(input) =
                inputs.item(index).and_then(|n| n.dyn_into::<HtmlInputElement>().ok())
            else {
                continue;
            };
            let is_checkable = matches!(input.type_().as_str(), "checkbox" | "radio");
            if input.type_() != "submit" && (!is_checkable || input.checked()) {
                fields.push((input.name(), input.value()));
            }
        }
    }
    if let Some((name, button)) = submitter.and_then(|b| Some((b.get_attribute("name")?, b))) {
        fields.push((name, button.get_attribute("value").unwrap_or_default()));
    }
    let target = resolve(base, &form.get_attribute("action").unwrap_or_default())?;
    let is_post = form.get_attribute("method").is_some_and(|m| m.eq_ignore_ascii_case("post"));
    if is_post {
        return Some(post_form(&target, &fields));
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    Some(get(&format!("{}?{query}", target.split('?').next().unwrap_or_default())))
}
