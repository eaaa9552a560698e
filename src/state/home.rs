//! What the home page knows: runs that were made, which of them are shown, what is open.

use std::collections::BTreeMap;
use std::rc::Rc;

use cognitab_trace::control::{Log, Scenario};
use cognitab_trace::event::Event;
use yew::Reducible;

use super::address::{Address, Flow};
use super::run::{Line, Outcome, Slot, outcome, stop};
use super::selection::Pick;

/// A run: a piece of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    number: usize,
    after: u64,
    upto: Option<u64>,
}

/// The state of the home page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    /// What stands in the address bar.
    pub address: Address,
    /// Ids of the world.
    pub scenario: Scenario,
    /// Its log.
    pub events: Rc<Vec<Event>>,
    /// Simulated time.
    pub now: i64,
    /// The run that is being made.
    pub running: Option<Slot>,
    /// Runs that are waiting for their turn.
    pub waiting: Vec<Slot>,
    /// What is open below the map.
    pub pick: Option<Pick>,
    /// Why the engine does not answer.
    pub failure: Option<String>,
    /// Whether the engine has answered once.
    pub ready: bool,
    made: BTreeMap<Slot, Made>,
    count: usize,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Act {
    /// A fresh world is open.
    Opened(Scenario),
    /// A press waits for its turn.
    Queued(Slot),
    /// A run begins.
    Began(Slot),
    /// More of the log is there.
    Logged(Log),
    /// The run is over.
    Ended,
    /// The broker does not answer.
    Failed(String),
    /// Something was opened or closed.
    Picked(Option<Pick>),
    /// Map or sequence.
    Viewed(bool),
    /// How Ana signs in.
    Flow(Flow),
    /// The address bar was changed by its own buttons.
    Went(Address),
    /// Time passed.
    Now(i64),
}

impl Reducible for Home {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut home = (*self).clone();
        home.apply(act);
        Rc::new(home)
    }
}

impl Home {
    fn apply(&mut self, act: Act) {
        match act {
            Act::Opened(scenario) => self.open(scenario),
            Act::Queued(slot) => self.waiting.push(slot),
            Act::Began(slot) => self.begin(slot),
            Act::Logged(log) => self.log(log),
            Act::Ended => self.end(),
            Act::Failed(text) => {
                (self.failure, self.running) = (Some(text), None);
                self.waiting.clear();
            }
            Act::Picked(pick) => {
                self.address.event = match &pick {
                    Some(Pick::Event(number)) => Some(*number),
                    _ => None,
                };
                self.pick = pick;
            }
            Act::Viewed(sequence) => self.address.sequence = sequence,
            Act::Flow(flow) => self.address.flow = flow,
            Act::Went(address) => {
                self.pick = address.event.map(Pick::Event).or_else(|| {
                    let last = address.runs.last().and_then(|s| self.events_of(*s));
                    last.and_then(|run| stop(&run).map(|e| Pick::Event(e.number)))
                });
                self.address = address;
            }
            Act::Now(now) => self.now = now,
        }
    }

    fn open(&mut self, scenario: Scenario) {
        self.scenario = scenario;
        self.events = Rc::default();
        self.made.clear();
        self.address.runs.clear();
        (self.pick, self.failure, self.count, self.ready) = (None, None, 0, true);
    }

    fn begin(&mut self, slot: Slot) {
        if let Some(at) = self.waiting.iter().position(|s| *s == slot) {
            self.waiting.remove(at);
        }
        self.count += 1;
        let after = self.events.last().map_or(0, |e| e.number);
        self.made.insert(slot, Made { number: self.count, after, upto: None });
        if !self.address.runs.contains(&slot) {
            self.address.runs.push(slot);
        }
        (self.running, self.pick, self.address.event) = (Some(slot), None, None);
    }

    fn log(&mut self, log: Log) {
        self.now = log.now;
        let known = self.events.last().map_or(0, |e| e.number);
        let mut events = (*self.events).clone();
        events.extend(log.events.into_iter().filter(|e| e.number > known));
        self.events = Rc::new(events);
    }

    fn end(&mut self) {
        let Some(slot) = self.running.take() else { return };
        let last = self.events.last().map_or(0, |e| e.number);
        if let Some(made) = self.made.get_mut(&slot) {
            made.upto = Some(last);
        }
        let stopped = self.events_of(slot).and_then(|run| stop(&run).map(|e| e.number));
        self.pick = stopped.map(Pick::Event);
        self.address.event = None;
    }

