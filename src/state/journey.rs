//! One run as seven stops on a line: what happened at each station, and what travels on to the next.

use cognitab_policy::ladder::{RungKind, RungState};
use cognitab_trace::event::{Artifact, ArtifactKind, Event, Station};

use super::reason::stopping;
use super::run::{Run, Slot, by_administrator, carried, returned, stop};
use super::words::{self, STATIONS};

/// How far a run came at one station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing has happened there yet.
    Waiting,
    /// It let the run pass.
    Passed,
    /// The run goes by without asking it.
    PassedBy,
    /// It refused, because nothing allows it or a check failed.
    Refused,
    /// It refused, because a statement denies it.
    Denied,
    /// An earlier station stopped the run.
    NotReached,
}

impl Mark {
    /// Whether the run ended here.
    pub fn stopped(self) -> bool {
        matches!(self, Mark::Refused | Mark::Denied)
    }

    /// The word for it in a node's name.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Waiting => "not reached yet",
            Mark::Passed => "passed",
            Mark::PassedBy => "passes by",
            Mark::Refused => "stopped here, nothing allows it",
            Mark::Denied => "stopped here, explicitly denied",
            Mark::NotReached => "not reached",
        }
    }
}

/// A run at one station.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Where.
    pub station: Station,
    /// How it went.
    pub mark: Mark,
    /// Our phrase for it.
    pub title: String,
    /// A second line in plain words, or empty.
    pub plain: String,
    /// AWS's nouns: calls, role names.
    pub code: Vec<String>,
    /// Artifacts that stay in the app here.
    pub keeps: Vec<Artifact>,
    /// What is written over the piece of line that follows.
    pub over: String,
    /// The artifact that travels on it.
    pub travels: Option<Artifact>,
    /// The event behind this stop.
    pub event: Option<u64>,
    /// What the administrator changed here: before and after.
    pub edit: Option<(String, String)>,
}

/// The seven stops of a run as it stands.
pub fn stops(slot: Slot, run: Run, now: i64) -> Vec<Stop> {
    let stopped = stop(run).and_then(|e| e.refusal.as_ref().map(|r| (e, r.station)));
    let last = run.iter().filter(|e| !by_administrator(e)).map(|e| words::place(e.to)).max();
    let anonymous = slot == Slot::Guest;
    STATIONS
        .into_iter()
        .map(|station| {
            let mut stop = at(station, slot, run, now);
            stop.mark = match stopped {
                Some((_, there)) if there == station => refused_how(stopped.map(|(e, _)| e)),
                Some((_, there)) if station > there => Mark::NotReached,
                _ if stop.event.is_some() => Mark::Passed,
                _ if anonymous && matches!(station, Station::Login | Station::UserPool) => {
                    Mark::PassedBy
                }
                _ if last.is_some_and(|l| l > words::place(station)) => Mark::PassedBy,
                _ => Mark::Waiting,
            };
            dress(stop, stopped.map(|(e, _)| e))
        })
        .collect()
}

fn refused_how(event: Option<&Event>) -> Mark {
    let denied = event.is_some_and(|e| e.ladder.iter().any(|rung| rung.state == RungState::Denied));
    if denied { Mark::Denied } else { Mark::Refused }
}

/// Gives a stop the words that its mark asks for.
fn dress(mut stop: Stop, refusing: Option<&Event>) -> Stop {
    match stop.mark {
        Mark::Refused | Mark::Denied => {
            stop.title = "Stopped here".to_owned();
            stop.plain = refusing.map(why_in_words).unwrap_or_default();
            stop.event = refusing.map(|e| e.number);
            (stop.over, stop.travels) = (String::new(), None);
        }
        Mark::NotReached => {
            (stop.title, stop.plain) = ("Not reached".to_owned(), String::new());
            (stop.over, stop.travels) = (String::new(), None);
            (stop.code, stop.event) = (Vec::new(), None);
        }
        Mark::PassedBy => {
            stop.title = "passes by".to_owned();
            stop.plain = match stop.station {
                Station::Login => "no login",
                Station::UserPool => "no token",
                _ => "",
            }
            .to_owned();
            (stop.code, stop.over, stop.travels) = (Vec::new(), String::new(), None);
        }
        Mark::Waiting => (stop.over, stop.travels) = (String::new(), None),
        Mark::Passed => {}
    }
    stop
}

/// The refusal in two or three words: `aud differs`, `Nothing allows it`.
pub fn why_in_words(event: &Event) -> String {
    let Some(rung) = stopping(event) else { return "Refused".to_owned() };
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

fn blank(station: Station) -> Stop {
    Stop {
        station,
        mark: Mark::Waiting,
        title: waiting_title(station).to_owned(),
        plain: String::new(),
        code: Vec::new(),
        keeps: Vec::new(),
        over: String::new(),
        travels: None,
        event: None,
        edit: None,
    }
}

/// What a station does, said before anything has happened.
pub fn waiting_title(station: Station) -> &'static str {
    match station {
        Station::App => "asks for a login",
        Station::Login => "asks for the password",
        Station::UserPool => "signs tokens",
        Station::IdentityPool => "trades them for an identity",
        Station::Sts => "checks the token",
        Station::Role => "lets in, or not",
        Station::Resource => "stores the file",
    }
}

