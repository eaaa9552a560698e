//! State of the home page.

use std::collections::BTreeMap;
use std::rc::Rc;

use cognitab_trace::control::{Log, Scenario};
use cognitab_trace::event::Event;
use yew::Reducible;

use super::run::{Outcome, Run, RunView, outcome, stopping_event};
use super::selection::Selection;
use super::url_state::{GrantType, UrlState};

/// The part of the log that belongs to a run: events after `after`, up to and including `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RunRecord {
    number: usize,
    after: u64,
    until: Option<u64>,
}

/// State of the home page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomeState {
    /// The state in the URL.
    pub url_state: UrlState,
    /// Scenario of the world, with its ids.
    pub scenario: Scenario,
    /// The event log.
    pub events: Rc<Vec<Event>>,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// The run in progress.
    pub running: Option<Run>,
    /// Queued runs.
    pub waiting: Vec<Run>,
    /// What the panel below the map shows.
    pub selection: Option<Selection>,
    /// Why the broker does not answer.
    pub failure: Option<String>,
    /// Whether the broker has answered yet.
    pub ready: bool,
    records: BTreeMap<Run, RunRecord>,
    count: usize,
}

/// Actions of the reducer.
#[derive(Clone, Debug)]
pub enum Action {
    /// A new world was opened.
    WorldOpened(Scenario),
    /// A run was queued.
    RunQueued(Run),
    /// A run started.
    RunStarted(Run),
    /// New events were read.
    LogReceived(Log),
    /// The run finished.
    RunFinished,
    /// The broker does not answer; the text is the reason.
    Failed(String),
    /// An event or artifact was selected, or the panel was closed.
    Selected(Option<Selection>),
    /// The sequence diagram (`true`) or the map is shown.
    ViewChanged(bool),
    /// Another OAuth grant was chosen.
    GrantChanged(GrantType),
    /// The back or forward button restored a URL.
    Navigated(UrlState),
    /// Simulated time has passed.
    Ticked(i64),
}

impl Reducible for HomeState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = (*self).clone();
        state.apply(action);
        Rc::new(state)
    }
}

impl HomeState {
    /// Whether a run is queued or being made.
    pub fn is_pending(&self, run: Run) -> bool {
        self.running == Some(run) || self.waiting.contains(&run)
    }

