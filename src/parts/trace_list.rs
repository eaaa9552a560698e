//! The event log as a list of rows.

use std::rc::Rc;

use cognitab_policy::ladder::RungState;
use cognitab_trace::event::{Event, Station};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::journey_map::with_word_breaks;
use crate::components::{Chip, ChipSize, line_icon, line_icon_in, station_icon};
use crate::hooks::virtual_list::use_virtual_list;
use crate::state::journey::{assumed_role_name, short_reason};
use crate::state::lab::events_at;
use crate::state::labels::{self, STATIONS};
use crate::state::reason::refusing_rung;
use crate::state::sender::{self, Sender};
use crate::state::virtual_list::ListItem;

/// Properties of [`TraceList`].
#[derive(Properties, PartialEq)]
pub struct TraceListProps {
    /// The event log.
    pub events: Rc<Vec<Event>>,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Number of the selected event.
    pub selected: Option<u64>,
    /// Called with the number of an event to open.
    pub open_event: Callback<u64>,
    /// Shows only events from or to this station.
    pub station_filter: Option<Station>,
    /// Called with the station to filter by; `None` for all.
    pub on_filter: Callback<Option<Station>>,
}

/// The list with its filter.
#[component]
pub fn TraceList(props: &TraceListProps) -> Html {
    let shown: Vec<&Event> = events_at(&props.events, props.station_filter).collect();
    let refused = shown.iter().filter(|e| e.refusal.is_some()).count();
    let numbers: Vec<u64> = shown.iter().map(|e| e.number).collect();
    let focused = use_state_eq(|| None);
    let view = use_virtual_list(&numbers, [props.selected, *focused]);
    use_scroll_to_newest(shown.len(), &view.list);
    use_reveal_selected(props.selected);
    let onfocusin = {
        let focused = focused.clone();
        Callback::from(move |event: FocusEvent| focused.set(event_of_row(event.target_dyn_into())))
    };
    let onfocusout = Callback::from(move |_: FocusEvent| focused.set(None));
    let onchange = {
        let filter = props.on_filter.clone();
        Callback::from(move |event: web_sys::Event| {
            let chosen = event
                .target_dyn_into::<web_sys::HtmlSelectElement>()
                .and_then(|s| STATIONS.into_iter().find(|x| labels::station(*x) == s.value()));
            filter.emit(chosen);
        })
    };
    html! { <>
        <div class="panel-header">
            <h2>{"Trace"}</h2>
            <label class="caption">{"station "}
                <select {onchange}>
                    <option value="" selected={props.station_filter.is_none()}>{"all"}</option>
                    { for STATIONS.iter().map(|s| html! {
                        <option value={labels::station(*s)} selected={props.station_filter == Some(*s)}>{labels::station(*s)}</option>
                    }) }
                </select>
            </label>
            <span class="caption" role="status">{format!("{} of {} events, {refused} refused", shown.len(), props.events.len())}</span>
        </div>
        <div class="scroll">
            if shown.is_empty() {
                <p class="empty">{"No events yet. Sign in in the simulated browser, or run as Ana."}</p>
            }
            <ol class="event-rows" ref={view.list} {onfocusin} {onfocusout}>
                { for view.items.iter().enumerate().map(|(at, piece)| match piece {
                    // The height is an SVG attribute because the content security policy allows no
                    // inline style.
                    ListItem::Gap(height) => html! {
                        <li key={format!("gap-{at}")} aria-hidden="true"><svg class="gap" width="1" height={height.to_string()}></svg></li>
                    },
                    ListItem::Row(at) => shown.get(*at).map(|e| row(props, e, (*at, shown.len()))).unwrap_or_default(),
                }) }
            </ol>
        </div>
    </> }
}

/// Scrolls to the end when rows are added.
#[hook]
fn use_scroll_to_newest(count: usize, list: &NodeRef) {
    let list = list.clone();
    use_effect_with(count, move |_| {
        let scroller = list.cast::<web_sys::Element>().and_then(|l| l.parent_element());
        if let Some(scroller) = scroller {
            scroller.set_scroll_top(scroller.scroll_height());
        }
    });
}

