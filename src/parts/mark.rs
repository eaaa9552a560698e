//! The node of a line: a ring with its verdict.

use yew::prelude::*;

use crate::components::line_icon;
use crate::state::journey::Mark;

/// A node: a button where something lies behind it. The label is its whole name.
pub fn node(mark: Mark, label: String, open: Option<Callback<MouseEvent>>) -> Html {
    let (class, icon) = match mark {
        Mark::Passed => ("node", Some("i-ok")),
        Mark::PassedBy => ("node pass", None),
        Mark::Refused => ("node x", Some("i-x")),
        Mark::Denied => ("node bar", Some("i-dash")),
        Mark::Waiting | Mark::NotReached => ("node idle", None),
    };
    let icon = icon.map(|name| html! { {line_icon(name)} });
    match open {
        Some(open) => html! {
            <button {class} onclick={open} aria-label={label}>{icon}</button>
        },
        None => html! {
            <span {class}>{icon}<span class="vh">{label}</span></span>
        },
    }
}
