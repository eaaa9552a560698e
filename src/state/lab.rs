//! What the workbench knows.

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
    /// The true address.
    pub url: String,
    /// What is shown there.
    pub body: PageBody,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq)]
pub enum PageBody {
    /// The app before anybody signed in, or after they signed out.
    Start,
    /// The app, called back by the login.
    Callback,
    /// A page of the simulated internet.
    Html(Rc<str>),
}

impl BrowserPage {
    /// What is shown at an address; a page of the app needs no answer.
    pub fn at(url: String, answer: Option<&Response>) -> BrowserPage {
        let body = match answer {
            Some(response) => PageBody::Html(Rc::from(response.text())),
            None if url.starts_with(&format!("{APP}/callback")) => PageBody::Callback,
            None => PageBody::Start,
        };
        BrowserPage { url, body }
    }
}

/// The parts of the workbench, of which a narrow screen shows one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// What exists.
    Objects,
    /// The simulated browser.
    #[default]
    Stage,
    /// The log.
    Trace,
    /// What is open.
    Inspect,
}

impl Pane {
    /// All of them, left to right, with their names.
    pub const ALL: [(Pane, &'static str); 4] = [
        (Pane::Objects, "Objects"),
        (Pane::Stage, "Stage"),
        (Pane::Trace, "Trace"),
        (Pane::Inspect, "Inspect"),
    ];
}

/// The state of the workbench.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabState {
    /// Ids of the world.
    pub scenario: Scenario,
    /// Its log.
    pub events: Rc<Vec<Event>>,
    /// Simulated time.
    pub now: i64,
    /// Mails and short messages, newest first.
    pub inbox: Rc<Vec<Mail>>,
    /// What is open in the inspector.
    pub selection: Option<Selection>,
    /// Which part a narrow screen shows.
    pub pane: Pane,
    /// The station whose rows are shown; all where none is chosen.
    pub station_filter: Option<Station>,
    /// Which tab of the stage is open.
    pub tab: usize,
    /// Pages of the simulated browser, the newest last.
    pub pages: Vec<BrowserPage>,
    /// What the app remembers of the login it asked for.
    pub authorization_request: AuthorizationRequest,
    /// Tokens that the app holds.
    pub tokens: Option<Tokens>,
    /// Credentials that the app holds.
    pub credentials: Option<Credentials>,
    /// What the app was told last.
    pub app_message: Option<String>,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// Whether the broker has answered once.
    pub ready: bool,
    /// Why it does not answer.
    pub failure: Option<String>,
    /// Whether what is stored can be taken away.
    pub can_discard: bool,
    /// Id of the world, and how often something was taken back in it.
    pub world: (String, u64),
    /// Whether somebody else has put another world in its place, or taken something back.
    pub stale: bool,
    /// The change that undo would take back.
    pub undo: Option<String>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// The world was read from its beginning; it may be another one now.
    WorldLoaded(Scenario, Log, Vec<Mail>),
    /// More of the log, and the inbox.
    LogReceived(Log, Vec<Mail>),
    /// The broker does not answer.
    Failed(String),
    /// What is stored can be taken away all the same.
    StoredDataFound,
    /// A request is on its way.
    RequestStarted,
    /// It is answered; what the app was told, if anything.
    RequestFinished(Option<String>),
    /// The browser arrived at a page.
    PageReached(BrowserPage),
    /// One page back.
    WentBack,
    /// The app sends its user to the login.
    LoginStarted(AuthorizationRequest),
    /// The app holds tokens.
    TokensReceived(Tokens),
    /// The app forgets tokens and credentials.
    SignedOut,
    /// The app holds credentials.
    CredentialsReceived(Credentials),
    /// Something was opened in the inspector.
    Selected(Selection),
    /// The row above or below.
    SelectionMoved(i64),
    /// Another part, on a narrow screen.
    PaneShown(Pane),
    /// Another tab of the stage.
    TabOpened(usize),
    /// Rows of this station only.
    StationFiltered(Option<Station>),
}

