//! The node of a line: a ring with its verdict.

use yew::prelude::*;

use crate::components::line_icon;
use crate::state::journey::Mark;

/// One node.
#[derive(Properties, PartialEq)]
pub struct NodeProps {
    /// How it went.
    pub mark: Mark,
    /// The node's whole name.
    pub label: AttrValue,
    /// Opens the event behind it.
    #[prop_or_default]
    pub open: Option<Callback<MouseEvent>>,
}

/// A node: a button where something lies behind it.
#[component]
pub fn Node(props: &NodeProps) -> Html {
    let (class, icon) = match props.mark {
        Mark::Passed => ("node", Some("i-ok")),
        Mark::PassedBy => ("node pass", None),
        Mark::Refused => ("node x", Some("i-x")),
        Mark::Denied => ("node bar", Some("i-dash")),
        Mark::Waiting | Mark::NotReached => ("node idle", None),
    };
    let icon = icon.map(|name| html! { {line_icon(name)} });
    match &props.open {
        Some(open) => html! {
            <button {class} onclick={open.clone()} aria-label={props.label.clone()}>{icon}</button>
        },
        None => html! {
            <span {class}>{icon}<span class="vh">{props.label.clone()}</span></span>
        },
    }
}
