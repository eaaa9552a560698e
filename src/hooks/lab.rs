//! The workbench's state, and what its buttons do: each a handful of ordinary requests.

use std::future::Future;

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

/// The workbench and its hands.
#[derive(Clone)]
pub struct Controls {
    /// The state.
    pub state: UseReducerHandle<LabState>,
    /// The client of the lab world, once it is there.
    pub client: Option<Client>,
}

impl Controls {
    /// Does something with the broker, and then looks what happened in the world.
    fn request<F>(&self, action: impl FnOnce(Client, UseReducerDispatcher<LabState>) -> F + 'static)
    where
        F: Future<Output = Result<(), ClientError>> + 'static,
    {
        let Some(client) = self.client.clone() else { return };
        let dispatcher = self.state.dispatcher();
        dispatcher.dispatch(Action::RequestStarted);
        spawn_local(async move {
            let message = action(client.clone(), dispatcher.clone()).await.err();
            let message = message.map(|failure| failure.message());
            refresh(&client, &dispatcher, 0).await;
            dispatcher.dispatch(Action::RequestFinished(message));
        });
    }

    /// The simulated browser goes somewhere.
    pub fn navigate(&self, request: Request) {
        self.request(move |client, dispatcher| async move {
            let navigation = login::follow_redirects(&client, request).await?;
            if !is_simulated(Url::parse(&navigation.url).host) {
                // An app of the real internet is called back by the real browser.
                return window()
                    .location()
                    .assign(&navigation.url)
                    .map_err(|e| host::host_error(e).into());
            }
            dispatcher.dispatch(Action::PageReached(BrowserPage::at(
                navigation.url,
                navigation.response.as_ref(),
            )));
            Ok(())
        });
    }

    /// The app sends its user to the login.
    pub fn start_login(&self, flow: GrantType) {
        let authorization_request = oauth::authorization_request(
            &self.state.scenario,
            flow,
            &photo_app::random_bytes::<64>(),
        );
        self.state.dispatch(Action::LoginStarted(authorization_request.clone()));
        self.navigate(login::get(&authorization_request.url));
    }

    /// The app forgets what it holds and sends its user to the sign-out.
    pub fn sign_out(&self) {
        self.state.dispatch(Action::SignedOut);
        let scenario = &self.state.scenario;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", scenario.get("client"))
            .append_pair("logout_uri", scenario.get("signOut"))
            .finish();
        self.navigate(login::get(&format!("{}/logout?{query}", oauth::domain_url(scenario))));
    }

    /// The app takes what the login sent back.
    pub fn accept_callback(&self, back: String) {
        let (scenario, authorization_request) =
            (self.state.scenario.clone(), self.state.authorization_request.clone());
        self.request(move |client, dispatcher| async move {
            let tokens =
                login::tokens_from_callback(&client, &scenario, &authorization_request, &back)
                    .await?;
            dispatcher.dispatch(Action::TokensReceived(tokens));
            Ok(())
        });
    }

    /// The app trades its ID token, or nothing, for credentials.
    pub fn get_credentials(&self, as_guest: bool) {
        let scenario = self.state.scenario.clone();
        let tokens = self.state.tokens.clone().filter(|_| !as_guest);
        self.request(move |client, dispatcher| async move {
            let credentials =
                photo_app::get_credentials(&client, &scenario, tokens.as_ref()).await?;
            dispatcher.dispatch(Action::CredentialsReceived(credentials));
            Ok(())
        });
    }

    /// The app puts, gets or deletes the file with the credentials it holds.
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

    /// The whole journey in one press.
    pub fn run(&self, run: Run) {
        let scenario = self.state.scenario.clone();
        self.request(move |client, _| async move {
            photo_app::run(&client, &scenario, run, GrantType::Implicit).await
        });
    }

    /// A fresh world.
    pub fn reset(&self, scenario: &'static str) {
        self.request(move |client, dispatcher| async move {
            client.reset(scenario).await?;
            load(&client, &dispatcher).await
        });
    }

    /// Takes back the last change of the world.
    pub fn undo(&self) {
        self.request(move |client, dispatcher| async move {
            client.undo().await?;
            load(&client, &dispatcher).await
        });
    }

    /// Hands everything that is stored to the person, as a file.
    pub fn download(&self) {
        self.request(|client, _| async move {
            let stored = client.stored_data().await?;
            host::save_file("cognitab-lab.json", &stored).map_err(ClientError::from)
        });
    }

    /// Gives up what is stored.
    pub fn discard_and_restart(&self) {
        let Some(client) = self.client.clone() else { return };
        let dispatcher = self.state.dispatcher();
        spawn_local(async move {
            match client.delete_stored_data().await {
                Ok(()) => open(client, dispatcher).await,
                Err(failure) => dispatcher.dispatch(Action::Failed(failure.message())),
            }
        });
    }

    /// Applies a fix as Studio's administrator.
    pub fn apply_fix(&self, change: PolicyChange) {
        self.request(move |client, _| async move { admin::apply_change(&client, &change).await });
    }
}

async fn refresh(client: &Client, dispatcher: &UseReducerDispatcher<LabState>, since: u64) {
    match (client.events(since).await, client.inbox().await) {
        (Ok(log), Ok(mail)) => dispatcher.dispatch(Action::LogReceived(log, mail)),
        (Err(failure), _) | (_, Err(failure)) => {
            dispatcher.dispatch(Action::Failed(failure.message()))
        }
    }
}

/// Reads the world from its beginning. The log comes first: where another world takes the place of
/// this one meanwhile, the next look sees it.
async fn load(
    client: &Client,
    dispatcher: &UseReducerDispatcher<LabState>,
) -> Result<(), ClientError> {
    let log = client.events(0).await?;
    let (scenario, mail) = (client.scenario().await?, client.inbox().await?);
    dispatcher.dispatch(Action::WorldLoaded(scenario, log, mail));
    Ok(())
}

/// Reaches the lab world and follows its log, whoever writes it.
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
                        let mine = Client::new(host, LAB, "lab");
                        client.set(Some(mine.clone()));
                        open(mine, dispatcher).await;
                    }
                }
            });
        });
    }
    let controls = Controls { state, client: (*client).clone() };
    use_log_polling(&controls);
    use_shortcuts(&controls);
    use_fragment(&controls);
    use_effect_with(controls.state.pane, |_| window().scroll_to_with_x_and_y(0.0, 0.0));
    controls
}

