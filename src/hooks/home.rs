//! Runs are made one after the other by one task; the page sends it orders.

use cognitab_trace::control::Scenario;
use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::StreamExt;
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use gloo::utils::{document_element, window};
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

/// What the page asks the task for.
#[derive(Clone, Debug)]
pub enum Command {
    /// Make this run.
    Run(Run, GrantType),
    /// Make all runs of an address, from a fresh world.
    Replay(UrlState),
    /// Apply a fix and make the run again.
    Mend(Box<PolicyChange>, Run, GrantType),
}

type Dispatcher = UseReducerDispatcher<HomeState>;

/// The home page's state and its hands.
#[derive(Clone)]
pub struct Controls {
    /// The state.
    pub home: UseReducerHandle<HomeState>,
    /// The client of its world, once it is there.
    pub client: Option<Client>,
    /// Where orders go.
    orders: UseStateHandle<Option<UnboundedSender<Command>>>,
}

impl Controls {
    /// A press of a run's button.
    pub fn press(&self, run: Run) {
        self.home.dispatch(Action::RunQueued(run));
        self.order(Command::Run(run, self.home.address.grant));
    }

    /// Applies a fix and makes the run again that it belongs to.
    pub fn mend(&self, change: PolicyChange) {
        let open = match &self.home.pick {
            Some(Selection::Event(number)) => self.home.run_of(*number),
            _ => None,
        };
        if let Some(run) = open {
            self.order(Command::Mend(Box::new(change), run, self.home.address.grant));
        }
    }

    /// Changes the grant; runs that are shown are made again with it.
    pub fn grant(&self, grant: GrantType) {
        self.home.dispatch(Action::GrantChanged(grant));
        if !self.home.address.runs.is_empty() {
            self.order(Command::Replay(UrlState {
                grant,
                event: None,
                ..self.home.address.clone()
            }));
        }
    }

    fn order(&self, order: Command) {
        if let Some(orders) = self.orders.as_ref() {
            // The task lives as long as the page.
            let _ = orders.unbounded_send(order);
        }
    }
}

/// Starts the engine, replays the address, and keeps both in step.
#[hook]
pub fn use_home() -> Controls {
    let home = use_reducer(HomeState::default);
    let orders = use_state(|| None);
    let client = use_state(|| None);
    {
        let (tell, orders, client) = (home.dispatcher(), orders.clone(), client.clone());
        use_effect_with((), move |()| {
            start(&tell, &orders, &client);
        });
    }
    let controls = Controls { home, client: (*client).clone(), orders };
    use_address(&controls);
    use_focus(&controls.home);
    {
        let (tell, client) = (controls.home.dispatcher(), controls.client.clone());
        use_effect_with(client, move |client| {
            let client = client.clone();
            let tick = Interval::new(15_000, move || {
                if let Some(client) = &client {
                    tell.dispatch(Action::Ticked(client.now()));
                }
            });
            move || drop(tick)
        });
    }
    controls
}

fn start(
    tell: &Dispatcher,
    orders: &UseStateHandle<Option<UnboundedSender<Command>>>,
    client: &UseStateHandle<Option<Client>>,
) {
    let host = match Host::dedicated() {
        Ok(host) => host,
        Err(error) => return tell.dispatch(Action::Failed(error.0)),
    };
    let (sender, mut receiver) = unbounded();
    let mine = Client::new(host, "home", "ana");
    let address = UrlState::parse(&window().location().hash().unwrap_or_default());
    let grant = address.grant;
    tell.dispatch(Action::Navigated(UrlState { runs: Vec::new(), ..address.clone() }));
    if !address.runs.is_empty() {
        let _ = sender.unbounded_send(Command::Replay(address));
    }
    for run in early_presses() {
        tell.dispatch(Action::RunQueued(run));
        let _ = sender.unbounded_send(Command::Run(run, grant));
    }
    orders.set(Some(sender));
    client.set(Some(mine.clone()));
    let tell = tell.clone();
    spawn_local(async move {
        let mut world: Option<Scenario> = open(&mine, &tell).await;
        while let Some(order) = receiver.next().await {
            if let Err(failure) = obey(&mine, &tell, &mut world, order).await {
                tell.dispatch(Action::Failed(failure.message()));
                world = None;
            }
        }
    });
}

/// Presses made before the page was there, remembered by `early.js`.
fn early_presses() -> Vec<Run> {
    let page = document_element();
    let pressed = page.get_attribute("data-pressed").unwrap_or_default();
    // From here on the page itself listens.
    let _ = page.set_attribute("data-ready", "");
    pressed.split(',').filter_map(Run::from_slug).collect()
}

