//! The transit map: runs on seven shared columns, and the rail that says what differs.

use cognitab_trace::control::Scenario;
use cognitab_trace::event::{Artifact, ArtifactKind};
use yew::prelude::*;

use super::mark::node;
use crate::components::{Chip, filled_icon, station_icon};
use crate::state::journey::{Mark, Stop, stops};
use crate::state::rail::{Cell, rail};
use crate::state::run::{Line, Outcome, Slot, outcome};
use crate::state::words::{self, STATIONS};

/// What the map shows.
pub struct JourneyMap {
    /// Up to three runs; with none, the way is drawn empty.
    pub lines: Vec<Line>,
    /// Ids for the headings.
    pub scenario: Scenario,
    /// Simulated time.
    pub now: i64,
    /// The event that is open.
    pub open: Option<u64>,
    /// Opens an event.
    pub pick: Callback<u64>,
    /// Opens an artifact.
    pub chip: Callback<Artifact>,
}

fn places(at: usize) -> &'static str {
    ["s1", "s2", "s3", "s4", "s5", "s6", "s7"].get(at).copied().unwrap_or("s7")
}

/// The map.
pub fn journey_map(props: &JourneyMap) -> Html {
    let drawn: Vec<(Line, Vec<Stop>)> = props
        .lines
        .iter()
        .map(|line| (line.clone(), stops(line.slot, &line.events, props.now)))
        .collect();
    let empty = drawn.is_empty().then(|| idle(props));
    let lines = drawn.iter().enumerate().map(|(at, (line, stops))| {
        // A second run of the same person is compared with their first, anybody else with the
        // line above.
        let beside = match (at, line.slot) {
            (0, _) => None,
            (_, Slot::Trust) => drawn.iter().find(|(l, _)| l.slot == Slot::Ana),
            _ => at.checked_sub(1).and_then(|above| drawn.get(above)),
        };
        let rail = beside.map(|(other, before)| {
            let cells = rail((before, &other.events), (stops, &line.events));
            rail_row(at, line.slot, other.slot, &cells)
        });
        html! { <key={line.slot.word()}><>{rail}</><>{line_row(props, at, line, stops)}</></> }
    });
    html! {
        <div class={classes!("map", format!("runs{}", props.lines.len().max(1)))}>
            <div class="bracket">{"account Studio 1111"}</div>
            { for (0..7).map(|at| html! { <span class={classes!("merid", places(at))} aria-hidden="true"></span> }) }
            <div class="lab hdl"></div>
            {headings(&props.scenario)}
            // Each optional part is a list of its own: what stands before it stays what it was.
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
        2 => words::cut(scenario.get("userPool")),
        3 => words::cut(scenario.get("identityPool")),
        4 => "sts.us-east-1".to_owned(),
        5 => "the pool chooses".to_owned(),
        _ => "studio-photos".to_owned(),
    };
    html! {
        <ol role="list" aria-label="Stations">
            { for STATIONS.iter().enumerate().map(|(at, station)| html! {
                <li class={classes!("hd", places(at))}>
                    <span class="nm">{station_icon(*station)}{words::station(*station)}</span>
                    <span class="id">{id(at)}</span>
                </li>
            }) }
        </ol>
    }
}

/// The way before anybody has gone it.
fn idle(props: &JourneyMap) -> Html {
    let stops = stops(Slot::Ana, &[], props.now);
    html! { <>
        <div class="lab line l1">
            <h3>{"The way"}</h3>
            <p class="cap">{"nobody has gone it yet"}</p>
        </div>
        <ol role="list" class="l1" aria-label="The way">
            { for stops.iter().enumerate().map(|(at, stop)| html! {
                <li class={classes!("stop", "run", "wait", places(at))}>
                    {node(stop.mark, format!("{}, {}", words::station(stop.station), stop.mark.word()), None)}
                    <div class="did"><b>{stop.title.clone()}</b></div>
                </li>
            }) }
        </ol>
    </> }
}

fn line_row(props: &JourneyMap, at: usize, line: &Line, stops: &[Stop]) -> Html {
    let row = format!("l{}", at + 1);
    let who = if line.slot == Slot::Guest { "guest" } else { "ana" };
    let (icon, class) = match line.slot {
        Slot::Guest => ("g-guest", "w-guest"),
        _ => ("g-pool", "w-userpool"),
    };
    let began = line.events.first().map(|e| words::clock(e.at)).unwrap_or_default();
    let count = line.events.iter().filter(|e| e.inside.is_none()).count();
    let state = match outcome(&line.events) {
        _ if line.running => "running".to_owned(),
        Outcome::Allowed => format!("finished, {count} calls"),
        Outcome::Stopped(..) => format!("stopped, {count} calls"),
        Outcome::Open => "not finished".to_owned(),
    };
    html! { <>
        <div class={classes!("lab", "line", row.clone())}>
            <h3>{filled_icon(class, icon)}{line.slot.name()}</h3>
            <p class="cap">{format!("run {} · {began}", line.number)}<br />{state}</p>
        </div>
        <ol role="list" class={classes!(row, who)} aria-label={format!("{}, run {}", line.slot.name(), line.number)}>
            { for stops.iter().enumerate().map(|(at, stop)| stop_cell(props, at, line, stop)) }
        </ol>
    </> }
}

