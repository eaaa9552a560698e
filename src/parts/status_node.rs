//! The node of a line: a ring with its verdict.

use yew::prelude::*;

use crate::components::line_icon;
use crate::state::journey::Status;

/// A node: a button where something lies behind it. The label is its whole name.
pub fn node(status: Status, label: String, open: Option<Callback<MouseEvent>>) -> Html {
    let (class, icon) = match status {
        Status::Passed => ("node", Some("i-ok")),
        Status::Skipped => ("node skipped", None),
        Status::Refused => ("node refused", Some("i-cross")),
        Status::Denied => ("node denied", Some("i-dash")),
        Status::Waiting | Status::NotReached => ("node idle", None),
    };
    let icon = icon.map(|name| html! { {line_icon(name)} });
    match open {
        Some(open) => html! {
            <button {class} onclick={open} aria-label={label}>{icon}</button>
        },
        None => html! {
            <span {class}>{icon}<span class="visually-hidden">{label}</span></span>
        },
    }
}
