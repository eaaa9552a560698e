//! A run station by station: what happened there, and which artifact goes on to the next one.

use cognitab_policy::ladder::{RungKind, RungState};
use cognitab_trace::event::{Artifact, ArtifactKind, Event, Station};

use super::labels::{self, STATIONS};
use super::reason::refusing_rung;
use super::run::{Run, by_administrator, carried, returned, stopping_event};

/// The status of a run at one station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not reached yet.
    Waiting,
    /// The station allowed the run to continue.
    Passed,
    /// The run does not use the station.
    Skipped,
    /// The station refused: a check failed or no statement allows the request.
    Refused,
    /// The station refused: a statement explicitly denies the request.
    Denied,
    /// An earlier station refused.
    NotReached,
}

impl Status {
    /// Whether the run ended here.
    pub fn is_stopped(self) -> bool {
        matches!(self, Status::Refused | Status::Denied)
    }

    /// The status in words, for accessible names.
    pub fn label(self) -> &'static str {
        match self {
            Status::Waiting => "not reached yet",
            Status::Passed => "passed",
            Status::Skipped => "not used",
            Status::Refused => "stopped here, nothing allows it",
            Status::Denied => "stopped here, explicitly denied",
            Status::NotReached => "not reached",
        }
    }
}

/// A run at one station, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct StationView {
    /// The station.
    pub station: Station,
    /// Status of the run at it.
    pub status: Status,
    /// What happened, in a few words.
    pub title: String,
    /// A second line of text, or empty.
    pub detail: String,
    /// Operations that were called, or the name of the role.
    pub calls: Vec<String>,
    /// Artifacts that the app keeps.
    pub kept: Vec<Artifact>,
    /// Text over the segment to the next station, or empty.
    pub segment_label: String,
    /// The artifact that goes on to the next station.
    pub artifact: Option<Artifact>,
    /// Number of the event behind this view.
    pub event: Option<u64>,
    /// The value that the administrator changed in the trust policy: before and after.
    pub trust_edit: Option<(String, String)>,
}

/// The seven stations of a run.
pub fn station_views(run: Run, events: &[Event], now: i64) -> Vec<StationView> {
    let stopped = stopping_event(events).and_then(|e| e.refusal.as_ref().map(|r| (e, r.station)));
    let last =
        events.iter().filter(|e| !by_administrator(e)).map(|e| labels::station_index(e.to)).max();
    let anonymous = run == Run::Guest;
    STATIONS
        .into_iter()
        .map(|station| {
            let mut view = station_view(station, run, events, now);
            view.status = match stopped {
                Some((_, refusing)) if refusing == station => {
                    refusal_status(stopped.map(|(e, _)| e))
                }
                Some((_, refusing)) if station > refusing => Status::NotReached,
                _ if view.event.is_some() => Status::Passed,
                _ if anonymous && matches!(station, Station::Login | Station::UserPool) => {
                    Status::Skipped
                }
                _ if last.is_some_and(|l| l > labels::station_index(station)) => Status::Skipped,
                _ => Status::Waiting,
            };
            with_status_text(view, stopped.map(|(e, _)| e))
        })
        .collect()
}

fn refusal_status(event: Option<&Event>) -> Status {
    let denied = event.is_some_and(|e| e.ladder.iter().any(|rung| rung.state == RungState::Denied));
    if denied { Status::Denied } else { Status::Refused }
}

/// Sets the texts that depend on the status.
fn with_status_text(mut view: StationView, refusing: Option<&Event>) -> StationView {
    match view.status {
        Status::Refused | Status::Denied => {
            view.title = "Stopped here".to_owned();
            view.detail = refusing.map(short_reason).unwrap_or_default();
            view.event = refusing.map(|e| e.number);
            (view.segment_label, view.artifact) = (String::new(), None);
        }
        Status::NotReached => {
            (view.title, view.detail) = ("Not reached".to_owned(), String::new());
            (view.segment_label, view.artifact) = (String::new(), None);
            (view.calls, view.event) = (Vec::new(), None);
        }
        Status::Skipped => {
            view.title = "Not used".to_owned();
            view.detail = match view.station {
                Station::Login => "no sign-in",
                Station::UserPool => "no token",
                _ => "",
            }
            .to_owned();
            (view.calls, view.segment_label, view.artifact) = (Vec::new(), String::new(), None);
        }
        Status::Waiting => (view.segment_label, view.artifact) = (String::new(), None),
        Status::Passed => {}
    }
    view
}

