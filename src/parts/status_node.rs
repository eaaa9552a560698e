//! The circle of a station that shows its status.

use yew::prelude::*;

use crate::components::line_icon;
use crate::state::journey::Status;

/// A status node: a button if there is something to open. `label` is its accessible name.
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
