//! State of the home page. One task makes the runs, one after the other, as the page sends
//! commands.

use cognitab_trace::control::Scenario;
use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::StreamExt;
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use gloo::utils::{document, document_element, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::client::{Client, ClientError, admin, photo_app};
use crate::host::Host;
use crate::state::change::PolicyChange;
use crate::state::home::{Action, HomeState};
use crate::state::run::Run;
use crate::state::selection::Selection;
use crate::state::url_state::{GrantType, UrlState};

/// A command to the task that makes the runs.
#[derive(Clone, Debug)]
pub enum Command {
    /// Make this run.
    Run(Run, GrantType),
    /// Reset the world and make all runs of a URL.
    Replay(UrlState),
    /// Apply a fix, then make the run again.
    ApplyFix(Box<PolicyChange>, Run, GrantType),
}

type Dispatcher = UseReducerDispatcher<HomeState>;

/// State of the home page with its actions.
#[derive(Clone)]
pub struct Controls {
    /// The reducer's state.
    pub state: UseReducerHandle<HomeState>,
    /// Client of the page's own world; `None` until its worker has started.
    pub client: Option<Client>,
    /// Sends commands to the task.
    commands: UseStateHandle<Option<UnboundedSender<Command>>>,
}

impl Controls {
    /// Queues a run. Pressed again before it is finished, it queues the next one.
    pub fn start_run(&self, run: Run) {
        let pending = self.state.is_pending(run);
        let Some(run) = Some(run).filter(|_| !pending).or_else(|| self.state.next_run()) else {
            return;
        };
        self.state.dispatch(Action::RunQueued(run));
        self.send(Command::Run(run, self.state.url_state.grant));
    }

    /// Applies a fix and repeats the run of the selected event.
    pub fn apply_fix(&self, change: PolicyChange) {
        let open = match &self.state.selection {
            Some(Selection::Event(number)) => self.state.run_of(*number),
            _ => None,
        };
        if let Some(run) = open {
            self.send(Command::ApplyFix(Box::new(change), run, self.state.url_state.grant));
        }
    }

    /// Changes the OAuth grant and repeats the runs that are shown.
    pub fn set_grant(&self, grant: GrantType) {
        self.state.dispatch(Action::GrantChanged(grant));
        if !self.state.url_state.runs.is_empty() {
            self.send(Command::Replay(UrlState {
                grant,
                event: None,
                ..self.state.url_state.clone()
            }));
        }
    }

    fn send(&self, command: Command) {
        if let Some(commands) = self.commands.as_ref() {
            // The task lives as long as the page.
            let _ = commands.unbounded_send(command);
        }
    }
}

/// Starts the broker, makes the runs of the URL, and keeps state and URL the same.
#[hook]
pub fn use_home() -> Controls {
    let state = use_reducer(HomeState::default);
    let commands = use_state(|| None);
    let client = use_state(|| None);
    {
        let (dispatcher, commands, client) = (state.dispatcher(), commands.clone(), client.clone());
        use_effect_with((), move |()| {
            start_broker(&dispatcher, &commands, &client);
        });
    }
    let controls = Controls { state, client: (*client).clone(), commands };
    use_url_state(&controls);
    use_focus(&controls.state);
    use_revealed_details(controls.state.selection.clone());
    {
        let (dispatcher, client) = (controls.state.dispatcher(), controls.client.clone());
        use_effect_with(client, move |client| {
            let client = client.clone();
            let tick = Interval::new(15_000, move || {
                if let Some(client) = &client {
                    dispatcher.dispatch(Action::Ticked(client.now()));
                }
            });
            move || drop(tick)
        });
    }
    controls
}

/// Brings the details of a selection into view, unless they are: they are below the map. The first
/// selection may come from the URL, at which the page stays at its top.
#[hook]
fn use_revealed_details(selection: Option<Selection>) {
    let started = use_mut_ref(|| false);
    use_effect_with(selection, move |selection| {
        let details = document().query_selector(".detail-band").ok().flatten();
        if let (Some(details), true, true) = (details, started.replace(true), selection.is_some()) {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            details.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}

fn start_broker(
    dispatcher: &Dispatcher,
    commands: &UseStateHandle<Option<UnboundedSender<Command>>>,
    client_handle: &UseStateHandle<Option<Client>>,
) {
    let host = match Host::dedicated() {
        Ok(host) => host,
        Err(error) => return dispatcher.dispatch(Action::Failed(error.0)),
    };
    let (sender, mut receiver) = unbounded();
    let client = Client::new(host, "home", "ana");
    let url_state = UrlState::parse(&window().location().hash().unwrap_or_default());
    let grant = url_state.grant;
    dispatcher.dispatch(Action::Navigated(UrlState { runs: Vec::new(), ..url_state.clone() }));
    if !url_state.runs.is_empty() {
        let _ = sender.unbounded_send(Command::Replay(url_state));
    }
    for run in early_clicks() {
        dispatcher.dispatch(Action::RunQueued(run));
        let _ = sender.unbounded_send(Command::Run(run, grant));
    }
    commands.set(Some(sender));
    client_handle.set(Some(client.clone()));
    let dispatcher = dispatcher.clone();
    spawn_local(async move {
        let mut world: Option<Scenario> = open_world(&client, &dispatcher).await;
        while let Some(command) = receiver.next().await {
            if let Err(error) = execute(&client, &dispatcher, &mut world, command).await {
                dispatcher.dispatch(Action::Failed(error.message()));
                world = None;
            }
        }
    });
}

/// Clicks that `early.js` recorded before this program started.
fn early_clicks() -> Vec<Run> {
    let page = document_element();
    let pressed = page.get_attribute("data-pressed").unwrap_or_default();
    // From now on the page handles clicks itself.
    let _ = page.set_attribute("data-ready", "");
    pressed.split(',').filter_map(Run::from_slug).collect()
}

async fn open_world(client: &Client, dispatcher: &Dispatcher) -> Option<Scenario> {
    match client.reset("photo-app").await {
        Ok(scenario) => {
            dispatcher.dispatch(Action::WorldOpened(scenario.clone()));
            Some(scenario)
        }
        Err(error) => {
            dispatcher.dispatch(Action::Failed(error.message()));
            None
        }
    }
}

async fn execute(
    client: &Client,
    dispatcher: &Dispatcher,
    world: &mut Option<Scenario>,
    command: Command,
) -> Result<(), ClientError> {
    // Ana's run starts in a new world, unless nothing has happened in this one.
    let fresh = matches!(command, Command::Replay(_) | Command::Run(Run::Ana, _));
    if world.is_none() || fresh && client.events(0).await?.events.last().is_some() {
        *world = open_world(client, dispatcher).await;
    }
    let Some(scenario) = world.as_ref() else { return Ok(()) };
    match command {
        Command::Run(run, grant) => {
            execute_run(client, dispatcher, scenario, run, grant, true).await
        }
        Command::Replay(url_state) => {
            for run in &url_state.runs {
                execute_run(client, dispatcher, scenario, *run, url_state.grant, true).await?;
            }
            if let Some(number) = url_state.event {
                dispatcher.dispatch(Action::Selected(Some(Selection::Event(number))));
            }
            Ok(())
        }
        Command::ApplyFix(change, run, grant) => {
            admin::apply_change(client, &change).await?;
            dispatcher.dispatch(Action::LogReceived(client.events(0).await?));
            execute_run(client, dispatcher, scenario, run, grant, false).await
        }
    }
}

async fn execute_run(
    client: &Client,
    dispatcher: &Dispatcher,
    scenario: &Scenario,
    run: Run,
    grant: GrantType,
    change: bool,
) -> Result<(), ClientError> {
    dispatcher.dispatch(Action::RunStarted(run));
    let again = if run == Run::TrustChanged && !change { Run::Ana } else { run };
    photo_app::run(client, scenario, again, grant).await?;
    dispatcher.dispatch(Action::LogReceived(client.events(0).await?));
    dispatcher.dispatch(Action::RunFinished);
    Ok(())
}

/// Writes the state to the URL, and follows the back and forward buttons.
#[hook]
fn use_url_state(controls: &Controls) {
    let state = controls.state.clone();
    let started = controls.client.is_some() && state.ready && state.running.is_none();
    let runs = state.url_state.runs.len();
    use_effect_with((started, state.url_state.clone()), move |(started, url_state)| {
        let now = window().location().hash().unwrap_or_default();
        let written = url_state.to_fragment();
        if *started && now != written && state.waiting.is_empty() {
            let path = window().location().pathname().unwrap_or_default();
            let url = format!("{path}{written}");
            let grown = UrlState::parse(&now).runs.len() < runs;
            if let Ok(history) = window().history() {
                // Browsers limit how often the URL may change; the next state tries again.
                let _ = if grown {
                    history.push_state_with_url(&JsValue::NULL, "", Some(&url))
                } else {
                    history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
                };
            }
        }
    });
    let controls = controls.clone();
    use_effect_with(controls.state.clone(), move |_| {
        let listener = EventListener::new(&window(), "popstate", move |_| {
            let url_state = UrlState::parse(&window().location().hash().unwrap_or_default());
            if controls.state.has_run_all(&url_state) {
                controls.state.dispatch(Action::Navigated(url_state));
            } else {
                controls.send(Command::Replay(url_state));
            }
        });
        move || drop(listener)
    });
}

/// After a run, moves the focus to the button of the next one, unless the focus is elsewhere.
#[hook]
fn use_focus(state: &UseReducerHandle<HomeState>) {
    // The focus moves on when a run is queued, not when it is finished: the next press is for the
    // next run.
    let next = state.next_run().or(state.url_state.runs.last().copied());
    use_effect_with((next, state.ready), move |(next, _)| {
        let document = gloo::utils::document();
        let at_run = document
            .active_element()
            .is_none_or(|e| e.tag_name() == "BODY" || e.id().starts_with("run-"));
        let target = next.map(|run| format!("run-{}", run.slug()));
        let button = target.and_then(|id| document.get_element_by_id(&id));
        if let (true, Some(button)) = (at_run, button) {
            use wasm_bindgen::JsCast;
            if let Ok(button) = button.dyn_into::<web_sys::HtmlElement>() {
                // If this fails, the button is one Tab away.
                let _ = button.focus();
            }
        }
    });
}