fn stop_cell(props: &JourneyMap, at: usize, line: &Line, stop: &Stop) -> Html {
    let state = match stop.mark {
        Mark::Waiting => Some("wait"),
        Mark::NotReached => Some("after"),
        Mark::PassedBy => Some("passes"),
        mark if mark.stopped() => Some("halt"),
        _ => None,
    };
    let open = stop.event.map(|number| props.pick.reform(move |_: MouseEvent| number));
    let label =
        format!("{}, {}: {}", words::station(stop.station), line.slot.name(), stop.mark.word());
    let no = stop.mark.stopped().then_some("no");
    let allowed = stop.title == "Allowed";
    html! {
        <li class={classes!("stop", "run", places(at), state)}>
            {node(stop.mark, label, open)}
            {segment(props, stop)}
            <div class="did">
                <span class="where">{station_icon(stop.station)}{words::station(stop.station)}</span>
                <b class={classes!(no, allowed.then_some("ok"))}>{stop.title.clone()}</b>
                <span class={classes!(no)}>{stop.plain.clone()}</span>
                { for stop.code.iter().map(|code| html! { <code>{breakable(code)}</code> }) }
                { for stop.edit.as_ref().map(|(from, to)| edited(from, to)) }
                {keeps(props, stop)}
            </div>
            if stop.mark.stopped() { <span class="buffer" aria-hidden="true"></span> }
        </li>
    }
}

fn segment(props: &JourneyMap, stop: &Stop) -> Option<Html> {
    if stop.over.is_empty() {
        return None;
    }
    let spent = stop.over == "spent";
    let chip = stop.travels.as_ref().map(|artifact| html! {
        <span class="chips"><Chip artifact={artifact.clone()} now={props.now} {spent} open={props.chip.clone()} /></span>
    });
    Some(html! { <div class="seg"><span class="life">{stop.over.clone()}</span>{chip}</div> })
}

fn keeps(props: &JourneyMap, stop: &Stop) -> Option<Html> {
    (!stop.keeps.is_empty()).then(|| {
        let verb = if stop.keeps.len() == 1 { "stays in App" } else { "stay in App" };
        html! {
            <span class="keep">
                { for stop.keeps.iter().map(|a| html! { <Chip artifact={a.clone()} now={props.now} open={props.chip.clone()} /> }) }
                {verb}
            </span>
        }
    })
}

/// The administrator's change: the end of the value, with what differs marked.
fn edited(from: &str, to: &str) -> Html {
    let (_, was, is, tail) = crate::state::reason::parts(from, to);
    html! {
        <span class="edit">{format!("aud …{was}{tail} → …")}<mark>{is.to_owned()}</mark>{tail.to_owned()}</span>
    }
}

/// A long operation name, with places where it may break.
pub fn breakable(name: &str) -> Html {
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

fn rail_row(at: usize, slot: Slot, other: Slot, cells: &[Cell]) -> Html {
    let row = format!("r{}", at + 1);
    let beside = format!("{} beside {}", slot.name().to_lowercase(), other.name());
    html! { <>
        <div class={classes!("lab", "rail", row.clone())}><span class="cap">{first_up(&beside)}</span></div>
        <ol role="list" class={classes!("rails", row)} aria-label={format!("What differs, {beside}")}>
            { for cells.iter().enumerate().map(|(at, cell)| html! {
                <li class={classes!("rail", places(at), if cell.same { "same" } else { "ne" })}>
                    <span class="gl" aria-hidden="true">{if cell.same { "=" } else { "≠" }}</span>
                    if !cell.same { <span class="vh">{"differs: "}</span> }
                    {cell.word}
                </li>
            }) }
        </ol>
    </> }
}

fn first_up(text: &str) -> String {
    text.strip_prefix("ana").map_or_else(|| text.to_owned(), |rest| format!("Ana{rest}"))
}

/// The red stem from the open stop down to its reason.
fn stem(props: &JourneyMap, drawn: &[(Line, Vec<Stop>)]) -> Option<Html> {
    let number = props.open?;
    drawn.iter().enumerate().find_map(|(row, (_, stops))| {
        let place = stops.iter().position(|s| s.mark.stopped() && s.event == Some(number))?;
        let class = classes!("stem", places(place), format!("l{}", row + 1));
        Some(html! { <span {class} aria-hidden="true"></span> })
    })
}

/// The artifact kinds in the order in which a legend tells them.
pub const LEGEND: [(ArtifactKind, &str); 6] = [
    (ArtifactKind::Code, "good once, for five minutes; only by code"),
    (ArtifactKind::IdToken, "says who Ana is; the kind the identity pool takes"),
    (ArtifactKind::AccessToken, "for the user pool's own API, not for the identity pool"),
    (ArtifactKind::RefreshToken, "brings new tokens; the implicit grant never returns one"),
    (ArtifactKind::PoolToken, "ten minutes; stays between identity pool and STS"),
    (ArtifactKind::Credentials, "good for one role, for an hour"),
];

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::rc::Rc;

    use cognitab_trace::event::Event;

    use super::*;
    use crate::state::samples;

    fn line(slot: Slot, number: usize, events: Vec<Event>) -> Line {
        Line { slot, number, events: Rc::new(events), running: false }
    }

    #[component]
    fn Map() -> Html {
        journey_map(&JourneyMap {
            lines: vec![
                line(Slot::Ana, 1, samples::ana()),
                line(Slot::Guest, 2, samples::guest()),
                line(Slot::Trust, 3, samples::trust()),
            ],
            scenario: Scenario::default(),
            now: samples::NOW,
            open: Some(15),
            pick: Callback::noop(),
            chip: Callback::noop(),
        })
    }

    #[test]
    fn three_runs_tell_where_each_ended() {
        let renderer = yew::ServerRenderer::<Map>::new().hydratable(false);
        let html = futures_executor::block_on(renderer.render());
        for told in ["guest beside Ana", "Ana again beside Ana", "another role", "aud differs"] {
            assert!(html.contains(told), "{told}");
        }
        assert_eq!(html.matches("class=\"buffer\"").count(), 2);
        assert_eq!(html.matches("class=\"stem").count(), 1);
    }
}
