//! State and actions of the workbench. Each action sends ordinary requests.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use cognitab_trace::event::Event;
use cognitab_wire::http::{Request, Url};
use cognitab_wire::internet::is_simulated;
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::client::{Client, ClientError, admin, login, photo_app};
use crate::host::{self, Host, LAB};
use crate::state::change::PolicyChange;
use crate::state::lab::{Action, BrowserPage, LabState, Pane};
use crate::state::oauth;
use crate::state::run::Run;
use crate::state::selection::Selection;
use crate::state::url_state::{GrantType, UrlState};

/// State of the workbench with its actions.
#[derive(Clone)]
pub struct Controls {
    /// The reducer's state.
    pub state: UseReducerHandle<LabState>,
    /// Client of the lab world; `None` until the broker is reachable.
    pub client: Option<Client>,
    /// Actions that were chosen before the world was open, in order.
    waiting: Rc<RefCell<Vec<WaitingAction>>>,
}

type WaitingAction = Box<dyn FnOnce(&Controls)>;

impl Controls {
    /// Runs an action now, or once the world is open.
    fn when_open(&self, action: impl FnOnce(&Controls) + 'static) {
        if self.state.ready {
            return action(self);
        }
        self.waiting.borrow_mut().push(Box::new(action));
        self.state.dispatch(Action::RequestStarted);
    }

