//! A button that copies text to the clipboard.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::{ButtonKind, ButtonSize, button_class};

/// Properties of [`Copy`].
#[derive(Properties, PartialEq)]
pub struct CopyProps {
    /// The text to copy.
    pub text: AttrValue,
    /// Label of the button.
    #[prop_or(AttrValue::Static("Copy"))]
    pub label: AttrValue,
    /// What is copied; only screen readers get it.
    #[prop_or_default]
    pub what: AttrValue,
}

/// Copies on click and shows "Copied" for two seconds.
#[component]
pub fn Copy(props: &CopyProps) -> Html {
    let done = use_state(|| false);
    let onclick = {
        let (text, done) = (props.text.clone(), done.clone());
        Callback::from(move |_: MouseEvent| {
            // Fails if the browser does not allow clipboard access; the text stays selectable.
            let _ = gloo::utils::window().navigator().clipboard().write_text(&text);
            done.set(true);
            let done = done.clone();
            Timeout::new(2000, move || done.set(false)).forget();
        })
    };
    html! {
        <button class={button_class(ButtonKind::Quiet, ButtonSize::Small)} {onclick}>
            <span aria-live="polite">{ if *done { AttrValue::from("Copied") } else { props.label.clone() } }</span>
            <span class="visually-hidden">{format!(" {}", props.what)}</span>
        </button>
    }
}
