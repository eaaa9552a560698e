//! Runs as a sequence diagram: a list of text that classes place on lanes.

use cognitab_trace::event::Artifact;
use yew::prelude::*;

use super::journey_map::{LEGEND, with_word_breaks};
use crate::components::{Chip, ChipSize, filled_icon, station_icon};
use crate::state::labels::{self, STATIONS, station_index};
use crate::state::run::{Outcome, Run, RunView, outcome};
use crate::state::sequence::{Arrow, arrows};

/// Properties of [`sequence_diagram`].
pub struct SequenceDiagramProps {
    /// The runs, top to bottom.
    pub lines: Vec<RunView>,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Number of the selected event.
    pub selected: Option<u64>,
    /// Called with the number of an event to open.
    pub open_event: Callback<u64>,
}

/// The diagram with its legend.
pub fn sequence_diagram(props: &SequenceDiagramProps) -> Html {
    html! { <>
        <div class="sequence">
            <ol class="lane-headings" aria-label="Stations">
                { for STATIONS.iter().enumerate().map(|(at, station)| html! {
                    <li class={format!("lane-{at}")}>{station_icon(*station)}<b>{labels::station(*station)}</b></li>
                }) }
            </ol>
            if props.lines.is_empty() {
                <p class="empty">{"No messages yet. Run as Ana to see the first one."}</p>
            }
            <>{ for props.lines.iter().map(|line| track(props, line)) }</>
        </div>
        {legend()}
    </> }
}

fn track(props: &SequenceDiagramProps, line: &RunView) -> Html {
    let arrows = arrows(&line.events);
    let reached = arrows.iter().map(|arrow| arrow.lanes.1).max().unwrap_or_default();
    let (end, denied, verdict) = match outcome(&line.events) {
        Outcome::Allowed => (6, false, "Allowed".to_owned()),
        Outcome::Stopped(station, _) => {
            (station_index(station), true, format!("Stopped at {}", labels::station(station)))
        }
        Outcome::Unfinished => (reached, false, String::new()),
    };
    let title = match line.run {
        Run::Ana => "Ana uploads lake.jpg",
        Run::Guest => "A guest uploads the same file",
        Run::TrustChanged => "Ana again, after one line of the trust policy was changed",
    };
    let guest = (line.run == Run::Guest).then_some("guest");
    html! {
        <section key={line.run.slug()} class={classes!("track", denied.then_some("denied"), guest, format!("end-{end}"))} aria-label={title}>
            <div class="lanes" aria-hidden="true">
                { for (0..7).map(|c| {
                    let off = guest.is_some() && (c == 1 || c == 2);
                    html! { <i class={classes!(format!("lane-{c}"), off.then_some("unused-lane"))}></i> }
                }) }
            </div>
            <div class="track-header">
                <span class="track-reach" aria-hidden="true"></span>
                <h3><span>{format!("Run {}", line.number)}</span>
                    if guest.is_some() { {filled_icon("station-guest", "g-guest")} }
                    {title}</h3>
                <span class={classes!("track-ending", "verdict", if denied { "text-deny" } else { "text-allow" })}>{verdict}</span>
            </div>
            <ol>{ for arrows.iter().map(|arrow| arrow_row(props, arrow)) }</ol>
        </section>
    }
}

fn arrow_row(props: &SequenceDiagramProps, arrow: &Arrow) -> Html {
    let (l, r) = arrow.lanes;
    let side = if arrow.route.0 == arrow.route.1 || r < 3 {
        "label-right"
    } else if l > 0 && !arrow.is_response {
        "label-left"
    } else {
        "label-on"
    };
    let class = classes!(
        "message",
        side,
        format!("from-{l}"),
        format!("span-{}", r - l),
        // Chips are placed on the last lane that the arrow crosses.
        format!("chips-at-{}", r.saturating_sub(1).max(l).min(5)),
        arrow.is_response.then_some("response"),
        arrow.is_refused.then_some("stopped"),
        arrow.is_policy_change.then_some("policy-change"),
    );
    let number = arrow.event;
    let onclick = props.open_event.reform(move |_: MouseEvent| number);
    let current = (props.selected == Some(number) && (arrow.is_refused || !arrow.is_response))
        .then_some("true");
    html! {
        <li {class}><button {onclick} aria-current={current}>
            <span class="number">{if arrow.is_response { "↩".to_owned() } else { number.to_string() }}</span>
            <span class="arrow" aria-hidden="true"></span>
            if arrow.is_policy_change { <span class="change-mark" aria-hidden="true"></span> }
            if arrow.trust_check.is_some() { <span class="trust-check" aria-hidden="true"></span> }
            <span class="message-text">
                <span class="message-label"><span class="message-note">{&arrow.note}{" "}</span><code>{with_word_breaks(&arrow.code)}</code></span>
                <span class="route">{format!("{} to {}", labels::station(arrow.route.0), labels::station(arrow.route.1))}</span>
            </span>
            {chips(&arrow.artifacts, props.now)}
            { for arrow.trust_check.as_ref().map(|(met, text)| html! {
                <span class={classes!("trust-result", if *met { "text-allow" } else { "text-deny" })}>{text.clone()}</span>
            }) }
        </button></li>
    }
}

fn chips(artifacts: &[Artifact], now: i64) -> Option<Html> {
    (!artifacts.is_empty()).then(|| html! {
        <span class="chips">
            { for artifacts.iter().map(|a| html! { <Chip artifact={a.clone()} {now} size={ChipSize::Small} /> }) }
        </span>
    })
}

fn legend() -> Html {
    html! {
        <section class="legend" aria-label="Artifacts">
            <dl>
                { for LEGEND.iter().map(|(kind, means)| {
                    let (letters, edge, name) = labels::artifact(*kind);
                    html! { <div>
                        <dt><span class={classes!("chip", "chip-small", edge)}>{letters}</span>{name}</dt>
                        <dd>{*means}</dd>
                    </div> }
                }) }
            </dl>
        </section>
    }
}
