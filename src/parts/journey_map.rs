//! The map: one line per run across seven stations, and the differences between two lines.

use cognitab_trace::control::Scenario;
use cognitab_trace::event::{Artifact, ArtifactKind};
use yew::prelude::*;

use super::status_node::node;
use crate::components::{Chip, filled_icon, station_icon};
use crate::state::journey::{StationView, Status, station_views};
use crate::state::labels::{self, STATIONS};
use crate::state::run::{Outcome, Run, RunView, outcome};
use crate::state::run_diff::{StationDiff, run_diff};

/// Properties of [`journey_map`].
pub struct JourneyMapProps {
    /// Up to three runs. Without any, the map shows what each station does.
    pub lines: Vec<RunView>,
    /// Ids for the headings.
    pub scenario: Scenario,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Number of the selected event.
    pub selected: Option<u64>,
    /// Called with the number of an event to open.
    pub open_event: Callback<u64>,
    /// Called with an artifact to open.
    pub open_artifact: Callback<Artifact>,
}

fn column_class(at: usize) -> &'static str {
    ["column-1", "column-2", "column-3", "column-4", "column-5", "column-6", "column-7"]
        .get(at)
        .copied()
        .unwrap_or("column-7")
}

/// The map.
pub fn journey_map(props: &JourneyMapProps) -> Html {
    let drawn: Vec<(RunView, Vec<StationView>)> = props
        .lines
        .iter()
        .map(|line| (line.clone(), station_views(line.run, &line.events, props.now)))
        .collect();
    let empty = drawn.is_empty().then(|| empty_line(props));
    let lines = drawn.iter().enumerate().map(|(at, (line, station_views))| {
        // Ana's second run is compared with her first, any other run with the line above.
        let beside = match (at, line.run) {
            (0, _) => None,
            (_, Run::TrustChanged) => drawn.iter().find(|(l, _)| l.run == Run::Ana),
            _ => at.checked_sub(1).and_then(|above| drawn.get(above)),
        };
        let diff = beside.map(|(other, before)| {
            let diffs = run_diff((before, &other.events), (station_views, &line.events));
            diff_row(at, line.run, other.run, &diffs)
        });
        html! { <key={line.run.slug()}><>{diff}</><>{run_row(props, at, line, station_views)}</></> }
    });
    html! {
        <div class={classes!("map", format!("runs-{}", props.lines.len().max(1)))}>
            <div class="account-bracket">{"account Studio 1111"}</div>
            { for (0..7).map(|at| html! { <span class={classes!("column-rule", column_class(at))} aria-hidden="true"></span> }) }
            <div class="row-label heading-label"></div>
            {headings(&props.scenario)}
            // Each optional part is a fragment of its own, so that Yew keeps the elements before
            // it.
            <>{empty}</>
            <>{ for lines }</>
            <>{stem(props, &drawn)}</>
        </div>
    }
}

fn headings(scenario: &Scenario) -> Html {
    let id = |at: usize| match at {
        0 => "photos.example".to_owned(),
        1 => "photos-demo.auth…".to_owned(),
        2 => labels::shorten(scenario.get("userPool")),
        3 => labels::shorten(scenario.get("identityPool")),
        4 => "sts.us-east-1".to_owned(),
        5 => "chosen by the pool".to_owned(),
        _ => "studio-photos".to_owned(),
    };
    html! {
        <ol role="list" aria-label="Stations">
            { for STATIONS.iter().enumerate().map(|(at, station)| html! {
                <li class={classes!("station-heading", column_class(at))}>
                    <span class="station-name">{station_icon(*station)}{labels::station(*station)}</span>
                    <span class="station-id">{id(at)}</span>
                </li>
            }) }
        </ol>
    }
}

/// The map before the first run.
fn empty_line(props: &JourneyMapProps) -> Html {
    let station_views = station_views(Run::Ana, &[], props.now);
    html! { <>
        <div class="row-label line-label line-1">
            <h3>{"Stations"}</h3>
            <p class="caption">{"no run yet"}</p>
        </div>
        <ol role="list" class="line-1" aria-label="Stations without a run">
            { for station_views.iter().enumerate().map(|(at, view)| html! {
                <li class={classes!("station", "line-cell", "waiting", column_class(at))}>
                    {node(view.status, format!("{}, {}", labels::station(view.station), view.status.label()), None)}
                    <div class="station-text"><b>{view.title.clone()}</b></div>
                </li>
            }) }
        </ol>
    </> }
}