    /// Runs an action, then reads new events and mail.
    fn request<F>(&self, action: impl FnOnce(Client, UseReducerDispatcher<LabState>) -> F + 'static)
    where
        F: Future<Output = Result<(), ClientError>> + 'static,
    {
        let Some(client) = self.client.clone() else {
            return self.when_open(move |controls| controls.request(action));
        };
        let dispatcher = self.state.dispatcher();
        dispatcher.dispatch(Action::RequestStarted);
        spawn_local(async move {
            let message = action(client.clone(), dispatcher.clone()).await.err();
            let message = message.map(|error| error.message());
            refresh(&client, &dispatcher, 0).await;
            dispatcher.dispatch(Action::RequestFinished(message));
        });
    }

    /// Loads a page in the simulated browser.
    pub fn navigate(&self, request: Request) {
        self.request(move |client, dispatcher| async move {
            let navigation = login::follow_redirects(&client, request).await?;
            if !is_simulated(Url::parse(&navigation.url).host) {
                // The callback of an app that is not simulated belongs to the real browser.
                return window()
                    .location()
                    .assign(&navigation.url)
                    .map_err(|e| host::host_error(e).into());
            }
            dispatcher.dispatch(Action::PageLoaded(BrowserPage::from_response(
                navigation.url,
                navigation.response.as_ref(),
            )));
            Ok(())
        });
    }

    /// Starts a sign-in: the app redirects to the authorize endpoint.
    pub fn start_login(&self, grant: GrantType) {
        self.when_open(move |controls| controls.open_login(grant));
    }

    fn open_login(&self, grant: GrantType) {
        let authorization_request = oauth::authorization_request(
            &self.state.scenario,
            grant,
            &photo_app::random_bytes::<64>(),
        );
        self.state.dispatch(Action::LoginStarted(authorization_request.clone()));
        self.navigate(login::get(&authorization_request.url));
    }

    /// Signs out: the app drops tokens and credentials and redirects to the logout endpoint.
    pub fn sign_out(&self) {
        self.state.dispatch(Action::SignedOut);
        let scenario = &self.state.scenario;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", scenario.get("client"))
            .append_pair("logout_uri", scenario.get("signOut"))
            .finish();
        self.navigate(login::get(&format!("{}/logout?{query}", oauth::domain_url(scenario))));
    }

    /// Reads the tokens from the callback URL, or exchanges its authorization code for them.
    pub fn accept_callback(&self, callback_url: String) {
        let (scenario, authorization_request) =
            (self.state.scenario.clone(), self.state.authorization_request.clone());
        self.request(move |client, dispatcher| async move {
            let tokens = login::tokens_from_callback(
                &client,
                &scenario,
                &authorization_request,
                &callback_url,
            )
            .await?;
            dispatcher.dispatch(Action::TokensReceived(tokens));
            Ok(())
        });
    }

    /// Gets AWS credentials for the ID token, or for a guest.
    pub fn get_credentials(&self, as_guest: bool) {
        self.when_open(move |controls| controls.request_credentials(as_guest));
    }

    fn request_credentials(&self, as_guest: bool) {
        let scenario = self.state.scenario.clone();
        let tokens = self.state.tokens.clone().filter(|_| !as_guest);
        self.request(move |client, dispatcher| async move {
            let credentials =
                photo_app::get_credentials(&client, &scenario, tokens.as_ref()).await?;
            dispatcher.dispatch(Action::CredentialsReceived(credentials));
            Ok(())
        });
    }

    /// Calls PutObject, GetObject or DeleteObject (by HTTP method) with the app's credentials.
    pub fn send_object_request(&self, method: &'static str) {
        let (Some(credentials), scenario) =
            (self.state.credentials.clone(), self.state.scenario.clone())
        else {
            return;
        };
        self.request(move |client, _| async move {
            photo_app::send_object_request(&client, &scenario, method, &credentials).await
        });
    }

    /// Makes a whole run, from sign-in to upload.
    pub fn run(&self, run: Run) {
        self.when_open(move |controls| {
            let scenario = controls.state.scenario.clone();
            controls.request(move |client, _| async move {
                photo_app::run(&client, &scenario, run, GrantType::Implicit).await
            });
        });
    }

    /// Replaces the world with a new one from this scenario.
    pub fn reset(&self, scenario: &'static str) {
        self.request(move |client, dispatcher| async move {
            client.reset(scenario).await?;
            load(&client, &dispatcher).await
        });
    }

    /// Undoes the last call that changed the world.
    pub fn undo(&self) {
        self.request(move |client, dispatcher| async move {
            client.undo().await?;
            load(&client, &dispatcher).await
        });
    }

    /// Saves the stored world as a file.
    pub fn download(&self) {
        self.request(|client, _| async move {
            let stored = client.stored_data().await?;
            host::save_file("cognitab-lab.json", &stored).map_err(ClientError::from)
        });
    }

    /// Deletes the stored world and opens a new one.
    pub fn discard_and_restart(&self) {
        let Some(client) = self.client.clone() else { return };
        let dispatcher = self.state.dispatcher();
        spawn_local(async move {
            match client.delete_stored_data().await {
                Ok(()) => open_lab(client, dispatcher).await,
                Err(error) => dispatcher.dispatch(Action::Failed(error.message())),
            }
        });
    }

    /// Applies a fix as the administrator of the policy's account.
    pub fn apply_fix(&self, change: PolicyChange) {
        self.request(move |client, _| async move { admin::apply_change(&client, &change).await });
    }
}

async fn refresh(client: &Client, dispatcher: &UseReducerDispatcher<LabState>, since: u64) {
    match (client.events(since).await, client.inbox().await) {
        (Ok(log), Ok(mail)) => dispatcher.dispatch(Action::LogReceived(log, mail)),
        (Err(error), _) | (_, Err(error)) => dispatcher.dispatch(Action::Failed(error.message())),
    }
}

/// Reads the whole world. The log is read first: if the world is replaced meanwhile, the next
/// refresh notices.
async fn load(
    client: &Client,
    dispatcher: &UseReducerDispatcher<LabState>,
) -> Result<(), ClientError> {
    let log = client.events(0).await?;
    let (scenario, mail) = (client.scenario().await?, client.inbox().await?);
    dispatcher.dispatch(Action::WorldLoaded(scenario, log, mail));
    Ok(())
}

/// Connects to the lab world and follows its event log, which other tabs also write to.
#[hook]
pub fn use_lab() -> Controls {
    let state = use_reducer(LabState::default);
    let client = use_state(|| None);
    {
        let (dispatcher, client) = (state.dispatcher(), client.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                match Host::lab().await {
                    Err(error) => dispatcher.dispatch(Action::Failed(error.0)),
                    Ok(host) => {
                        let lab_client = Client::new(host, LAB, "lab");
                        client.set(Some(lab_client.clone()));
                        open_lab(lab_client, dispatcher).await;
                    }
                }
            });
        });
    }
    let waiting = use_mut_ref(Vec::new);
    let controls = Controls { state, client: (*client).clone(), waiting };
    {
        let controls = controls.clone();
        use_effect_with(controls.state.ready && controls.client.is_some(), move |open| {
            if *open {
                let waiting = controls.waiting.take();
                waiting.into_iter().for_each(|action| action(&controls));
            }
        });
    }
    use_log_polling(&controls);
    use_shortcuts(&controls);
    use_fragment(&controls);
    use_effect_with(controls.state.pane, |_| window().scroll_to_with_x_and_y(0.0, 0.0));
    controls
}

