//! The strip: the newest run on seven stations.

use cognitab_trace::event::{Artifact, Event};
use yew::prelude::*;

use super::mark::node;
use crate::components::{Chip, station_icon};
use crate::state::journey::{Mark, Stop, stops};
use crate::state::run::Slot;
use crate::state::words;

/// What the strip shows.
pub struct Strip {
    /// Who runs.
    pub slot: Slot,
    /// The newest run.
    pub events: Vec<Event>,
    /// Simulated time.
    pub now: i64,
    /// Opens an event.
    pub pick: Callback<u64>,
    /// Opens an artifact.
    pub chip: Callback<Artifact>,
    /// Buttons beside it.
    pub children: Html,
}

/// The strip.
pub fn strip(props: &Strip) -> Html {
    let stops = stops(props.slot, &props.events, props.now);
    let stopped = stops.iter().find(|s| s.mark.stopped());
    let now = match stopped {
        Some(stop) => {
            html! { <span class="v no">{format!("Stopped at {}", words::station(stop.station))}</span> }
        }
        None if props.events.is_empty() => html! { <span class="t2">{"No run yet"}</span> },
        None => {
            html! { <span class="t2">{format!("{} of 7 stations", stops.iter().filter(|s| s.mark == Mark::Passed).count())}</span> }
        }
    };
    html! {
        <section class="strip" aria-label="Journey">
            <ol>{ for stops.iter().enumerate().map(|(at, stop)| cell(props, at, stop, folds(&stops, at))) }</ol>
            <p class="now">{now}</p>
            <div class="acts">{props.children.clone()}</div>
        </section>
    }
}

/// On the narrowest screen two pairs of stations share a place. The worse one keeps it.
fn folds(stops: &[Stop], at: usize) -> bool {
    let stopped = |at: usize| stops.get(at).is_some_and(|s| s.mark.stopped());
    match at {
        1 | 4 => !stopped(at),
        2 | 5 => stopped(at - 1),
        _ => false,
    }
}

fn short(at: usize, name: &'static str) -> &'static str {
    match at {
        1 | 2 => "Login + pool",
        4 | 5 => "STS + Role",
        _ => name,
    }
}

fn cell(props: &Strip, at: usize, stop: &Stop, folds: bool) -> Html {
    let state = match stop.mark {
        Mark::Passed => "st-ok",
        Mark::PassedBy => "st-by",
        Mark::Refused | Mark::Denied => "st-halt",
        Mark::Waiting | Mark::NotReached => "st-after",
    };
    let open = stop.event.map(|number| props.pick.reform(move |_: MouseEvent| number));
    let no = stop.mark.stopped().then_some("no");
    let label = format!("{}, {}", words::station(stop.station), stop.mark.word());
    html! {
        <li class={classes!("stop", format!("s{}", at + 1), state, folds.then_some("folds"))}>
            <span class="nm">{station_icon(stop.station)}
                <span class="full">{words::station(stop.station)}</span>
                <span class="fold">{short(at, words::station(stop.station))}</span>
            </span>
            <span class="ln">
                {node(stop.mark, label, open)}
                { for stop.travels.as_ref().map(|artifact| html! {
                    <span class="ch"><Chip artifact={artifact.clone()} now={props.now} small={true} open={props.chip.clone()} /></span>
                }) }
            </span>
            <span class={classes!("o", no)}>{stop.title.to_lowercase()}</span>
        </li>
    }
}
