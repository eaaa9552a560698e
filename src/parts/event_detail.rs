//! The inspector: an event as reason, wire format and decoded values, or an artifact.

use std::rc::Rc;

use cognitab_trace::event::{Artifact, Event, Message};
use yew::prelude::*;

use super::reason_panel::{ReasonPanelProps, reason_panel};
use super::token_inspector::TokenInspector;
use crate::client::Client;
use crate::components::{ButtonKind, ButtonSize, Chip, Copy, Tabs, button_class};
use crate::state::change::PolicyChange;
use crate::state::labels;
use crate::state::reason;
use crate::state::selection::Selection;

/// Properties of [`EventDetail`].
#[derive(Properties, PartialEq)]
pub struct EventDetailProps {
    /// The event log.
    pub events: Rc<Vec<Event>>,
    /// What to show.
    pub selection: Selection,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Fetches published keys to verify signatures.
    pub client: Option<Client>,
    /// Whether to use two columns.
    #[prop_or_default]
    pub wide: bool,
    /// Called with the item to show.
    pub on_open: Callback<Selection>,
    /// Called with the policy change to apply.
    pub on_fix: Callback<PolicyChange>,
    /// Called to close the panel; `None` if it cannot be closed.
    #[prop_or_default]
    pub on_close: Option<Callback<MouseEvent>>,
}

const TABS: [&str; 3] = ["Why", "Wire", "Decoded"];

/// Shows an event in three tabs, or an artifact.
#[component]
pub fn EventDetail(props: &EventDetailProps) -> Html {
    let tab = use_state(|| 0_usize);
    let event = match &props.selection {
        Selection::Event(number) => props.events.iter().find(|e| e.number == *number),
        Selection::Artifact(_) => None,
    };
    let close = props.on_close.clone().map(|onclick| {
        html! {
            <button class={button_class(ButtonKind::Quiet, ButtonSize::Small)} {onclick}>{"Close"}</button>
        }
    });
    if let Selection::Artifact(artifact) = &props.selection {
        return html! { <>
            <div class="panel-header"><h2>{"Token inspector"}</h2>{close}</div>
            <div class="panel-body scroll"><TokenInspector artifact={artifact.clone()} now={props.now} client={props.client.clone()} /></div>
        </> };
    }
    let Some(event) = event else {
        return html! { <p class="empty">{"Select an event in the trace, or a token."}</p> };
    };
    let on_select = {
        let tab = tab.clone();
        Callback::from(move |index| tab.set(index))
    };
    let names: Vec<AttrValue> = TABS.iter().map(|n| AttrValue::from(*n)).collect();
    let reason_text = reason::reason(&props.events, event).map(|r| reason::reason_as_text(&r));
    html! { <>
        <div class="panel-header">
            <h2 class="visually-hidden">{format!("Event {}", event.number)}</h2>
            <Tabs label="Event" {names} selected={*tab} panel="detail" {on_select} />
            <span class="caption">{format!("event {}", event.number)}</span>
            { for reason_text.map(|text| html! { <Copy {text} label="Copy as text" /> }) }
            {close}
        </div>
        <div class={classes!("panel-body", "scroll", (*tab == 0).then_some("flush"))} id="detail" role="tabpanel" tabindex="0" aria-label={TABS.get(*tab).copied()}>
            { match *tab {
                0 => why_tab(props, event),
                1 => wire_tab(event),
                _ => decoded_tab(props, event),
            } }
        </div>
    </> }
}

fn why_tab(props: &EventDetailProps, event: &Event) -> Html {
    reason_panel(&ReasonPanelProps {
        events: &props.events,
        event,
        wide: props.wide,
        on_fix: props.on_fix.clone(),
        open_event: props.on_open.reform(Selection::Event),
    })
}

/// The request as a curl command.
pub fn curl(event: &Event) -> String {
    let (method, url) =
        event.request.start.split_once(' ').unwrap_or(("GET", &event.request.start));
    let mut lines = vec![format!("curl -X {method} '{url}'")];
    let quoted = |text: &str| text.replace('\'', "'\\''");
    for (name, value) in &event.request.headers {
        lines.push(format!("  -H '{name}: {}'", quoted(value)));
    }
    if !event.request.body.is_empty() {
        lines.push(format!("  --data-binary '{}'", quoted(&event.request.body)));
    }
    lines.join(" \\\n")
}

fn wire_tab(event: &Event) -> Html {
    html! { <div class="event-sections">
        <div class="section-header"><h3>{"Request"}</h3><Copy text={curl(event)} label="Copy as curl" /></div>
        {message_view(&event.request)}
        <div class="section-header"><h3>{"Response"}</h3></div>
        {message_view(&event.response)}
    </div> }
}

fn message_view(message: &Message) -> Html {
    let mut text = message.start.clone();
    for (name, value) in &message.headers {
        text.push_str(&format!("\n{name}: {value}"));
    }
    if !message.body.is_empty() {
        text.push_str(&format!("\n\n{}", message.body));
    }
    html! { <pre class="code-block" tabindex="0">{text}</pre> }
}

fn decoded_tab(props: &EventDetailProps, event: &Event) -> Html {
    let chips = |artifacts: &[Artifact]| {
        artifacts
            .iter()
            .map(|a| html! {
                <Chip artifact={a.clone()} now={props.now} open={props.on_open.reform(Selection::Artifact)} />
            })
            .collect::<Html>()
    };
    let value = |value: &serde_json::Value| {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        html! { <pre class="code-block" tabindex="0">{text}</pre> }
    };
    html! { <div class="event-sections">
        <p class="text-secondary">{format!("{} · {} to {} · {} · {}", event.call, labels::station(event.from), labels::station(event.to), event.service, labels::time_of_day(event.at))}</p>
        if !event.carries.is_empty() { <div class="section-header"><h3>{"Sent"}</h3><span class="actions">{chips(&event.carries)}</span></div> }
        if !event.returns.is_empty() { <div class="section-header"><h3>{"Returned"}</h3><span class="actions">{chips(&event.returns)}</span></div> }
        <div class="section-header"><h3>{"Input"}</h3></div>{value(&event.input)}
        <div class="section-header"><h3>{"Output"}</h3></div>{value(&event.output)}
        if !event.changes.is_empty() {
            <div class="section-header"><h3>{"Changes"}</h3></div>
            <ul class="text-secondary">{ for event.changes.iter().map(|c| html! { <li>{format!("{} {} {:?}", c.table, labels::shorten(&c.key), c.kind).to_lowercase()}</li> }) }</ul>
        }
    </div> }
}