    /// The first run that has neither been made nor queued.
    pub fn next_run(&self) -> Option<Run> {
        let made = &self.url_state.runs;
        Run::ALL.into_iter().find(|run| !made.contains(run) && !self.is_pending(*run))
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::WorldOpened(scenario) => self.open_world(scenario),
            Action::RunQueued(run) => self.waiting.push(run),
            Action::RunStarted(run) => self.start_run(run),
            Action::LogReceived(log) => self.append_log(log),
            Action::RunFinished => self.finish_run(),
            Action::Failed(text) => {
                (self.failure, self.running) = (Some(text), None);
                self.waiting.clear();
            }
            Action::Selected(selection) => {
                self.url_state.event = match &selection {
                    Some(Selection::Event(number)) => Some(*number),
                    _ => None,
                };
                self.selection = selection;
            }
            Action::ViewChanged(sequence) => self.url_state.sequence = sequence,
            Action::GrantChanged(grant) => self.url_state.grant = grant,
            Action::Navigated(url_state) => {
                self.selection = url_state.event.map(Selection::Event).or_else(|| {
                    let last = url_state.runs.last().and_then(|s| self.events_of(*s));
                    last.and_then(|events| {
                        stopping_event(&events).map(|e| Selection::Event(e.number))
                    })
                });
                self.url_state = url_state;
            }
            Action::Ticked(now) => self.now = now,
        }
    }

    fn open_world(&mut self, scenario: Scenario) {
        self.scenario = scenario;
        self.events = Rc::default();
        self.records.clear();
        self.url_state.runs.clear();
        (self.selection, self.failure, self.count, self.ready) = (None, None, 0, true);
    }

    fn start_run(&mut self, run: Run) {
        if let Some(at) = self.waiting.iter().position(|s| *s == run) {
            self.waiting.remove(at);
        }
        self.count += 1;
        let after = self.events.last().map_or(0, |e| e.number);
        self.records.insert(run, RunRecord { number: self.count, after, until: None });
        if !self.url_state.runs.contains(&run) {
            self.url_state.runs.push(run);
        }
        (self.running, self.selection, self.url_state.event) = (Some(run), None, None);
    }

    fn append_log(&mut self, log: Log) {
        self.now = log.now;
        let known = self.events.last().map_or(0, |e| e.number);
        let mut events = (*self.events).clone();
        events.extend(log.events.into_iter().filter(|e| e.number > known));
        self.events = Rc::new(events);
    }

    fn finish_run(&mut self) {
        let Some(run) = self.running.take() else { return };
        let last = self.events.last().map_or(0, |e| e.number);
        if let Some(record) = self.records.get_mut(&run) {
            record.until = Some(last);
        }
        let stopped =
            self.events_of(run).and_then(|events| stopping_event(&events).map(|e| e.number));
        self.selection = stopped.map(Selection::Event);
        self.url_state.event = None;
    }

    /// The events of a run; `None` if the run was not started.
    pub fn events_of(&self, run: Run) -> Option<Rc<Vec<Event>>> {
        let record = self.records.get(&run)?;
        let inside =
            |e: &&Event| e.number > record.after && record.until.is_none_or(|u| e.number <= u);
        Some(Rc::new(self.events.iter().filter(inside).cloned().collect()))
    }

    /// Whether all runs of a URL were made in this world, with the same grant.
    pub fn has_run_all(&self, url_state: &UrlState) -> bool {
        url_state.grant == self.url_state.grant
            && url_state.runs.iter().all(|run| self.records.contains_key(run))
    }

    /// The runs that are shown, in the order of the buttons.
    pub fn lines(&self) -> Vec<RunView> {
        Run::ALL
            .into_iter()
            .filter(|run| self.url_state.runs.contains(run))
            .filter_map(|run| {
                Some(RunView {
                    run,
                    number: self.records.get(&run)?.number,
                    events: self.events_of(run)?,
                    running: self.running == Some(run),
                })
            })
            .collect()
    }

    /// The run that an event belongs to.
    pub fn run_of(&self, event: u64) -> Option<Run> {
        let within =
            |record: &RunRecord| event > record.after && record.until.is_none_or(|u| event <= u);
        self.records.iter().find(|(_, record)| within(record)).map(|(run, _)| *run)
    }

    /// The sentence below the headline: what the latest run shows.
    pub fn summary(&self) -> &'static str {
        let Some(run) = self.url_state.runs.last() else {
            return "Real signed tokens from a simulated AWS in this tab. Press Enter three times: one request is allowed, two are refused.";
        };
        let events = self.events_of(*run).unwrap_or_default();
        match (run, outcome(&events)) {
            (_, Outcome::Unfinished) => "The run is in progress.",
            (Run::Ana, Outcome::Allowed) => {
                "Seven stations, one password. The bucket never sees Ana's password or tokens: she uploads with temporary credentials of a role, valid for one hour."
            }
            (Run::Guest, Outcome::Stopped(..)) => {
                "Same app, same file, same bucket. The guest gets valid credentials too, but the role's permissions do not allow the upload."
            }
            (Run::TrustChanged, Outcome::Stopped(..)) => {
                "One character of the role's trust policy was changed. Ana's sign-in still works, but she gets no credentials."
            }
            (_, Outcome::Allowed) => "The same run is allowed now.",
            (_, Outcome::Stopped(..)) => "The run was refused. The reason is below.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    fn make_run(state: &mut HomeState, run: Run, events: Vec<Event>) {
        state.apply(Action::RunStarted(run));
        state.apply(Action::LogReceived(Log { now: samples::NOW, events, ..Log::default() }));
        state.apply(Action::RunFinished);
    }

    #[test]
    fn three_presses_leave_three_lines_and_the_newest_reason() {
        let mut state = HomeState::default();
        state.apply(Action::WorldOpened(Scenario::default()));
        make_run(&mut state, Run::Ana, samples::ana());
        assert_eq!(state.selection, None);
        make_run(&mut state, Run::Guest, samples::guest());
        assert_eq!(state.selection, Some(Selection::Event(10)));
        make_run(&mut state, Run::TrustChanged, samples::trust());
        assert_eq!(state.selection, Some(Selection::Event(15)));
        assert_eq!(state.url_state.to_fragment(), "#run=ana,guest,trust");
        assert_eq!(state.lines().iter().map(|l| l.events.len()).collect::<Vec<_>>(), [6, 4, 5]);
        assert_eq!(state.run_of(10), Some(Run::Guest));
    }

    #[test]
    fn going_back_shows_fewer_runs_and_makes_none() {
        let mut state = HomeState::default();
        make_run(&mut state, Run::Ana, samples::ana());
        make_run(&mut state, Run::Guest, samples::guest());
        let back = UrlState::parse("#run=ana");
        assert!(state.has_run_all(&back) && !state.has_run_all(&UrlState::parse("#run=trust")));
        state.apply(Action::Navigated(back));
        assert_eq!(state.lines().len(), 1);
        assert_eq!(state.selection, None);
        state.apply(Action::Navigated(UrlState::parse("#run=ana,guest")));
        assert_eq!(state.selection, Some(Selection::Event(10)));
    }

    #[test]
    fn a_failure_ends_what_was_running() {
        let mut state = HomeState::default();
        state.apply(Action::RunQueued(Run::Ana));
        state.apply(Action::RunStarted(Run::Ana));
        state.apply(Action::Failed("gone".into()));
        assert_eq!((state.running, state.waiting.len()), (None, 0));
    }
}
