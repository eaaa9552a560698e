//! A link to another page of the site.

use gloo::utils::window;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::{self, Route};

/// Properties of [`Link`].
#[derive(Properties, PartialEq)]
pub struct LinkProps {
    /// The page that it leads to.
    pub to: Route,
    /// Fragment of the URL, with its `#`; empty for none.
    #[prop_or_default]
    pub fragment: AttrValue,
    /// Extra classes.
    #[prop_or_default]
    pub class: Classes,
    /// Whether it leads to the current page.
    #[prop_or_default]
    pub current: bool,
    /// Content of the link.
    pub children: Html,
}

/// A link to a page. The router follows it without a reload.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let navigator = use_navigator();
    let root = use_context::<route::Root>().unwrap_or_default();
    let href = format!("{}{}{}", root.prefix, props.to.folder(), props.fragment);
    let onclick = {
        let (to, fragment) = (props.to.clone(), props.fragment.clone());
        Callback::from(move |event: MouseEvent| {
            let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
            let Some(navigator) = navigator.as_ref().filter(|_| plain && fragment.is_empty())
            else {
                return;
            };
            event.prevent_default();
            navigator.push(&to);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        })
    };
    let current = props.current.then_some("page");
    html! { <a {href} {onclick} class={props.class.clone()} aria-current={current}>{props.children.clone()}</a> }
}
