//! State and actions of the console.

use std::rc::Rc;

use cognitab_trace::event::Event;
use gloo::events::EventListener;
use gloo::utils::window;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::client::console::credentials_in;
use crate::client::{Client, ClientError, admin};
use crate::console::catalog::{Catalog, Operation};
use crate::host::{Host, LAB};
use crate::state::console::{Action, Caller, ConsoleState, Outcome};
use crate::state::json_format;
use crate::state::sender;

/// State of the console with its actions.
#[derive(Clone)]
pub struct Controls {
    /// The reducer's state.
    pub state: UseReducerHandle<ConsoleState>,
    /// Client of the lab world; `None` until the broker is reachable.
    pub client: Option<Client>,
}

impl Controls {
    /// Sends the request of the form.
    pub fn send(&self) {
        let (Some(client), Some(operation)) = (self.client.clone(), self.state.operation) else {
            return;
        };
        let (input, region) = (self.state.input(), self.state.region.clone());
        let keys = self.state.credentials().cloned();
        let last = self.state.events.last().map_or(0, |event| event.number);
        let dispatcher = self.state.dispatcher();
        dispatcher.dispatch(Action::CallStarted);
        spawn_local(async move {
            let outcome = async {
                let response = client.call(&operation, &input, keys.as_ref(), &region).await?;
                let log = client.events(last).await?;
                let event = log.events.iter().rev().find(|event| is_of(event, &operation)).cloned();
                dispatcher.dispatch(Action::LogReceived(log));
                let text = response.text().into_owned();
                let credentials = credentials_in(&text).map(|keys| Caller {
                    name: format!("{} ({})", session_name(&text), keys.access_key_id),
                    credentials: Some(keys),
                });
                Ok(Outcome {
                    operation: operation.id(),
                    status: response.status,
                    text: shown(&response.text(), event.as_ref()),
                    event: event.map(|event| event.number),
                    credentials,
                })
            };
            let outcome: Result<Outcome, ClientError> = outcome.await;
            dispatcher.dispatch(Action::CallFinished(outcome.map_err(|error| error.message())));
        });
    }

    /// Opens the form of an operation, which its URL names.
    pub fn open(&self, id: &str) {
        // The `hashchange` event opens it.
        let _ = window().location().set_hash(id);
    }
}

fn is_of(event: &Event, operation: &Operation) -> bool {
    event.inside.is_none()
        && event.service == operation.service.endpoint_prefix
        && event.call == operation.operation.name
}

/// JSON bodies as they are, XML bodies as the output that they encode.
fn shown(text: &str, event: Option<&Event>) -> String {
    match (serde_json::from_str(text), event) {
        (Ok(body), _) => json_format::pretty(&body),
        (Err(_), Some(event)) if !event.output.is_null() && event.refusal.is_none() => {
            json_format::pretty(&event.output)
        }
        _ => text.to_owned(),
    }
}

/// What a new session is called: the role of its ARN, or the identity.
fn session_name(text: &str) -> String {
    let arn = text.split("assumed-role/").nth(1);
    let role = arn.and_then(|rest| rest.split(['/', '<', '"']).next());
    role.map_or_else(|| "Identity".to_owned(), |role| format!("Session of {role}"))
}

/// Connects to the lab world and loads the operations.
#[hook]
pub fn use_console() -> Controls {
    let state = use_reducer(|| ConsoleState::new(admin::callers()));
    let client = use_state(|| None);
    {
        let (dispatcher, client) = (state.dispatcher(), client.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                let opened = async {
                    let lab = Client::new(Host::lab().await?, LAB, "console")
                        .with_user_agent(sender::CONSOLE);
                    lab.open_scenario("photo-app").await?;
                    dispatcher.dispatch(Action::LogReceived(lab.events(0).await?));
                    let catalog = Rc::new(Catalog::new(lab.models().await?));
                    client.set(Some(lab));
                    dispatcher.dispatch(Action::OperationChosen(named_by_url(&catalog)));
                    dispatcher.dispatch(Action::CatalogLoaded(catalog));
                    Ok(())
                };
                let opened: Result<(), ClientError> = opened.await;
                if let Err(error) = opened {
                    dispatcher.dispatch(Action::Failed(error.message()));
                }
            });
        });
    }
    let (dispatcher, catalog) = (state.dispatcher(), state.catalog.clone());
    use_effect_with(catalog.is_some(), move |_| {
        let listener = EventListener::new(&window(), "hashchange", move |_| {
            if let Some(catalog) = &catalog {
                dispatcher.dispatch(Action::OperationChosen(named_by_url(catalog)));
            }
        });
        move || drop(listener)
    });
    Controls { state, client: (*client).clone() }
}

/// The operation that the fragment of the URL names: `#cognito-idp.CreateUserPool`.
fn named_by_url(catalog: &Catalog) -> Option<Operation> {
    let hash = window().location().hash().unwrap_or_default();
    catalog.operation(hash.trim_start_matches('#'))
}