/// An untouched empty world becomes the photo app: nobody loses anything by it.
async fn open(client: Client, dispatcher: UseReducerDispatcher<LabState>) {
    let opened = async {
        client.open_scenario("photo-app").await?;
        load(&client, &dispatcher).await
    };
    if let Err(failure) = opened.await {
        dispatcher.dispatch(Action::Failed(failure.message()));
        // What is stored may be the cause; then it can be taken away.
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

/// Other tabs and SDK code write into the same world.
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
                if let Err(failure) = load(&client, &dispatcher).await {
                    dispatcher.dispatch(Action::Failed(failure.message()));
                }
            });
        }
    });
}

/// `j` and `k` walk the trace and `u` takes back the last change, except in fields.
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

/// The open event stands in the address; `#login` asks for the login page. An address below `~/`
/// that no service worker answers opens in the simulated browser.
#[hook]
fn use_fragment(controls: &Controls) {
    let selection = controls.state.selection.clone();
    use_effect_with(selection, |selection| {
        if let (Some(Selection::Event(number)), None) = (selection, host::simulated_address()) {
            let path = window().location().pathname().unwrap_or_default();
            let url = format!("{path}#e={number}");
            if let Ok(history) = window().history() {
                // The browser may refuse when it is asked too often; the next row tries again.
                let _ =
                    history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url));
            }
        }
    });
    let begun = use_mut_ref(|| false);
    let controls = controls.clone();
    use_effect_with(controls.state.ready, move |ready| {
        if !*ready || begun.replace(true) {
            return;
        }
        if let Some(address) = host::simulated_address() {
            controls.navigate(login::get(&address));
        } else if hash() == "#login" {
            controls.start_login(GrantType::Implicit);
        }
    });
}

/// The newest run of a log, and the refusal that stopped it.
pub fn latest_run(events: &[Event]) -> (Run, Vec<Event>) {
    let run = crate::state::run::split_runs(events).last().map(|r| r.to_vec()).unwrap_or_default();
    let signed_in = run.iter().any(|e| e.call.starts_with("GET /oauth2/authorize"));
    (if signed_in { Run::Ana } else { Run::Guest }, run)
}