/// The refusal in two or three words: `aud differs`, `Nothing allows it`.
pub fn short_reason(event: &Event) -> String {
    let Some(rung) = refusing_rung(event) else { return "Refused".to_owned() };
    let differs = rung
        .compare
        .iter()
        .chain(rung.statements.iter().flat_map(|s| &s.compare))
        .find(|c| !c.met)
        .map(|c| c.subject.rsplit(':').next().unwrap_or_default().to_owned());
    match (rung.kind, rung.state, differs) {
        (_, RungState::Denied, _) => "Explicitly denied".to_owned(),
        (
            RungKind::TrustCondition | RungKind::TrustPrincipal | RungKind::TrustAction,
            _,
            Some(subject),
        ) => format!("{} differs", subject),
        (
            RungKind::WellFormed | RungKind::Authentication | RungKind::Token | RungKind::State,
            ..,
        ) => "Refused".to_owned(),
        (RungKind::RoleSelection, ..) => "No role".to_owned(),
        _ => "Nothing allows it".to_owned(),
    }
}

fn waiting_view(station: Station) -> StationView {
    StationView {
        station,
        status: Status::Waiting,
        title: waiting_title(station).to_owned(),
        detail: String::new(),
        calls: Vec::new(),
        kept: Vec::new(),
        segment_label: String::new(),
        artifact: None,
        event: None,
        trust_edit: None,
    }
}

/// What a station does, for a map without runs.
pub fn waiting_title(station: Station) -> &'static str {
    match station {
        Station::App => "requests a sign-in",
        Station::Login => "asks for the password",
        Station::UserPool => "signs tokens",
        Station::IdentityPool => "returns an identity",
        Station::Sts => "validates the token",
        Station::Role => "trusts the identity, or not",
        Station::Resource => "stores the file",
    }
}

fn station_view(station: Station, run: Run, events: &[Event], now: i64) -> StationView {
    let view = waiting_view(station);
    match station {
        Station::App => app(view, events),
        Station::Login => login(view, events, now),
        Station::UserPool => user_pool(view, events, now),
        Station::IdentityPool => identity_pool(view, run, events, now),
        Station::Sts => sts(view, events),
        Station::Role => role(view, run, events, now),
        Station::Resource => resource(view, events),
    }
}

fn caller_events(events: &[Event]) -> impl DoubleEndedIterator<Item = &Event> {
    events.iter().filter(|e| !by_administrator(e))
}

fn app(mut view: StationView, events: &[Event]) -> StationView {
    if let Some(ask) = caller_events(events).find(|e| e.call.starts_with("GET /oauth2/authorize")) {
        view.title = "Requests a sign-in".to_owned();
        view.calls = vec!["GET /oauth2/authorize".to_owned()];
        view.segment_label = "redirect".to_owned();
        view.event = Some(ask.number);
    } else if let Some(first) = caller_events(events).next() {
        view.title = "No sign-in".to_owned();
        view.detail = "calls the identity pool".to_owned();
        view.event = Some(first.number);
    }
    view
}

fn login(mut view: StationView, events: &[Event], now: i64) -> StationView {
    let posted = caller_events(events).rev().find(|e| e.call.starts_with("POST /login"));
    let code = returned(events, ArtifactKind::Code);
    if let Some(event) = posted {
        view.title = "Ana signs in".to_owned();
        view.calls = vec!["POST /login".to_owned()];
        view.segment_label = "password".to_owned();
        view.event = Some(event.number);
    } else if let Some(event) = caller_events(events)
        .find(|e| e.to == Station::Login && !e.returns.is_empty() && e.inside.is_none())
    {
        view.title = "Still signed in".to_owned();
        view.detail = "session cookie, no password".to_owned();
        view.segment_label = "session".to_owned();
        view.event = Some(event.number);
    } else if let Some(event) = caller_events(events).find(|e| e.call.starts_with("GET /login")) {
        view.title = "Shows the login page".to_owned();
        view.calls = vec!["GET /login".to_owned()];
        view.event = Some(event.number);
    }
    if let Some((_, code)) = code {
        let traded = carried(events, ArtifactKind::Code).is_some();
        view.segment_label = if traded {
            "spent".to_owned()
        } else {
            format!("{}, once", labels::time_left(code.expires, now))
        };
        view.artifact = Some(code.clone());
    }
    view
}