fn run_row(
    props: &JourneyMapProps,
    at: usize,
    line: &RunView,
    station_views: &[StationView],
) -> Html {
    let row = format!("line-{}", at + 1);
    let who = if line.run == Run::Guest { "guest" } else { "ana" };
    let (icon, class) = match line.run {
        Run::Guest => ("g-guest", "station-guest"),
        _ => ("g-user-pool", "station-user-pool"),
    };
    let began = line.events.first().map(|e| labels::time_of_day(e.at)).unwrap_or_default();
    let count = line.events.iter().filter(|e| e.inside.is_none()).count();
    let state = match outcome(&line.events) {
        _ if line.running => "running".to_owned(),
        Outcome::Allowed => format!("finished, {count} calls"),
        Outcome::Stopped(..) => format!("stopped, {count} calls"),
        Outcome::Unfinished => "not finished".to_owned(),
    };
    html! { <>
        <div class={classes!("row-label", "line-label", row.clone())}>
            <h3>{filled_icon(class, icon)}{line.run.name()}</h3>
            <p class="caption">{format!("run {} · {began}", line.number)}<br />{state}</p>
        </div>
        <ol role="list" class={classes!(row, who)} aria-label={format!("{}, run {}", line.run.name(), line.number)}>
            { for station_views.iter().enumerate().map(|(at, view)| station_cell(props, at, line, view)) }
        </ol>
    </> }
}

fn station_cell(props: &JourneyMapProps, at: usize, line: &RunView, view: &StationView) -> Html {
    let state = match view.status {
        Status::Waiting => Some("waiting"),
        Status::NotReached => Some("not-reached"),
        Status::Skipped => Some("skipped"),
        mark if mark.is_stopped() => Some("stopped"),
        _ => None,
    };
    let open = view.event.map(|number| props.open_event.reform(move |_: MouseEvent| number));
    let label =
        format!("{}, {}: {}", labels::station(view.station), line.run.name(), view.status.label());
    let no = view.status.is_stopped().then_some("text-deny");
    let allowed = view.title == "Allowed";
    html! {
        <li class={classes!("station", "line-cell", column_class(at), state)}>
            {node(view.status, label, open)}
            {segment(props, view)}
            <div class="station-text">
                <span class="location">{station_icon(view.station)}{labels::station(view.station)}</span>
                <b class={classes!(no, allowed.then_some("text-allow"))}>{view.title.clone()}</b>
                <span class={classes!(no)}>{view.detail.clone()}</span>
                { for view.calls.iter().map(|code| html! { <code>{with_word_breaks(code)}</code> }) }
                { for view.trust_edit.as_ref().map(|(from, to)| trust_change(from, to)) }
                {kept_artifacts(props, view)}
            </div>
            if view.status.is_stopped() { <span class="end-mark" aria-hidden="true"></span> }
        </li>
    }
}

fn segment(props: &JourneyMapProps, view: &StationView) -> Option<Html> {
    if view.segment_label.is_empty() {
        return None;
    }
    let spent = view.segment_label == "spent";
    let chip = view.artifact.as_ref().map(|artifact| html! {
        <span class="chips"><Chip artifact={artifact.clone()} now={props.now} {spent} open={props.open_artifact.clone()} /></span>
    });
    Some(
        html! { <div class="segment"><span class="time-left">{view.segment_label.clone()}</span>{chip}</div> },
    )
}

fn kept_artifacts(props: &JourneyMapProps, view: &StationView) -> Option<Html> {
    (!view.kept.is_empty()).then(|| {
        let verb = if view.kept.len() == 1 { "stays in App" } else { "stay in App" };
        html! {
            <span class="kept">
                { for view.kept.iter().map(|a| html! { <Chip artifact={a.clone()} now={props.now} open={props.open_artifact.clone()} /> }) }
                {verb}
            </span>
        }
    })
}