    /// The events of a run.
    pub fn events_of(&self, slot: Slot) -> Option<Rc<Vec<Event>>> {
        let made = self.made.get(&slot)?;
        let inside = |e: &&Event| e.number > made.after && made.upto.is_none_or(|u| e.number <= u);
        Some(Rc::new(self.events.iter().filter(inside).cloned().collect()))
    }

    /// Whether all runs of an address have been made in this world.
    pub fn has_made(&self, address: &Address) -> bool {
        address.flow == self.address.flow
            && address.runs.iter().all(|slot| self.made.contains_key(slot))
    }

    /// The lines of the map, in the order of the buttons.
    pub fn lines(&self) -> Vec<Line> {
        Slot::ALL
            .into_iter()
            .filter(|slot| self.address.runs.contains(slot))
            .filter_map(|slot| {
                Some(Line {
                    slot,
                    number: self.made.get(&slot)?.number,
                    events: self.events_of(slot)?,
                    running: self.running == Some(slot),
                })
            })
            .collect()
    }

    /// The run that an event belongs to.
    pub fn slot_of(&self, event: u64) -> Option<Slot> {
        let within = |m: &Made| event > m.after && m.upto.is_none_or(|u| event <= u);
        self.made.iter().find(|(_, made)| within(made)).map(|(slot, _)| *slot)
    }

    /// The sentence under the headline: what the newest run has shown.
    pub fn lead(&self) -> &'static str {
        let Some(slot) = self.address.runs.last() else {
            return "Real tokens, really signed, by a simulated AWS in this tab. Press Enter three times: one success, two refusals.";
        };
        let run = self.events_of(*slot).unwrap_or_default();
        match (slot, outcome(&run)) {
            (_, Outcome::Open) => "The run is on its way.",
            (Slot::Ana, Outcome::Allowed) => {
                "Seven stations, one password. What arrives at the bucket is not Ana's login but keys that a role lent her for an hour."
            }
            (Slot::Guest, Outcome::Stopped(..)) => {
                "Same app, same file, same bucket. The guest received working keys too, and was stopped one step before the end."
            }
            (Slot::Trust, Outcome::Stopped(..)) => {
                "One character of the role's trust policy was changed. Ana's login still works, and she gets no keys at all."
            }
            (_, Outcome::Allowed) => "The same run passes now.",
            (_, Outcome::Stopped(..)) => "The run was stopped. The reason stands below.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    fn after(home: &mut Home, slot: Slot, events: Vec<Event>) {
        home.apply(Act::Began(slot));
        home.apply(Act::Logged(Log { now: samples::NOW, events, ..Log::default() }));
        home.apply(Act::Ended);
    }

    #[test]
    fn three_presses_leave_three_lines_and_the_newest_reason() {
        let mut home = Home::default();
        home.apply(Act::Opened(Scenario::default()));
        after(&mut home, Slot::Ana, samples::ana());
        assert_eq!(home.pick, None);
        after(&mut home, Slot::Guest, samples::guest());
        assert_eq!(home.pick, Some(Pick::Event(10)));
        after(&mut home, Slot::Trust, samples::trust());
        assert_eq!(home.pick, Some(Pick::Event(15)));
        assert_eq!(home.address.write(), "#run=ana,guest,trust");
        assert_eq!(home.lines().iter().map(|l| l.events.len()).collect::<Vec<_>>(), [6, 4, 5]);
        assert_eq!(home.slot_of(10), Some(Slot::Guest));
    }

    #[test]
    fn going_back_shows_fewer_runs_and_makes_none() {
        let mut home = Home::default();
        after(&mut home, Slot::Ana, samples::ana());
        after(&mut home, Slot::Guest, samples::guest());
        let back = Address::read("#run=ana");
        assert!(home.has_made(&back) && !home.has_made(&Address::read("#run=trust")));
        home.apply(Act::Went(back));
        assert_eq!(home.lines().len(), 1);
        assert_eq!(home.pick, None);
        home.apply(Act::Went(Address::read("#run=ana,guest")));
        assert_eq!(home.pick, Some(Pick::Event(10)));
    }

    #[test]
    fn a_failure_ends_what_was_running() {
        let mut home = Home::default();
        home.apply(Act::Queued(Slot::Ana));
        home.apply(Act::Began(Slot::Ana));
        home.apply(Act::Failed("gone".into()));
        assert_eq!((home.running, home.waiting.len()), (None, 0));
    }
}