impl Reducible for LabState {
    type Action = Action;

    fn reduce(self: Rc<Self>, act: Action) -> Rc<Self> {
        let mut lab = (*self).clone();
        lab.apply(act);
        Rc::new(lab)
    }
}

impl LabState {
    fn apply(&mut self, act: Action) {
        match act {
            Action::WorldLoaded(scenario, log, inbox) => self.open(scenario, log, inbox),
            Action::LogReceived(log, inbox) => self.log(log, inbox),
            Action::Failed(text) => (self.failure, self.busy) = (Some(text), false),
            Action::StoredDataFound => self.can_discard = true,
            Action::RequestStarted => self.busy = true,
            Action::RequestFinished(app_message) => {
                (self.app_message, self.busy) = (app_message, false)
            }
            Action::PageReached(page) => self.pages.push(page),
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
            Action::SelectionMoved(by) => self.step(by),
            Action::PaneShown(pane) => self.pane = pane,
            Action::TabOpened(tab) => self.tab = tab,
            Action::StationFiltered(station_filter) => self.station_filter = station_filter,
        }
    }

    /// In the same world, where something was taken back, the browser and the app stay as they are.
    fn open(&mut self, scenario: Scenario, log: Log, inbox: Vec<Mail>) {
        if self.ready && self.world.0 == log.world {
            let there = |number: u64| log.events.iter().any(|e| e.number == number);
            self.selection.take_if(
                |selection| matches!(selection, Selection::Event(number) if !there(*number)),
            );
            self.events = Rc::default();
            self.stale = false;
        } else {
            let (pane, tab) = (self.pane, self.tab);
            *self = LabState { scenario, pane, tab, ready: true, ..LabState::default() };
            self.pages.push(BrowserPage { url: format!("{APP}/"), body: PageBody::Start });
        }
        self.world = (log.world.clone(), log.turn);
        self.log(log, inbox);
    }

    fn log(&mut self, log: Log, inbox: Vec<Mail>) {
        if self.world != (log.world, log.turn) {
            self.stale = true;
            return;
        }
        self.now = log.now;
        self.undo = log.undo;
        self.failure = None;
        let known = self.events.last().map_or(0, |e| e.number);
        if log.events.iter().any(|e| e.number > known) {
            let mut events = (*self.events).clone();
            events.extend(log.events.into_iter().filter(|e| e.number > known));
            self.events = Rc::new(events);
        }
        if *self.inbox != inbox {
            self.inbox = Rc::new(inbox);
        }
    }

    fn step(&mut self, by: i64) {
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

    /// The page in the browser.
    pub fn page(&self) -> Option<&BrowserPage> {
        self.pages.last()
    }
}

/// The rows that are shown where only one station is asked for, or none.
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
    fn keys_walk_the_rows_that_are_shown() {
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
    fn the_same_part_of_a_log_counts_once() {
        let mut lab = lab();
        lab.apply(Action::LogReceived(log("one", 0), Vec::new()));
        assert_eq!(lab.events.len(), 6);
    }

    #[test]
    fn the_log_of_another_world_is_read_from_its_beginning() {
        for (other, stays) in [(log("two", 0), false), (log("one", 1), true)] {
            let mut lab = lab();
            lab.apply(Action::PageReached(BrowserPage::at(format!("{APP}/callback"), None)));
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
    fn the_browser_keeps_its_first_page() {
        let mut lab = lab();
        lab.apply(Action::PageReached(BrowserPage::at(format!("{APP}/callback#id_token=x"), None)));
        assert_eq!(lab.page().unwrap().body, PageBody::Callback);
        lab.apply(Action::WentBack);
        lab.apply(Action::WentBack);
        assert_eq!(lab.page().unwrap().body, PageBody::Start);
    }
}
