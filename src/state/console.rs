//! State of the console page.

use std::collections::BTreeMap;
use std::rc::Rc;

use cognitab_trace::control::Log;
use cognitab_trace::event::Event;
use cognitab_wire::sigv4::Credentials;
use cognitab_wire::{client, validate};
use serde_json::Value;
use yew::Reducible;

use crate::console::catalog::{Catalog, Operation};
use crate::console::document;
use crate::console::shape_field::Edit;
use crate::state::oauth::REGION;

/// Who makes a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Caller {
    /// Its name in the menu.
    pub name: String,
    /// Its keys; `None` for an anonymous caller.
    pub credentials: Option<Credentials>,
}

/// The result of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The operation, as `service.Name`.
    pub operation: String,
    /// HTTP status.
    pub status: u16,
    /// The output as JSON; the error as AWS returned it.
    pub text: String,
    /// The number of its event.
    pub event: Option<u64>,
    /// Temporary credentials in the response.
    pub credentials: Option<Caller>,
}

/// The state.
#[derive(Clone)]
pub struct ConsoleState {
    /// The operations; `None` until the broker has described them.
    pub catalog: Option<Rc<Catalog>>,
    /// The text in the search field.
    pub search: String,
    /// The operation whose form is shown.
    pub operation: Option<Operation>,
    /// Inputs by operation. They are kept when another operation is chosen.
    pub inputs: BTreeMap<String, Value>,
    /// Callers to choose from.
    pub callers: Vec<Caller>,
    /// The index of the chosen caller.
    pub caller: usize,
    /// The region of requests.
    pub region: String,
    /// The number of calls without a response yet.
    pub pending: u32,
    /// The result of the last call.
    pub outcome: Option<Outcome>,
    /// The event log.
    pub events: Rc<Vec<Event>>,
    /// Simulated time in milliseconds since 1970; 0 until it is known.
    pub now: i64,
    /// Why the broker does not answer.
    pub failure: Option<String>,
}

impl ConsoleState {
    /// The state before the broker has answered.
    pub fn new(callers: Vec<Caller>) -> ConsoleState {
        ConsoleState {
            catalog: None,
            search: String::new(),
            operation: None,
            inputs: BTreeMap::new(),
            callers,
            caller: 0,
            region: REGION.to_owned(),
            pending: 0,
            outcome: None,
            events: Rc::default(),
            now: 0,
            failure: None,
        }
    }

    /// The input of the chosen operation.
    pub fn input(&self) -> Value {
        let operation = self.operation.as_ref();
        let input = operation.and_then(|operation| self.inputs.get(&operation.id())).cloned();
        input.or_else(|| Some(document::initial(operation?.operation.input))).unwrap_or_default()
    }

    /// The chosen caller's keys. An operation whose requests are not signed needs none.
    pub fn credentials(&self) -> Option<&Credentials> {
        let signed = self.operation.is_some_and(|operation| operation.signed);
        self.callers.get(self.caller)?.credentials.as_ref().filter(|_| signed)
    }

    /// AWS's message for an input that its constraints do not allow.
    pub fn violation(&self) -> Option<String> {
        let schema = self.operation?.operation.input;
        match client::input_from_json(self.input(), schema) {
            Ok(input) => validate::message(&validate::violations(&input, schema)),
            Err(mismatch) => Some(mismatch.to_string()),
        }
    }
}

/// A change of the state.
pub enum Action {
    /// The broker described its operations.
    CatalogLoaded(Rc<Catalog>),
    /// The user typed into the search field.
    Searched(String),
    /// An operation was chosen, or none.
    OperationChosen(Option<Operation>),
    /// The input was changed.
    Edited(Edit),
    /// The input was replaced or, with `None`, emptied.
    InputReplaced(Option<Value>),
    /// Another caller was chosen.
    CallerChosen(usize),
    /// A caller was added. It is chosen.
    CallerAdded(Caller),
    /// Another region was chosen.
    RegionChosen(String),
    /// A call was sent.
    CallStarted,
    /// A call was answered, or could not be sent.
    CallFinished(Result<Outcome, String>),
    /// The event log was read.
    LogReceived(Log),
    /// The broker does not answer.
    Failed(String),
}

impl Reducible for ConsoleState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::CatalogLoaded(catalog) => next.catalog = Some(catalog),
            Action::Searched(text) => next.search = text,
            Action::OperationChosen(operation) => next.operation = operation,
            Action::Edited(edit) => {
                let mut input = next.input();
                match edit {
                    Edit::Set(path, value) => document::set(&mut input, &path, value),
                    Edit::Rename(path, from, to) => document::rename(&mut input, &path, &from, &to),
                }
                next.replace_input(Some(input));
            }
            Action::InputReplaced(input) => next.replace_input(input),
            Action::CallerChosen(index) => next.caller = index,
            Action::CallerAdded(caller) => {
                next.callers.retain(|other| other.name != caller.name);
                next.callers.push(caller);
                next.caller = next.callers.len() - 1;
            }
            Action::RegionChosen(region) => next.region = region,
            Action::CallStarted => {
                next.pending += 1;
                next.failure = None;
            }
            Action::CallFinished(result) => {
                next.pending = next.pending.saturating_sub(1);
                match result {
                    Ok(outcome) => (next.outcome, next.failure) = (Some(outcome), None),
                    Err(error) => next.failure = Some(error),
                }
            }
            Action::LogReceived(log) => {
                let known = next.events.last().map_or(0, |event| event.number);
                let fresh = log.events.into_iter().filter(|event| event.number > known);
                next.events = Rc::new(next.events.iter().cloned().chain(fresh).collect());
                next.now = log.now;
            }
            Action::Failed(error) => next.failure = Some(error),
        }
        next.into()
    }
}

impl ConsoleState {
    fn replace_input(&mut self, input: Option<Value>) {
        let Some(operation) = self.operation else { return };
        match input {
            Some(input) => self.inputs.insert(operation.id(), input),
            None => self.inputs.remove(&operation.id()),
        };
    }
}