fn user_pool(mut view: StationView, events: &[Event], now: i64) -> StationView {
    let Some((event, id)) = returned(events, ArtifactKind::IdToken) else { return view };
    view.event = Some(event.number);
    if event.call.contains("/oauth2/token") {
        view.title = "Exchanges the code".to_owned();
        view.calls = vec!["POST /oauth2/token".to_owned()];
    } else {
        view.title = "Issues the tokens".to_owned();
        view.calls = vec!["302 #id_token=…".to_owned()];
    }
    view.segment_label = labels::time_left(id.expires, now);
    view.artifact = Some(id.clone());
    view.kept = [ArtifactKind::AccessToken, ArtifactKind::RefreshToken]
        .into_iter()
        .filter_map(|kind| returned(events, kind).map(|(_, a)| a.clone()))
        .collect();
    view
}

fn identity_pool(mut view: StationView, run: Run, events: &[Event], now: i64) -> StationView {
    let calls: Vec<&Event> = caller_events(events)
        .filter(|e| e.to == Station::IdentityPool && e.inside.is_none())
        .collect();
    let Some(last) = calls.last() else { return view };
    view.event = Some(last.number);
    view.title =
        if run == Run::Guest { "Creates an identity" } else { "Finds Ana's identity" }.to_owned();
    for event in &calls {
        if !view.calls.contains(&event.call) {
            view.calls.push(event.call.clone());
        }
    }
    if let Some((_, token)) = carried(events, ArtifactKind::PoolToken) {
        view.segment_label = labels::time_left(token.expires, now);
        view.artifact = Some(token.clone());
    }
    view
}

/// The call to STS that asked for a role.
fn assume_role_event(events: &[Event]) -> Option<&Event> {
    caller_events(events).rev().find(|e| e.to == Station::Sts)
}

fn sts(mut view: StationView, events: &[Event]) -> StationView {
    let Some(event) = assume_role_event(events) else { return view };
    view.event = Some(event.number);
    view.title = "Validates the token".to_owned();
    view.calls = vec![event.call.clone()];
    view.segment_label = "trust policy".to_owned();
    view
}

fn role(mut view: StationView, run: Run, events: &[Event], now: i64) -> StationView {
    view.trust_edit = trust_change(events);
    let Some(event) = assume_role_event(events) else { return view };
    if event.refusal.as_ref().is_some_and(|r| r.station < Station::Role) {
        return view;
    }
    view.event = Some(event.number);
    view.title = if run == Run::Guest { "Trusts guests" } else { "Trusts Ana" }.to_owned();
    view.detail = conditions_met(event);
    view.calls = assumed_role_name(event).into_iter().collect();
    if let Some((_, keys)) = returned(events, ArtifactKind::Credentials) {
        view.segment_label = labels::time_left(keys.expires, now);
        view.artifact = Some(keys.clone());
    }
    view
}

/// Name of the role that an AssumeRole call asks for.
pub fn assumed_role_name(event: &Event) -> Option<String> {
    event.input.get("RoleArn")?.as_str().and_then(labels::role_name).map(str::to_owned)
}

