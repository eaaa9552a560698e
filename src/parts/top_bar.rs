//! The bar at the top: logo, navigation, simulated time, theme.

use gloo::utils::{document_element, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::{Link, line_icon};
use crate::route::Route;
use crate::state::labels;

/// Properties of [`TopBar`].
#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    /// The current page.
    pub current: Route,
    /// Simulated time in milliseconds since 1970; `None` while unknown.
    #[prop_or_default]
    pub now: Option<i64>,
}

/// The logo: a path with two stations that ends at a barrier.
fn logo() -> Html {
    html! {
        <svg viewBox="0 0 34 14" aria-hidden="true">
            <path d="M5 7h20" stroke="currentColor" stroke-width="2.5" />
            <circle cx="5" cy="7" r="3.6" class="ring" />
            <circle cx="15" cy="7" r="3.6" class="ring" />
            <path d="M26 1v12" class="block" />
            <circle cx="31.5" cy="7" r="1.5" fill="none" stroke="currentColor" />
        </svg>
    }
}

fn is_dark() -> bool {
    match document_element().get_attribute("data-theme").as_deref() {
        Some(theme) => theme == "dark",
        None => window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    }
}

fn toggle_theme() {
    let theme = if is_dark() { "light" } else { "dark" };
    // Without storage the choice lasts until the page is closed.
    let _ = document_element().set_attribute("data-theme", theme);
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item("cognitab.theme", theme);
    }
}

#[derive(Properties, PartialEq)]
struct ToolsProps {
    current: Route,
}

/// The Tools menu. Escape closes it, and so does moving the focus out of it.
#[component]
fn Tools(props: &ToolsProps) -> Html {
    let open = use_state(|| false);
    let container = use_node_ref();
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, container) = (open.clone(), container.clone());
        Callback::from(move |event: KeyboardEvent| {
            let button = container.cast::<web_sys::Element>().and_then(|p| p.first_element_child());
            if event.key() == "Escape" {
                open.set(false);
                // Ignore errors: the button always exists and can receive focus.
                let _ = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()).map(|b| b.focus());
            }
        })
    };
    let onfocusout = {
        let (open, container) = (open.clone(), container.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            let inside = container.cast::<web_sys::Node>().is_some_and(|p| p.contains(to.as_ref()));
            if to.is_some() && !inside {
                open.set(false);
            }
        })
    };
    let current = matches!(props.current, Route::Console | Route::Policy).then_some("true");
    html! {
        <div class="menu" ref={container} {onkeydown} {onfocusout}>
            <button class="control" {onclick} aria-expanded={open.to_string()} aria-current={current}>{"Tools"}{line_icon("i-down")}</button>
            if *open {
                <ul>
                    <li><Link to={Route::Console} current={props.current == Route::Console}>{"Console"}<span>{"A form for every operation"}</span></Link></li>
                    <li><Link to={Route::Policy} current={props.current == Route::Policy}>{"Policy"}<span>{"Would a request be allowed?"}</span></Link></li>
                </ul>
            }
        </div>
    }
}

/// The top bar of every page.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let dark = use_state(|| false);
    {
        let dark = dark.clone();
        use_effect_with((), move |()| dark.set(is_dark()));
    }
    let onclick = {
        let dark = dark.clone();
        Callback::from(move |_| {
            toggle_theme();
            dark.set(is_dark());
        })
    };
    let label = if *dark { "Use the light theme" } else { "Use the dark theme" };
    html! {
        <header class="top-bar">
            <Link to={Route::Home} class="logo">{logo()}<span class="wordmark">{"Cognitab"}</span></Link>
            <nav aria-label="Main">
                <Link to={Route::Lab} current={props.current == Route::Lab}>{"Workbench"}</Link>
                <Link to={Route::Console} current={props.current == Route::Console} class="wide-only">{"Console"}</Link>
                <Tools current={props.current.clone()} />
            </nav>
            <span class="spacer"></span>
            <span class="caption">{"simulator"}</span>
            { for props.now.map(|now| html! {
                <span class="clock text-secondary wide-only" title="Simulated time, UTC">{labels::time_of_day(now)}</span>
            }) }
            <button class="control icon-only" {onclick} aria-label={label}>{line_icon("i-theme")}</button>
        </header>
    }
}
