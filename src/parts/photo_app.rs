//! The simulated photo app: it signs a user in, keeps the tokens, and calls AWS with them.

use cognitab_trace::event::Artifact;
use yew::prelude::*;

use crate::components::{ButtonKind, ButtonSize, Chip, button_class};
use crate::hooks::lab::Controls;
use crate::state::lab::{Action, PageBody};
use crate::state::oauth::callback_params;
use crate::state::selection::Selection;
use crate::state::url_state::GrantType;

fn button(
    label: &'static str,
    enabled: bool,
    kind: ButtonKind,
    press: impl Fn() + 'static,
) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| {
        if enabled {
            press();
        }
    });
    html! {
        <button class={button_class(kind, ButtonSize::Standard)} aria-disabled={(!enabled).to_string()} {onclick}>{label}</button>
    }
}

/// The page of the app.
pub fn photo_app(controls: &Controls) -> Html {
    let state = &controls.state;
    let is_callback = state.page().is_some_and(|p| p.body == PageBody::Callback);
    html! {
        <div class="photo-app">
            <h3>{"Photos"}</h3>
            if is_callback && state.tokens.is_none() { {callback(controls)} } else { {sign_in(controls)} }
            {resources(controls)}
            if let Some(message) = &state.app_error { <p class="error-box" role="status"><b>{"The app received: "}</b>{message}</p> }
        </div>
    }
}

fn sign_in(controls: &Controls) -> Html {
    let ask = |grant: GrantType| {
        let controls = controls.clone();
        move || controls.start_login(grant)
    };
    let held = controls.state.tokens.is_some();
    html! { <>
        <p class="text-secondary">{if held { "Signed in. The app holds the tokens below." } else { "Nobody is signed in." }}</p>
        <div class="button-row">
            {button("Sign in", true, if held { ButtonKind::Standard } else { ButtonKind::Primary }, ask(GrantType::Implicit))}
            {button("Sign in with code + PKCE", true, ButtonKind::Standard, ask(GrantType::Code))}
            if held {
                {button("Sign out", true, ButtonKind::Standard, { let controls = controls.clone(); move || controls.sign_out() })}
            }
        </div>
    </> }
}

/// The callback page: the URL holds tokens or an authorization code.
fn callback(controls: &Controls) -> Html {
    let url = controls.state.page().map(|p| p.url.clone()).unwrap_or_default();
    let code = callback_params(&url).iter().any(|(n, _)| n == "code");
    let take = {
        let controls = controls.clone();
        move || controls.accept_callback(url.clone())
    };
    html! { <>
        <p class="text-secondary">{if code {
            "The callback URL contains an authorization code. It is valid once, for five minutes."
        } else {
            "The callback URL contains the tokens, after the #."
        }}</p>
        <div class="button-row">{button(if code { "Exchange the code" } else { "Store the tokens" }, true, ButtonKind::Primary, take)}</div>
    </> }
}

/// The app's tokens and credentials, and the calls it can make with them.
fn resources(controls: &Controls) -> Html {
    let state = &controls.state;
    let (has_tokens, has_credentials) = (state.tokens.is_some(), state.credentials.is_some());
    let get_credentials = |guest: bool| {
        let controls = controls.clone();
        move || controls.get_credentials(guest)
    };
    let object = |method: &'static str| {
        let controls = controls.clone();
        move || controls.send_object_request(method)
    };
    let open = {
        let state = state.clone();
        Callback::from(move |artifact| {
            state.dispatch(Action::Selected(Selection::Artifact(artifact)))
        })
    };
    let held = held_artifacts(controls);
    html! { <>
        if !held.is_empty() {
            <p class="button-row"><span class="caption">{"In the app:"}</span>
                { for held.into_iter().map(|artifact| html! { <Chip {artifact} now={state.now} open={open.clone()} /> }) }
            </p>
        }
        <div class="button-row">
            {button("Get credentials with the ID token", has_tokens, if has_tokens && !has_credentials { ButtonKind::Primary } else { ButtonKind::Standard }, get_credentials(false))}
            {button("Get credentials as a guest", true, ButtonKind::Standard, get_credentials(true))}
        </div>
        <div class="button-row">
            {button("Upload lake.jpg", has_credentials, if has_credentials { ButtonKind::Primary } else { ButtonKind::Standard }, object("PUT"))}
            {button("Download lake.jpg", has_credentials, ButtonKind::Standard, object("GET"))}
            {button("Delete lake.jpg", has_credentials, ButtonKind::Standard, object("DELETE"))}
        </div>
    </> }
}

/// The app's tokens and credentials, as the event log knows them.
fn held_artifacts(controls: &Controls) -> Vec<Artifact> {
    let state = &controls.state;
    let mut values: Vec<&str> = Vec::new();
    if let Some(tokens) = &state.tokens {
        values.extend([tokens.id.as_str(), tokens.access.as_str()]);
        values.extend(tokens.refresh.as_deref());
    }
    values.extend(state.credentials.as_ref().map(|k| k.access_key_id.as_str()));
    let known = |value: &&str| {
        state.events.iter().flat_map(|e| &e.returns).find(|a| a.value == **value).cloned()
    };
    values.iter().filter_map(known).collect()
}