fn conditions_met(event: &Event) -> String {
    let mut keys: Vec<String> = Vec::new();
    for rung in event.ladder.iter().filter(|r| r.kind == RungKind::TrustCondition) {
        let statements = rung.statements.iter().filter(|s| s.matched).flat_map(|s| &s.compare);
        for compare in rung.compare.iter().chain(statements).filter(|c| c.met) {
            let key = compare.subject.rsplit(':').next().unwrap_or_default().to_owned();
            if compare.subject.contains(':') && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    match keys.as_slice() {
        [] => String::new(),
        [one] => format!("{one} matches"),
        [rest @ .., last] => format!("{} and {last} match", rest.join(", ")),
    }
}

/// The `aud` value that the administrator changed in a trust policy, before and after.
pub fn trust_change(events: &[Event]) -> Option<(String, String)> {
    let change =
        events.iter().find(|e| by_administrator(e) && e.call == "UpdateAssumeRolePolicy")?;
    let wanted = aud_condition(change.input.get("PolicyDocument")?.as_str()?)?;
    let asked = carried(events, ArtifactKind::PoolToken)
        .and_then(|(_, token)| super::token::claim(&token.value, "aud"))
        .or_else(|| {
            let compare = events
                .iter()
                .flat_map(|e| &e.ladder)
                .flat_map(|r| r.compare.iter().chain(r.statements.iter().flat_map(|s| &s.compare)));
            compare.filter(|c| c.subject.ends_with(":aud")).find_map(|c| c.asked.first().cloned())
        })?;
    (asked != wanted).then_some((asked, wanted))
}

/// The `aud` value that a trust policy requires.
pub fn aud_condition(document: &str) -> Option<String> {
    let at = document.find(":aud\"")?;
    let value = document.get(at + 5..)?;
    let mut quoted = value.split('"');
    quoted.next()?;
    quoted.next().map(str::to_owned)
}

fn resource(mut view: StationView, events: &[Event]) -> StationView {
    let Some(event) = caller_events(events).rev().find(|e| e.to == Station::Resource) else {
        return view;
    };
    view.event = Some(event.number);
    let status = event.response.start.split(' ').next().unwrap_or_default();
    view.calls = vec![format!("{} {status}", event.call)];
    view.title = "Allowed".to_owned();
    view.detail = match event.call.as_str() {
        "PutObject" => "lake.jpg stored".to_owned(),
        _ => String::new(),
    };
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    fn statuses(run: Run, events: &[Event]) -> Vec<Status> {
        station_views(run, events, samples::NOW).into_iter().map(|s| s.status).collect()
    }

    #[test]
    fn ana_passes_every_station() {
        let events = samples::ana();
        assert_eq!(statuses(Run::Ana, &events), [Status::Passed; 7]);
        let station_views = station_views(Run::Ana, &events, samples::NOW);
        assert_eq!(station_views[2].artifact.as_ref().unwrap().kind, ArtifactKind::IdToken);
        assert_eq!(station_views[2].kept.len(), 1);
        assert_eq!(station_views[5].detail, "aud and amr match");
        assert_eq!(station_views[5].calls, ["photos-signed-in"]);
        assert_eq!(station_views[6].calls, ["PutObject 200"]);
    }

    #[test]
    fn the_guest_goes_by_two_and_stops_at_the_last() {
        use Status::*;
        let events = samples::guest();
        let expected = [Passed, Skipped, Skipped, Passed, Passed, Passed, Refused];
        assert_eq!(statuses(Run::Guest, &events), expected);
        let station_views = station_views(Run::Guest, &events, samples::NOW);
        assert_eq!(station_views[6].detail, "Nothing allows it");
        assert_eq!(station_views[6].event, Some(10));
    }

    #[test]
    fn a_changed_trust_stops_ana_at_the_role() {
        use Status::*;
        let events = samples::trust();
        assert_eq!(
            statuses(Run::TrustChanged, &events),
            [Passed, Passed, Passed, Passed, Passed, Refused, NotReached]
        );
        let station_views = station_views(Run::TrustChanged, &events, samples::NOW);
        assert_eq!(station_views[1].title, "Still signed in");
        assert_eq!(station_views[5].detail, "aud differs");
        assert_eq!(
            station_views[5].trust_edit,
            Some((samples::POOL.into(), samples::WRONG.into()))
        );
    }

    #[test]
    fn nothing_yet() {
        assert_eq!(statuses(Run::Ana, &[]), [Status::Waiting; 7]);
    }
}