fn at(station: Station, slot: Slot, run: Run, now: i64) -> Stop {
    let stop = blank(station);
    match station {
        Station::App => app(stop, run),
        Station::Login => login(stop, run, now),
        Station::UserPool => user_pool(stop, run, now),
        Station::IdentityPool => identity_pool(stop, slot, run, now),
        Station::Sts => sts(stop, run),
        Station::Role => role(stop, slot, run, now),
        Station::Resource => resource(stop, run),
    }
}

fn own<'a>(run: Run<'a>) -> impl DoubleEndedIterator<Item = &'a Event> {
    run.iter().filter(|e| !by_administrator(e))
}

fn app(mut stop: Stop, run: Run) -> Stop {
    if let Some(ask) = own(run).find(|e| e.call.starts_with("GET /oauth2/authorize")) {
        stop.title = "Asks for a login".to_owned();
        stop.code = vec!["GET /oauth2/authorize".to_owned()];
        stop.over = "redirect".to_owned();
        stop.event = Some(ask.number);
    } else if let Some(first) = own(run).next() {
        stop.title = "No login".to_owned();
        stop.plain = "goes straight to the pool".to_owned();
        stop.event = Some(first.number);
    }
    stop
}

fn login(mut stop: Stop, run: Run, now: i64) -> Stop {
    let posted = own(run).rev().find(|e| e.call.starts_with("POST /login"));
    let code = returned(run, ArtifactKind::Code);
    if let Some(event) = posted {
        stop.title = "Ana signs in".to_owned();
        stop.code = vec!["POST /login".to_owned()];
        stop.over = "password".to_owned();
        stop.event = Some(event.number);
    } else if let Some(event) =
        own(run).find(|e| e.to == Station::Login && !e.returns.is_empty() && e.inside.is_none())
    {
        stop.title = "Remembers Ana".to_owned();
        stop.plain = "session cookie, no password".to_owned();
        stop.over = "session".to_owned();
        stop.event = Some(event.number);
    } else if let Some(event) = own(run).find(|e| e.call.starts_with("GET /login")) {
        stop.title = "Shows its page".to_owned();
        stop.code = vec!["GET /login".to_owned()];
        stop.event = Some(event.number);
    }
    if let Some((_, code)) = code {
        let traded = carried(run, ArtifactKind::Code).is_some();
        stop.over = if traded {
            "spent".to_owned()
        } else {
            format!("{}, once", words::life(code.expires, now))
        };
        stop.travels = Some(code.clone());
    }
    stop
}

fn user_pool(mut stop: Stop, run: Run, now: i64) -> Stop {
    let Some((event, id)) = returned(run, ArtifactKind::IdToken) else { return stop };
    stop.event = Some(event.number);
    if event.call.contains("/oauth2/token") {
        stop.title = "Trades the code".to_owned();
        stop.code = vec!["POST /oauth2/token".to_owned()];
    } else {
        stop.title = "Signs the tokens".to_owned();
        stop.code = vec!["302 #id_token=…".to_owned()];
    }
    stop.over = words::life(id.expires, now);
    stop.travels = Some(id.clone());
    stop.keeps = [ArtifactKind::AccessToken, ArtifactKind::RefreshToken]
        .into_iter()
        .filter_map(|kind| returned(run, kind).map(|(_, a)| a.clone()))
        .collect();
    stop
}

fn identity_pool(mut stop: Stop, slot: Slot, run: Run, now: i64) -> Stop {
    let calls: Vec<&Event> =
        own(run).filter(|e| e.to == Station::IdentityPool && e.inside.is_none()).collect();
    let Some(last) = calls.last() else { return stop };
    stop.event = Some(last.number);
    stop.title = if slot == Slot::Guest { "A new identity" } else { "Knows this Ana" }.to_owned();
    for event in &calls {
        if !stop.code.contains(&event.call) {
            stop.code.push(event.call.clone());
        }
    }
    if let Some((_, token)) = carried(run, ArtifactKind::PoolToken) {
        stop.over = words::life(token.expires, now);
        stop.travels = Some(token.clone());
    }
    stop
}

/// The call in which a role was asked for.
fn assumed<'a>(run: Run<'a>) -> Option<&'a Event> {
    own(run).rev().find(|e| e.to == Station::Sts)
}

