//! The log as rows.

use cognitab_broker::event::{Event, Station};
use cognitab_policy::ladder::RungState;
use yew::prelude::*;

use super::journey_map::breakable;
use crate::components::{Chip, Icon, StationIcon};
use crate::state::journey::{role_name, why_in_words};
use crate::state::reason::stopping;
use crate::state::words::{self, STATIONS};

/// What the list shows.
#[derive(Properties, PartialEq)]
pub struct TraceListProps {
    /// The rows.
    pub rows: Vec<Event>,
    /// How many there are without the filter.
    pub all: usize,
    /// Simulated time.
    pub now: i64,
    /// The open one.
    pub open: Option<u64>,
    /// Opens one.
    pub pick: Callback<u64>,
    /// The station whose rows are shown.
    pub only: Option<Station>,
    /// Chooses it.
    pub filter: Callback<Option<Station>>,
}

/// The list.
#[component]
pub fn TraceList(props: &TraceListProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(props.rows.len(), move |_| {
            // The newest row is the one that a press has just made.
            if let Some(list) = list.cast::<web_sys::Element>() {
                list.set_scroll_top(list.scroll_height());
            }
        });
    }
    let refused = props.rows.iter().filter(|e| e.refusal.is_some()).count();
    let onchange = {
        let filter = props.filter.clone();
        Callback::from(move |event: web_sys::Event| {
            let chosen = event
                .target_dyn_into::<web_sys::HtmlSelectElement>()
                .and_then(|s| STATIONS.into_iter().find(|x| words::station(*x) == s.value()));
            filter.emit(chosen);
        })
    };
    html! { <>
        <div class="ph">
            <h2>{"Trace"}</h2>
            <label class="cap">{"station "}
                <select {onchange}>
                    <option value="" selected={props.only.is_none()}>{"all"}</option>
                    { for STATIONS.iter().map(|s| html! {
                        <option value={words::station(*s)} selected={props.only == Some(*s)}>{words::station(*s)}</option>
                    }) }
                </select>
            </label>
            <span class="cap" role="status">{format!("{} of {} events, {refused} refused", props.rows.len(), props.all)}</span>
        </div>
        <div class="scroll" ref={list}>
            if props.rows.is_empty() {
                <p class="empty">{"Nothing has happened yet. Sign in on the stage, or run as Ana."}</p>
            }
            <ol class="rows">{ for props.rows.iter().map(|event| row(props, event)) }</ol>
        </div>
    </> }
}

fn row(props: &TraceListProps, event: &Event) -> Html {
    let number = event.number;
    let onclick = props.pick.reform(move |_: MouseEvent| number);
    let inner = event.inside.is_some().then_some("in");
    let bad = event.refusal.is_some().then_some("bad");
    // An inner call is told by what it carries, an outer one by what it brings.
    let brings = !event.returns.is_empty() && event.inside.is_none();
    let chips = if brings { &event.returns } else { &event.carries };
    let status = event.response.start.split(' ').next().unwrap_or_default().to_owned();
    let icon = match (&event.refusal, stopping(event).map(|r| r.state)) {
        (None, _) => html! { <Icon name="i-ok" class="ok" /> },
        (Some(_), Some(RungState::Denied)) => html! { <Icon name="i-dash" /> },
        (Some(_), _) => html! { <Icon name="i-ring" /> },
    };
    let current = (props.open == Some(number)).then_some("true");
    html! {
        <li key={number} class={classes!(inner, bad)}>
            <button {onclick} aria-current={current} id={format!("e-{number}")}>
                <span class="n">{number}</span>
                <span class="tm">{words::clock(event.at)}</span>
                <span class="ft">
                    <StationIcon station={event.from} />{words::station(event.from)}
                    <Icon name="i-rt" class="ar" /><span class="vh">{" to "}</span>
                    <StationIcon station={event.to} />{words::station(event.to)}
                </span>
                <span class="call">{breakable(&event.call)}{on(event)}</span>
                <span class="cy">{ for chips.iter().map(|a| html! { <Chip artefact={a.clone()} now={props.now} small={true} /> }) }</span>
                <span class="st">{status}</span>
                <span class="res">{icon}<span>{outcome(event)}</span></span>
            </button>
        </li>
    }
}

/// The object that an S3 call is about.
fn on(event: &Event) -> Option<String> {
    let text = |name: &str| event.input.get(name).and_then(|v| v.as_str());
    let bucket = text("Bucket")?;
    Some(text("Key").map_or_else(|| format!(" {bucket}"), |key| format!(" {bucket}/{key}")))
}

/// What came of it, in a few words.
pub fn outcome(event: &Event) -> String {
    if let Some(refusal) = &event.refusal {
        let rung = stopping(event).map(|r| words::rung(r.kind).to_lowercase());
        return match (refusal.cause, rung) {
            (Some(cause), _) => format!("{} · caused by event {cause}", refusal.code),
            (None, Some(rung)) => format!(
                "{} · {rung} · {}",
                words::station(refusal.station),
                why_in_words(event).to_lowercase()
            ),
            (None, None) => format!("{} · {}", words::station(refusal.station), refusal.code),
        };
    }
    let text = |name: &str| event.output.get(name).and_then(|v| v.as_str());
    if let Some(role) = role_name(event) {
        return format!("role {role}");
    }
    if let Some(id) = text("IdentityId") {
        return format!("identity {}", words::cut(id));
    }
    let location = event
        .response
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("location"))
        .map(|(_, to)| to.split(['?', '#']).next().unwrap_or_default().to_owned());
    location.map(|to| format!("front channel, to {to}")).unwrap_or_default()
}
