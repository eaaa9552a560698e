//! A link from an event to its questions on the policy page.

use std::rc::Rc;

use cognitab_trace::event::Event;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::client::compression::compress;
use crate::components::Link;
use crate::route::Route;
use crate::state::share::{QuestionPair, link_fragment};

/// Properties of [`PolicyLinkButton`].
#[derive(Properties, PartialEq)]
pub struct PolicyLinkButtonProps {
    /// The event log.
    pub events: Rc<Vec<Event>>,
    /// Number of the event.
    pub event: u64,
    /// Whether the link contains the questions, because the event is not in the lab world.
    #[prop_or_default]
    pub compressed: bool,
}

/// The link.
#[component]
pub fn PolicyLinkButton(props: &PolicyLinkButtonProps) -> Html {
    let letters = use_state(|| None);
    {
        let letters = letters.setter();
        let events = props.events.clone();
        use_effect_with((props.event, props.compressed), move |(number, compressed)| {
            letters.set(None);
            let event = events.iter().find(|e| e.number == *number).filter(|_| *compressed);
            let pair = event.and_then(|event| QuestionPair::from_event(&events, event));
            if let Some(text) = pair.map(|pair| pair.to_json()) {
                spawn_local(async move { letters.set(compress(&text).await) });
            }
        });
    }
    let to = match (props.compressed, letters.as_deref()) {
        (false, _) => format!("#e={}", props.event),
        (true, Some(letters)) => link_fragment(letters),
        (true, None) => {
            return html! { <span class="text-secondary">{"Preparing the link."}</span> };
        }
    };
    html! {
        <Link to={Route::Policy} fragment={to} class="link-button">{"Open it on the policy page to edit and test the policies"}</Link>
    }
}