/// The administrator's change: the end of the value, with the difference marked.
fn trust_change(from: &str, to: &str) -> Html {
    let (_, was, is, tail) = crate::state::reason::split_difference(from, to);
    html! {
        <span class="trust-change">{format!("aud …{was}{tail} → …")}<mark>{is.to_owned()}</mark>{tail.to_owned()}</span>
    }
}

/// An operation name with word-break opportunities.
pub fn with_word_breaks(name: &str) -> Html {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut last = ' ';
    for c in name.chars() {
        let after_word = c.is_ascii_uppercase() && last.is_ascii_lowercase();
        if (after_word || last == '/') && pieces.last().is_some_and(|p| p.len() > 5) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        last = c;
    }
    pieces.into_iter().map(|piece| html! { <>{piece}<wbr /></> }).collect()
}

fn diff_row(at: usize, run: Run, other: Run, diffs: &[StationDiff]) -> Html {
    let row = format!("diff-row-{}", at + 1);
    let beside = format!("{} compared with {}", run.name(), other.name());
    html! { <>
        <div class={classes!("row-label", "run-diff", row.clone())}><span class="caption">{&beside}</span></div>
        <ol role="list" class={classes!("run-diffs", row)} aria-label={format!("What differs, {beside}")}>
            { for diffs.iter().enumerate().map(|(at, diff)| html! {
                <li class={classes!("run-diff", column_class(at), if diff.same { "same" } else { "differs" })}>
                    <span class="glyph" aria-hidden="true">{if diff.same { "=" } else { "≠" }}</span>
                    if !diff.same { <span class="visually-hidden">{"differs: "}</span> }
                    {diff.label}
                </li>
            }) }
        </ol>
    </> }
}

/// The red line from the refusing station down to the reason.
fn stem(props: &JourneyMapProps, drawn: &[(RunView, Vec<StationView>)]) -> Option<Html> {
    let number = props.selected?;
    drawn.iter().enumerate().find_map(|(row, (_, station_views))| {
        let place =
            station_views.iter().position(|s| s.status.is_stopped() && s.event == Some(number))?;
        let class = classes!("stem", column_class(place), format!("line-{}", row + 1));
        Some(html! { <span {class} aria-hidden="true"></span> })
    })
}

/// The kinds of artifacts with their descriptions, in the order of the legend.
pub const LEGEND: [(ArtifactKind, &str); 6] = [
    (ArtifactKind::Code, "valid once, for five minutes; code grant only"),
    (ArtifactKind::IdToken, "identifies Ana; the identity pool accepts it"),
    (ArtifactKind::AccessToken, "for the user pool API; the identity pool rejects it"),
    (ArtifactKind::RefreshToken, "gets new tokens; the implicit grant does not return one"),
    (ArtifactKind::PoolToken, "valid for ten minutes; identity pool and STS use it"),
    (ArtifactKind::Credentials, "permissions of one role, for one hour"),
];

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::rc::Rc;

    use cognitab_trace::event::Event;

    use super::*;
    use crate::state::samples;

    fn line(run: Run, number: usize, events: Vec<Event>) -> RunView {
        RunView { run, number, events: Rc::new(events), running: false }
    }

    #[component]
    fn Map() -> Html {
        journey_map(&JourneyMapProps {
            lines: vec![
                line(Run::Ana, 1, samples::ana()),
                line(Run::Guest, 2, samples::guest()),
                line(Run::TrustChanged, 3, samples::trust()),
            ],
            scenario: Scenario::default(),
            now: samples::NOW,
            selected: Some(15),
            open_event: Callback::noop(),
            open_artifact: Callback::noop(),
        })
    }

    #[test]
    fn three_runs_tell_where_each_ended() {
        let renderer = yew::ServerRenderer::<Map>::new().hydratable(false);
        let html = futures_executor::block_on(renderer.render());
        for told in
            ["Guest compared with Ana", "Ana again compared with Ana", "other role", "aud differs"]
        {
            assert!(html.contains(told), "{told}");
        }
        assert_eq!(html.matches("class=\"end-mark\"").count(), 2);
        assert_eq!(html.matches("class=\"stem").count(), 1);
    }
}