async fn open(client: &Client, tell: &Dispatcher) -> Option<Scenario> {
    match client.reset("photo-app").await {
        Ok(scenario) => {
            tell.dispatch(Action::WorldOpened(scenario.clone()));
            Some(scenario)
        }
        Err(failure) => {
            tell.dispatch(Action::Failed(failure.message()));
            None
        }
    }
}

async fn obey(
    client: &Client,
    tell: &Dispatcher,
    world: &mut Option<Scenario>,
    order: Command,
) -> Result<(), ClientError> {
    // Ana's first run begins the scene anew; the world is fresh when nothing was run in it.
    let fresh = matches!(order, Command::Replay(_) | Command::Run(Run::Ana, _));
    if world.is_none() || fresh && client.events(0).await?.events.last().is_some() {
        *world = open(client, tell).await;
    }
    let Some(scenario) = world.as_ref() else { return Ok(()) };
    match order {
        Command::Run(run, grant) => make(client, tell, scenario, run, grant, true).await,
        Command::Replay(address) => {
            for run in &address.runs {
                make(client, tell, scenario, *run, address.grant, true).await?;
            }
            if let Some(number) = address.event {
                tell.dispatch(Action::Selected(Some(Selection::Event(number))));
            }
            Ok(())
        }
        Command::Mend(change, run, grant) => {
            admin::apply_change(client, &change).await?;
            tell.dispatch(Action::LogReceived(client.events(0).await?));
            make(client, tell, scenario, run, grant, false).await
        }
    }
}

async fn make(
    client: &Client,
    tell: &Dispatcher,
    scenario: &Scenario,
    run: Run,
    grant: GrantType,
    change: bool,
) -> Result<(), ClientError> {
    tell.dispatch(Action::RunStarted(run));
    let again = if run == Run::TrustChanged && !change { Run::Ana } else { run };
    photo_app::run(client, scenario, again, grant).await?;
    tell.dispatch(Action::LogReceived(client.events(0).await?));
    tell.dispatch(Action::RunFinished);
    Ok(())
}

/// Writes the state into the address bar, and follows its back and forward buttons.
#[hook]
fn use_address(controls: &Controls) {
    let home = controls.home.clone();
    let started = controls.client.is_some() && home.ready && home.running.is_none();
    let runs = home.address.runs.len();
    use_effect_with((started, home.address.clone()), move |(started, address)| {
        let now = window().location().hash().unwrap_or_default();
        let written = address.to_fragment();
        if *started && now != written && home.waiting.is_empty() {
            let path = window().location().pathname().unwrap_or_default();
            let url = format!("{path}{written}");
            let grown = UrlState::parse(&now).runs.len() < runs;
            if let Ok(history) = window().history() {
                // The browser may refuse when it is asked too often; the next state tries again.
                let _ = if grown {
                    history.push_state_with_url(&JsValue::NULL, "", Some(&url))
                } else {
                    history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
                };
            }
        }
    });
    let controls = controls.clone();
    use_effect_with(controls.home.clone(), move |_| {
        let listener = EventListener::new(&window(), "popstate", move |_| {
            let address = UrlState::parse(&window().location().hash().unwrap_or_default());
            if controls.home.has_made(&address) {
                controls.home.dispatch(Action::Navigated(address));
            } else {
                controls.order(Command::Replay(address));
            }
        });
        move || drop(listener)
    });
}

/// When a run is over, the next one's button takes the focus, unless the person is elsewhere.
#[hook]
fn use_focus(home: &UseReducerHandle<HomeState>) {
    let next = home.address.next_run().or(home.address.runs.last().copied());
    use_effect_with((home.running, next, home.ready), move |(running, next, _)| {
        let document = gloo::utils::document();
        let at_run = document
            .active_element()
            .is_none_or(|e| e.tag_name() == "BODY" || e.id().starts_with("run-"));
        let target = next.map(|run| format!("run-{}", run.slug()));
        let button = target.and_then(|id| document.get_element_by_id(&id));
        if let (None, true, Some(button)) = (running, at_run, button) {
            use wasm_bindgen::JsCast;
            if let Ok(button) = button.dyn_into::<web_sys::HtmlElement>() {
                // Focus is a convenience: without it the button is one Tab away.
                let _ = button.focus();
            }
        }
    });
}
