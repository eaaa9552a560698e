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

use crate::client::{Client, Failure, admin, journey};
use crate::host::Host;
use crate::state::address::{Address, Flow};
use crate::state::change::Change;
use crate::state::home::{Act, Home};
use crate::state::run::Slot;
use crate::state::selection::Pick;

/// What the page asks the task for.
#[derive(Clone, Debug)]
pub enum Order {
    /// Make this run.
    Run(Slot, Flow),
    /// Make all runs of an address, from a fresh world.
    Replay(Address),
    /// Apply a fix and make the run again.
    Mend(Box<Change>, Slot, Flow),
}

type Tell = UseReducerDispatcher<Home>;

/// The home page's state and its hands.
#[derive(Clone)]
pub struct Controls {
    /// The state.
    pub home: UseReducerHandle<Home>,
    /// The client of its world, once it is there.
    pub client: Option<Client>,
    /// Where orders go.
    orders: UseStateHandle<Option<UnboundedSender<Order>>>,
}

impl Controls {
    /// A press of a run's button.
    pub fn press(&self, slot: Slot) {
        self.home.dispatch(Act::Queued(slot));
        self.order(Order::Run(slot, self.home.address.flow));
    }

    /// Applies a fix and makes the run again that it belongs to.
    pub fn mend(&self, change: Change) {
        let open = match &self.home.pick {
            Some(Pick::Event(number)) => self.home.slot_of(*number),
            _ => None,
        };
        if let Some(slot) = open {
            self.order(Order::Mend(Box::new(change), slot, self.home.address.flow));
        }
    }

    /// Changes the grant; runs that are shown are made again with it.
    pub fn flow(&self, flow: Flow) {
        self.home.dispatch(Act::Flow(flow));
        if !self.home.address.runs.is_empty() {
            self.order(Order::Replay(Address { flow, event: None, ..self.home.address.clone() }));
        }
    }

    fn order(&self, order: Order) {
        if let Some(orders) = self.orders.as_ref() {
            // The task lives as long as the page.
            let _ = orders.unbounded_send(order);
        }
    }
}

/// Starts the engine, replays the address, and keeps both in step.
#[hook]
pub fn use_home() -> Controls {
    let home = use_reducer(Home::default);
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
                    tell.dispatch(Act::Now(client.now()));
                }
            });
            move || drop(tick)
        });
    }
    controls
}

fn start(
    tell: &Tell,
    orders: &UseStateHandle<Option<UnboundedSender<Order>>>,
    client: &UseStateHandle<Option<Client>>,
) {
    let host = match Host::dedicated() {
        Ok(host) => host,
        Err(silence) => return tell.dispatch(Act::Failed(silence.0)),
    };
    let (sender, mut receiver) = unbounded();
    let mine = Client::new(host, "home", "ana");
    let address = Address::read(&window().location().hash().unwrap_or_default());
    let flow = address.flow;
    tell.dispatch(Act::Went(Address { runs: Vec::new(), ..address.clone() }));
    if !address.runs.is_empty() {
        let _ = sender.unbounded_send(Order::Replay(address));
    }
    for slot in early_presses() {
        tell.dispatch(Act::Queued(slot));
        let _ = sender.unbounded_send(Order::Run(slot, flow));
    }
    orders.set(Some(sender));
    client.set(Some(mine.clone()));
    let tell = tell.clone();
    spawn_local(async move {
        let mut world: Option<Scenario> = open(&mine, &tell).await;
        while let Some(order) = receiver.next().await {
            if let Err(failure) = obey(&mine, &tell, &mut world, order).await {
                tell.dispatch(Act::Failed(failure.in_words()));
                world = None;
            }
        }
    });
}

/// Presses made before the page was there, remembered by `early.js`.
fn early_presses() -> Vec<Slot> {
    let page = document_element();
    let pressed = page.get_attribute("data-pressed").unwrap_or_default();
    // From here on the page itself listens.
    let _ = page.set_attribute("data-ready", "");
    pressed.split(',').filter_map(Slot::of).collect()
}

async fn open(client: &Client, tell: &Tell) -> Option<Scenario> {
    match client.reset("photo-app").await {
        Ok(scenario) => {
            tell.dispatch(Act::Opened(scenario.clone()));
            Some(scenario)
        }
        Err(failure) => {
            tell.dispatch(Act::Failed(failure.in_words()));
            None
        }
    }
}

async fn obey(
    client: &Client,
    tell: &Tell,
    world: &mut Option<Scenario>,
    order: Order,
) -> Result<(), Failure> {
    // Ana's first run begins the scene anew; the world is fresh when nothing was run in it.
    let fresh = matches!(order, Order::Replay(_) | Order::Run(Slot::Ana, _));
    if world.is_none() || fresh && client.events(0).await?.events.last().is_some() {
        *world = open(client, tell).await;
    }
    let Some(scenario) = world.as_ref() else { return Ok(()) };
    match order {
        Order::Run(slot, flow) => make(client, tell, scenario, slot, flow, true).await,
        Order::Replay(address) => {
            for slot in &address.runs {
                make(client, tell, scenario, *slot, address.flow, true).await?;
            }
            if let Some(number) = address.event {
                tell.dispatch(Act::Picked(Some(Pick::Event(number))));
            }
            Ok(())
        }
        Order::Mend(change, slot, flow) => {
            admin::apply(client, &change).await?;
            tell.dispatch(Act::Logged(client.events(0).await?));
            make(client, tell, scenario, slot, flow, false).await
        }
    }
}

async fn make(
    client: &Client,
    tell: &Tell,
    scenario: &Scenario,
    slot: Slot,
    flow: Flow,
    change: bool,
) -> Result<(), Failure> {
    tell.dispatch(Act::Began(slot));
    let again = if slot == Slot::Trust && !change { Slot::Ana } else { slot };
    journey::run(client, scenario, again, flow).await?;
    tell.dispatch(Act::Logged(client.events(0).await?));
    tell.dispatch(Act::Ended);
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
        let written = address.write();
        if *started && now != written && home.waiting.is_empty() {
            let path = window().location().pathname().unwrap_or_default();
            let url = format!("{path}{written}");
            let grown = Address::read(&now).runs.len() < runs;
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
            let address = Address::read(&window().location().hash().unwrap_or_default());
            if controls.home.has_made(&address) {
                controls.home.dispatch(Act::Went(address));
            } else {
                controls.order(Order::Replay(address));
            }
        });
        move || drop(listener)
    });
}

/// When a run is over, the next one's button takes the focus, unless the person is elsewhere.
#[hook]
fn use_focus(home: &UseReducerHandle<Home>) {
    let next = home.address.next().or(home.address.runs.last().copied());
    use_effect_with((home.running, next, home.ready), move |(running, next, _)| {
        let document = gloo::utils::document();
        let at_run = document
            .active_element()
            .is_none_or(|e| e.tag_name() == "BODY" || e.id().starts_with("run-"));
        let target = next.map(|slot| format!("run-{}", slot.word()));
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