/// Scrolls the selected row into view, and moves the focus to it if a row had the focus.
#[hook]
fn use_reveal_selected(open: Option<u64>) {
    use_effect_with(open, |open| {
        let row = open.and_then(|number| document().get_element_by_id(&format!("e-{number}")));
        let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) else {
            return;
        };
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&nearest);
        if event_of_row(document().active_element()).is_some() {
            // If the row cannot take the focus, it stays where it was.
            let _ = row.focus();
        }
    });
}

/// Number of the event whose row this element is.
fn event_of_row(element: Option<web_sys::Element>) -> Option<u64> {
    element?.id().strip_prefix("e-")?.parse().ok()
}

fn row(props: &TraceListProps, event: &Event, (at, count): (usize, usize)) -> Html {
    let number = event.number;
    let onclick = props.open_event.reform(move |_: MouseEvent| number);
    let inner = event.inside.is_some().then_some("inner");
    let bad = event.refusal.is_some().then_some("refused");
    // Inner calls show what they carry, outer calls what they return.
    let brings = !event.returns.is_empty() && event.inside.is_none();
    let chips = if brings { &event.returns } else { &event.carries };
    let status = event.response.start.split(' ').next().unwrap_or_default().to_owned();
    let icon = match (&event.refusal, refusing_rung(event).map(|r| r.state)) {
        (None, _) => html! { {line_icon_in("text-allow", "i-ok")} },
        (Some(_), Some(RungState::Denied)) => html! { {line_icon("i-dash")} },
        (Some(_), _) => html! { {line_icon("i-ring")} },
    };
    let current = (props.selected == Some(number)).then_some("true");
    html! {
        <li key={number} class={classes!(inner, bad)} data-row={number.to_string()}
            aria-posinset={(at + 1).to_string()} aria-setsize={count.to_string()}>
            <button {onclick} aria-current={current} id={format!("e-{number}")}>
                <span class="number">{number}</span>
                <span class="time">{labels::time_of_day(event.at)}</span>
                <span class="from-to">
                    if matches!(sender::sender(event), Sender::App | Sender::Service) { {station_icon(event.from)} }{sender::label(event)}
                    {line_icon_in("arrow", "i-right")}<span class="visually-hidden">{" to "}</span>
                    {station_icon(event.to)}{labels::station(event.to)}
                </span>
                <span class="call">{with_word_breaks(&event.call)}{s3_object(event)}</span>
                <span class="carried">{ for chips.iter().map(|a| html! { <Chip artifact={a.clone()} now={props.now} size={ChipSize::Small} /> }) }</span>
                <span class="http-status">{status}</span>
                <span class="outcome">{icon}<span>{outcome(event)}</span></span>
            </button>
        </li>
    }
}

/// Bucket and key of an S3 call.
fn s3_object(event: &Event) -> Option<String> {
    let text = |name: &str| event.input.get(name).and_then(|v| v.as_str());
    let bucket = text("Bucket")?;
    Some(text("Key").map_or_else(|| format!(" {bucket}"), |key| format!(" {bucket}/{key}")))
}

/// The result of an event in a few words; empty if there is nothing to add to the status.
pub fn outcome(event: &Event) -> String {
    if let Some(refusal) = &event.refusal {
        let rung = refusing_rung(event).map(|r| labels::in_sentence(labels::rung(r.kind)));
        return match (refusal.cause, rung) {
            (Some(cause), _) => format!("{} · caused by event {cause}", refusal.code),
            (None, Some(rung)) => format!(
                "{} · {rung} · {}",
                labels::station(refusal.station),
                labels::in_sentence(&short_reason(event))
            ),
            (None, None) => format!("{} · {}", labels::station(refusal.station), refusal.code),
        };
    }
    let text = |name: &str| event.output.get(name).and_then(|v| v.as_str());
    if let Some(role) = assumed_role_name(event) {
        return format!("role {role}");
    }
    if let Some(id) = text("IdentityId") {
        return format!("identity {}", labels::shorten(id));
    }
    let location = event
        .response
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("location"))
        .map(|(_, to)| to.split(['?', '#']).next().unwrap_or_default().to_owned());
    location.map(|to| format!("redirect to {to}")).unwrap_or_default()
}
