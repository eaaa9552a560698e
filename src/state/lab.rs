//! State of the workbench.

use std::rc::Rc;

use cognitab_trace::control::{Log, Mail, Scenario};
use cognitab_trace::event::{Event, Station};
use cognitab_wire::http::Response;
use cognitab_wire::sigv4::Credentials;
use yew::Reducible;

use super::oauth::{APP, AuthorizationRequest, Tokens};
use super::selection::Selection;

/// A page in the simulated browser.
#[derive(Clone, Debug, PartialEq)]
pub struct BrowserPage {
    /// The simulated URL.
    pub url: String,
    /// Content of the page.
    pub body: PageBody,
}

/// Content of a page in the simulated browser.
#[derive(Clone, Debug, PartialEq)]
pub enum PageBody {
    /// The start page of the photo app.
    Start,
    /// The callback page of the photo app.
    Callback,
    /// HTML from the broker.
    Html(Rc<str>),
}

impl BrowserPage {
    /// The page at a URL. Pages of the photo app need no response.
    pub fn from_response(url: String, response: Option<&Response>) -> BrowserPage {
        let body = match response {
            Some(response) => PageBody::Html(Rc::from(response.text())),
            None if url.starts_with(&format!("{APP}/callback")) => PageBody::Callback,
            None => PageBody::Start,
        };
        BrowserPage { url, body }
    }
}

/// The panes of the workbench. A narrow screen shows one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The objects of the world.
    Objects,
    /// The simulated browser and the inbox.
    #[default]
    Browser,
    /// The event log.
    Trace,
    /// The inspector.
    Inspect,
}

impl Pane {
    /// All panes with their labels, in order.
    pub const ALL: [(Pane, &'static str); 4] = [
        (Pane::Objects, "Objects"),
        (Pane::Browser, "Browser"),
        (Pane::Trace, "Trace"),
        (Pane::Inspect, "Inspect"),
    ];
}

/// State of the workbench.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabState {
    /// Scenario of the world, with its IDs.
    pub scenario: Scenario,
    /// The event log.
    pub events: Rc<Vec<Event>>,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Email and text messages, newest first.
    pub inbox: Rc<Vec<Mail>>,
    /// What the inspector shows.
    pub selection: Option<Selection>,
    /// The pane that a narrow screen shows.
    pub pane: Pane,
    /// Station that the trace is filtered by; `None` for all.
    pub station_filter: Option<Station>,
    /// Index of the selected tab of the browser pane.
    pub tab: usize,
    /// History of the simulated browser, oldest first.
    pub pages: Vec<BrowserPage>,
    /// The app's pending authorization request.
    pub authorization_request: AuthorizationRequest,
    /// The app's tokens.
    pub tokens: Option<Tokens>,
    /// The app's AWS credentials.
    pub credentials: Option<Credentials>,
    /// The last error that the app received.
    pub app_error: Option<String>,
    /// Whether a response is pending.
    pub busy: bool,
    /// Whether the broker has answered yet.
    pub ready: bool,
    /// Why the broker does not answer.
    pub failure: Option<String>,
    /// Whether there is a stored world. It can be downloaded and deleted even if it cannot be opened.
    pub has_stored_data: bool,
    /// ID of the world and number of undos in it.
    pub world: (String, u64),
    /// Whether another tab has replaced the world or undone a change since it was read.
    pub stale: bool,
    /// The call that Undo reverts.
    pub undo: Option<String>,
}

/// Actions of the reducer.
#[derive(Clone, Debug)]
pub enum Action {
    /// The whole world was read.
    WorldLoaded(Scenario, Log, Vec<Mail>),
    /// New events and the inbox were read.
    LogReceived(Log, Vec<Mail>),
    /// The broker does not answer; the text is the reason.
    Failed(String),
    /// The stored world can be downloaded and deleted.
    StoredDataFound,
    /// A request was sent.
    RequestStarted,
    /// A response arrived, with the error that the app received, if any.
    RequestFinished(Option<String>),
    /// The simulated browser shows another page.
    PageLoaded(BrowserPage),
    /// The simulated browser went back one page.
    WentBack,
    /// The app redirected to the authorize endpoint.
    LoginStarted(AuthorizationRequest),
    /// The app received tokens.
    TokensReceived(Tokens),
    /// The app dropped its tokens and credentials.
    SignedOut,
    /// The app received credentials.
    CredentialsReceived(Credentials),
    /// An event or artifact was selected.
    Selected(Selection),
    /// Selects an event relative to the selected one: 1 for the next, -1 for the previous.
    SelectionMoved(i64),
    /// A narrow screen shows another pane.
    PaneShown(Pane),
    /// Another tab of the browser pane was selected.
    TabOpened(usize),
    /// The trace is filtered by a station.
    StationFiltered(Option<Station>),
}

impl Reducible for LabState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut lab = (*self).clone();
        lab.apply(action);
        Rc::new(lab)
    }
}

impl LabState {
    fn apply(&mut self, action: Action) {
        match action {
            Action::WorldLoaded(scenario, log, inbox) => self.open_world(scenario, log, inbox),
            Action::LogReceived(log, inbox) => self.append_log(log, inbox),
            Action::Failed(text) => (self.failure, self.busy) = (Some(text), false),
            Action::StoredDataFound => self.has_stored_data = true,
            Action::RequestStarted => self.busy = true,
            Action::RequestFinished(app_error) => (self.app_error, self.busy) = (app_error, false),
            Action::PageLoaded(page) => self.pages.push(page),
            Action::WentBack => {
                if self.pages.len() > 1 {
                    self.pages.pop();
                }
            }
            Action::LoginStarted(authorization_request) => {
                self.authorization_request = authorization_request
            }
            Action::TokensReceived(tokens) => self.tokens = Some(tokens),
            Action::SignedOut => (self.tokens, self.credentials) = (None, None),
            Action::CredentialsReceived(credentials) => self.credentials = Some(credentials),
            Action::Selected(selection) => {
                (self.selection, self.pane) = (Some(selection), Pane::Inspect)
            }
            Action::SelectionMoved(by) => self.move_selection(by),
            Action::PaneShown(pane) => self.pane = pane,
            Action::TabOpened(tab) => self.tab = tab,
            Action::StationFiltered(station_filter) => self.station_filter = station_filter,
        }
    }