fn sts(mut stop: Stop, run: Run) -> Stop {
    let Some(event) = assumed(run) else { return stop };
    stop.event = Some(event.number);
    stop.title = "Checks the token".to_owned();
    stop.code = vec![event.call.clone()];
    stop.over = "may I?".to_owned();
    stop
}

fn role(mut stop: Stop, slot: Slot, run: Run, now: i64) -> Stop {
    stop.edit = edit(run);
    let Some(event) = assumed(run) else { return stop };
    if event.refusal.as_ref().is_some_and(|r| r.station < Station::Role) {
        return stop;
    }
    stop.event = Some(event.number);
    stop.title = if slot == Slot::Guest { "Lets guests in" } else { "Lets Ana in" }.to_owned();
    stop.plain = conditions_met(event);
    stop.code = role_name(event).into_iter().collect();
    if let Some((_, keys)) = returned(run, ArtifactKind::Credentials) {
        stop.over = words::life(keys.expires, now);
        stop.travels = Some(keys.clone());
    }
    stop
}

/// The role that an event asks for.
pub fn role_name(event: &Event) -> Option<String> {
    event.input.get("RoleArn")?.as_str().and_then(words::role_of).map(str::to_owned)
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

/// The one value that the administrator changed in a trust policy, before and after.
pub fn edit(run: Run) -> Option<(String, String)> {
    let change = run.iter().find(|e| by_administrator(e) && e.call == "UpdateAssumeRolePolicy")?;
    let wanted = aud(change.input.get("PolicyDocument")?.as_str()?)?;
    let asked = carried(run, ArtifactKind::PoolToken)
        .and_then(|(_, token)| super::token::claim(&token.value, "aud"))
        .or_else(|| {
            let compare = run
                .iter()
                .flat_map(|e| &e.ladder)
                .flat_map(|r| r.compare.iter().chain(r.statements.iter().flat_map(|s| &s.compare)));
            compare.filter(|c| c.subject.ends_with(":aud")).find_map(|c| c.asked.first().cloned())
        })?;
    (asked != wanted).then_some((asked, wanted))
}

/// The `aud` that a trust policy asks for.
pub fn aud(document: &str) -> Option<String> {
    let at = document.find(":aud\"")?;
    let value = document.get(at + 5..)?;
    let mut quoted = value.split('"');
    quoted.next()?;
    quoted.next().map(str::to_owned)
}

fn resource(mut stop: Stop, run: Run) -> Stop {
    let Some(event) = own(run).rev().find(|e| e.to == Station::Resource) else { return stop };
    stop.event = Some(event.number);
    let status = event.response.start.split(' ').next().unwrap_or_default();
    stop.code = vec![format!("{} {status}", event.call)];
    stop.title = "Allowed".to_owned();
    stop.plain = match event.call.as_str() {
        "PutObject" => "lake.jpg stored".to_owned(),
        _ => String::new(),
    };
    stop
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    fn marks(slot: Slot, run: Run) -> Vec<Mark> {
        stops(slot, run, samples::NOW).into_iter().map(|s| s.mark).collect()
    }

    #[test]
    fn ana_passes_every_station() {
        let run = samples::ana();
        assert_eq!(marks(Slot::Ana, &run), [Mark::Passed; 7]);
        let stops = stops(Slot::Ana, &run, samples::NOW);
        assert_eq!(stops[2].travels.as_ref().unwrap().kind, ArtifactKind::IdToken);
        assert_eq!(stops[2].keeps.len(), 1);
        assert_eq!(stops[5].plain, "aud and amr match");
        assert_eq!(stops[5].code, ["photos-signed-in"]);
        assert_eq!(stops[6].code, ["PutObject 200"]);
    }

    #[test]
    fn the_guest_goes_by_two_and_stops_at_the_last() {
        use Mark::*;
        let run = samples::guest();
        let expected = [Passed, PassedBy, PassedBy, Passed, Passed, Passed, Refused];
        assert_eq!(marks(Slot::Guest, &run), expected);
        let stops = stops(Slot::Guest, &run, samples::NOW);
        assert_eq!(stops[6].plain, "Nothing allows it");
        assert_eq!(stops[6].event, Some(10));
    }

    #[test]
    fn a_changed_trust_stops_ana_at_the_role() {
        use Mark::*;
        let run = samples::trust();
        assert_eq!(
            marks(Slot::Trust, &run),
            [Passed, Passed, Passed, Passed, Passed, Refused, NotReached]
        );
        let stops = stops(Slot::Trust, &run, samples::NOW);
        assert_eq!(stops[1].title, "Remembers Ana");
        assert_eq!(stops[5].plain, "aud differs");
        assert_eq!(stops[5].edit, Some((samples::POOL.into(), samples::WRONG.into())));
    }

    #[test]
    fn nothing_yet() {
        assert_eq!(marks(Slot::Ana, &[]), [Mark::Waiting; 7]);
    }
}
