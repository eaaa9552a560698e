//! The journey strip: the latest run on seven stations.

use cognitab_trace::event::{Artifact, Event};
use yew::prelude::*;

use super::status_node::node;
use crate::components::{Chip, ChipSize, station_icon};
use crate::state::journey::{StationView, Status, station_views};
use crate::state::labels;
use crate::state::run::Run;

/// Properties of [`journey_strip`].
pub struct JourneyStripProps {
    /// Which run it is.
    pub run: Run,
    /// The events of the latest run.
    pub events: Vec<Event>,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Called with the number of an event to open.
    pub open_event: Callback<u64>,
    /// Called with an artifact to open.
    pub open_artifact: Callback<Artifact>,
    /// Buttons next to the strip.
    pub children: Html,
}

/// The strip.
pub fn journey_strip(props: &JourneyStripProps) -> Html {
    let station_views = station_views(props.run, &props.events, props.now);
    let stopped = station_views.iter().find(|s| s.status.is_stopped());
    let now = match stopped {
        Some(view) => {
            html! { <span class="verdict text-deny">{format!("Stopped at {}", labels::station(view.station))}</span> }
        }
        None if props.events.is_empty() => {
            html! { <span class="text-secondary">{"No run yet"}</span> }
        }
        None => {
            html! { <span class="text-secondary">{format!("{} of 7 stations", station_views.iter().filter(|s| s.status == Status::Passed).count())}</span> }
        }
    };
    html! {
        <section class="journey-strip" aria-label="Journey">
            <ol>{ for station_views.iter().enumerate().map(|(at, view)| station_cell(props, at, view, is_folded(&station_views, at))) }</ol>
            <p class="strip-status">{now}</p>
            <div class="actions">{props.children.clone()}</div>
        </section>
    }
}

/// Whether a station is hidden on the narrowest screens, where two pairs of stations share a place.
/// A refusing station stays.
fn is_folded(station_views: &[StationView], at: usize) -> bool {
    let stopped = |at: usize| station_views.get(at).is_some_and(|s| s.status.is_stopped());
    match at {
        1 | 4 => !stopped(at),
        2 | 5 => stopped(at - 1),
        _ => false,
    }
}

fn short_name(at: usize, name: &'static str) -> &'static str {
    match at {
        1 | 2 => "Login + pool",
        4 | 5 => "STS + Role",
        _ => name,
    }
}

fn station_cell(props: &JourneyStripProps, at: usize, view: &StationView, folded: bool) -> Html {
    let state = match view.status {
        Status::Passed => "passed",
        Status::Skipped => "skipped",
        Status::Refused | Status::Denied => "stopped",
        Status::Waiting | Status::NotReached => "not-reached",
    };
    let open = view.event.map(|number| props.open_event.reform(move |_: MouseEvent| number));
    let no = view.status.is_stopped().then_some("text-deny");
    let label = format!("{}, {}", labels::station(view.station), view.status.label());
    html! {
        <li class={classes!("station", format!("column-{}", at + 1), state, folded.then_some("folded"))}>
            <span class="station-name">{station_icon(view.station)}
                <span class="full-name">{labels::station(view.station)}</span>
                <span class="short-name">{short_name(at, labels::station(view.station))}</span>
            </span>
            <span class="station-line">
                {node(view.status, label, open)}
                { for view.artifact.as_ref().map(|artifact| html! {
                    <span class="station-chip"><Chip artifact={artifact.clone()} now={props.now} size={ChipSize::Small} open={props.open_artifact.clone()} /></span>
                }) }
            </span>
            <span class={classes!("station-outcome", no)}>{labels::in_sentence(&view.title)}</span>
        </li>
    }
}