/// Opens the world. An empty world that has not been used yet becomes the photo app.
async fn open_lab(client: Client, dispatcher: UseReducerDispatcher<LabState>) {
    let opened = async {
        client.open_scenario("photo-app").await?;
        load(&client, &dispatcher).await
    };
    if let Err(error) = opened.await {
        dispatcher.dispatch(Action::Failed(error.message()));
        // The stored world may be the cause; then it can be deleted.
        if client.stored_data().await.is_ok() {
            dispatcher.dispatch(Action::StoredDataFound);
        }
    } else if let Some(number) = UrlState::parse(&hash()).event {
        dispatcher.dispatch(Action::Selected(Selection::Event(number)));
        dispatcher.dispatch(Action::PaneShown(Pane::Inspect));
    }
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Polls the event log every two seconds: other tabs and SDK code write to the same world.
#[hook]
fn use_log_polling(controls: &Controls) {
    let dispatcher = controls.state.dispatcher();
    let last = controls.state.events.last().map_or(0, |e| e.number);
    let open = controls.client.clone().filter(|_| controls.state.ready);
    use_effect_with((open, last), move |(client, last)| {
        let (client, last) = (client.clone(), *last);
        let follow = Interval::new(2000, move || {
            if let (Some(client), false) = (client.clone(), document().hidden()) {
                let dispatcher = dispatcher.clone();
                spawn_local(async move { refresh(&client, &dispatcher, last).await });
            }
        });
        move || drop(follow)
    });
    let (dispatcher, client) = (controls.state.dispatcher(), controls.client.clone());
    use_effect_with(controls.state.stale, move |stale| {
        if let (Some(client), true) = (client, *stale) {
            spawn_local(async move {
                if let Err(error) = load(&client, &dispatcher).await {
                    dispatcher.dispatch(Action::Failed(error.message()));
                }
            });
        }
    });
}

/// Keyboard shortcuts: `j` and `k` select the next and the previous event, `u` undoes the last
/// change. They are inactive in fields.
#[hook]
fn use_shortcuts(controls: &Controls) {
    let dispatcher = controls.state.dispatcher();
    let controls = controls.clone();
    use_effect_with(controls.client.clone(), move |_| {
        let listener = EventListener::new(&window(), "keydown", move |event| {
            let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
            let field = document()
                .active_element()
                .is_some_and(|e| matches!(e.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
            if field || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            match event.key().as_str() {
                "j" => dispatcher.dispatch(Action::SelectionMoved(1)),
                "k" => dispatcher.dispatch(Action::SelectionMoved(-1)),
                "u" => controls.undo(),
                _ => {}
            }
        });
        move || drop(listener)
    });
}

/// Keeps the selected event in the URL as `#e=`. `#login` starts a sign-in, and a URL below `~/`
/// that no service worker answers opens in the simulated browser.
#[hook]
fn use_fragment(controls: &Controls) {
    let selection = controls.state.selection.clone();
    use_effect_with(selection, |selection| {
        if let (Some(Selection::Event(number)), None) = (selection, host::simulated_address()) {
            let path = window().location().pathname().unwrap_or_default();
            let url = format!("{path}#e={number}");
            if let Ok(history) = window().history() {
                // Browsers limit how often the URL may change; the next selection tries again.
                let _ =
                    history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url));
            }
        }
    });
    let handled = use_mut_ref(|| false);
    let controls = controls.clone();
    use_effect_with(controls.state.ready, move |ready| {
        if !*ready || handled.replace(true) {
            return;
        }
        if let Some(url) = host::simulated_address() {
            controls.navigate(login::get(&url));
        } else if hash() == "#login" {
            controls.start_login(GrantType::Implicit);
        }
    });
}

/// The latest run in a log, with its events.
pub fn latest_run(events: &[Event]) -> (Run, Vec<Event>) {
    let run = crate::state::run::split_runs(events).last().map(|r| r.to_vec()).unwrap_or_default();
    let signed_in = run.iter().any(|e| e.call.starts_with("GET /oauth2/authorize"));
    (if signed_in { Run::Ana } else { Run::Guest }, run)
}