    /// Replaces the state. After an undo in the same world, the browser and the app keep their state.
    fn open_world(&mut self, scenario: Scenario, log: Log, inbox: Vec<Mail>) {
        if self.ready && self.world.0 == log.world {
            let exists = |number: u64| log.events.iter().any(|e| e.number == number);
            self.selection.take_if(
                |selection| matches!(selection, Selection::Event(number) if !exists(*number)),
            );
            self.events = Rc::default();
            self.stale = false;
        } else {
            let (pane, tab) = (self.pane, self.tab);
            *self = LabState { scenario, pane, tab, ready: true, ..LabState::default() };
            self.pages.push(BrowserPage { url: format!("{APP}/"), body: PageBody::Start });
        }
        self.world = (log.world.clone(), log.turn);
        self.append_log(log, inbox);
    }

    fn append_log(&mut self, log: Log, inbox: Vec<Mail>) {
        if self.world != (log.world, log.turn) {
            self.stale = true;
            return;
        }
        self.now = log.now;
        self.undo = log.undo;
        self.failure = None;
        let last_number = self.events.last().map_or(0, |e| e.number);
        if log.events.iter().any(|e| e.number > last_number) {
            let mut events = (*self.events).clone();
            events.extend(log.events.into_iter().filter(|e| e.number > last_number));
            self.events = Rc::new(events);
        }
        if *self.inbox != inbox {
            self.inbox = Rc::new(inbox);
        }
    }

    fn move_selection(&mut self, by: i64) {
        let rows: Vec<u64> =
            events_at(&self.events, self.station_filter).map(|e| e.number).collect();
        let at = match &self.selection {
            Some(Selection::Event(number)) => rows.iter().position(|n| n == number),
            _ => None,
        };
        let to = match at {
            Some(at) => (at as i64 + by).clamp(0, rows.len().saturating_sub(1) as i64) as usize,
            None => rows.len().saturating_sub(1),
        };
        if let Some(number) = rows.get(to) {
            self.selection = Some(Selection::Event(*number));
        }
    }

    /// The current page of the simulated browser.
    pub fn page(&self) -> Option<&BrowserPage> {
        self.pages.last()
    }
}

/// Events from or to a station; all events for `None`.
pub fn events_at(
    events: &[Event],
    station_filter: Option<Station>,
) -> impl Iterator<Item = &Event> {
    events.iter().filter(move |e| station_filter.is_none_or(|s| e.from == s || e.to == s))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    fn lab() -> LabState {
        let mut lab = LabState::default();
        lab.apply(Action::WorldLoaded(Scenario::default(), log("one", 0), Vec::new()));
        lab
    }

    fn log(world: &str, turn: u64) -> Log {
        let world = world.to_owned();
        Log { world, turn, now: samples::NOW, events: samples::ana(), ..Log::default() }
    }

    #[test]
    fn moving_the_selection_skips_filtered_events() {
        let mut lab = lab();
        lab.apply(Action::SelectionMoved(1));
        assert_eq!(lab.selection, Some(Selection::Event(6)));
        lab.apply(Action::StationFiltered(Some(Station::Login)));
        lab.apply(Action::Selected(Selection::Event(1)));
        lab.apply(Action::SelectionMoved(1));
        lab.apply(Action::SelectionMoved(1));
        assert_eq!(lab.selection, Some(Selection::Event(2)));
    }

    #[test]
    fn events_that_were_already_received_are_ignored() {
        let mut lab = lab();
        lab.apply(Action::LogReceived(log("one", 0), Vec::new()));
        assert_eq!(lab.events.len(), 6);
    }

    #[test]
    fn a_new_world_or_undo_makes_the_log_stale_until_reloaded() {
        for (other, stays) in [(log("two", 0), false), (log("one", 1), true)] {
            let mut lab = lab();
            lab.apply(Action::PageLoaded(BrowserPage::from_response(
                format!("{APP}/callback"),
                None,
            )));
            lab.apply(Action::Selected(Selection::Event(6)));
            let shorter = Log { events: other.events.iter().take(2).cloned().collect(), ..other };
            lab.apply(Action::LogReceived(shorter.clone(), Vec::new()));
            assert_eq!((lab.stale, lab.events.len()), (true, 6));
            lab.apply(Action::WorldLoaded(Scenario::default(), shorter, Vec::new()));
            assert_eq!((lab.stale, lab.events.len(), &lab.selection), (false, 2, &None));
            assert_eq!(lab.pages.len() == 2, stays);
        }
    }

    #[test]
    fn going_back_stops_at_the_first_page() {
        let mut lab = lab();
        lab.apply(Action::PageLoaded(BrowserPage::from_response(
            format!("{APP}/callback#id_token=x"),
            None,
        )));
        assert_eq!(lab.page().unwrap().body, PageBody::Callback);
        lab.apply(Action::WentBack);
        lab.apply(Action::WentBack);
        assert_eq!(lab.page().unwrap().body, PageBody::Start);
    }
}
