//! The simulated app: it asks for a login, keeps what comes back, and uses it.

use cognitab_trace::event::Artifact;
use yew::prelude::*;

use crate::components::Chip;
use crate::hooks::lab::Controls;
use crate::state::lab::{Action, PageBody};
use crate::state::oauth::callback_params;
use crate::state::selection::Selection;
use crate::state::url_state::GrantType;

fn button(
    label: &'static str,
    enabled: bool,
    class: &'static str,
    press: impl Fn() + 'static,
) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| {
        if enabled {
            press();
        }
    });
    html! {
        <button class={classes!("btn", class)} aria-disabled={(!enabled).to_string()} {onclick}>{label}</button>
    }
}

/// The page that the app shows.
pub fn photo_app(controls: &Controls) -> Html {
    let lab = &controls.lab;
    let called = lab.page().is_some_and(|p| p.body == PageBody::Callback);
    html! {
        <div class="photo">
            <h3>{"Photos"}</h3>
            if called && lab.tokens.is_none() { {arrived(controls)} } else { {sign_in(controls)} }
            {use_it(controls)}
            if let Some(said) = &lab.said { <p class="oops" role="status"><b>{"The app was told: "}</b>{said}</p> }
        </div>
    }
}

fn sign_in(controls: &Controls) -> Html {
    let ask = |grant: GrantType| {
        let controls = controls.clone();
        move || controls.ask(grant)
    };
    let held = controls.lab.tokens.is_some();
    html! { <>
        <p class="t2">{if held { "Signed in. The app holds the tokens below." } else { "Nobody is signed in." }}</p>
        <div class="row">
            {button("Sign in", true, if held { "" } else { "p" }, ask(GrantType::Implicit))}
            {button("Sign in with code + PKCE", true, "", ask(GrantType::Code))}
            if held {
                {button("Sign out", true, "", { let controls = controls.clone(); move || controls.sign_out() })}
            }
        </div>
    </> }
}

/// Called back: tokens or a code stand in the address.
fn arrived(controls: &Controls) -> Html {
    let url = controls.lab.page().map(|p| p.url.clone()).unwrap_or_default();
    let code = callback_params(&url).iter().any(|(n, _)| n == "code");
    let take = {
        let controls = controls.clone();
        move || controls.take(url.clone())
    };
    html! { <>
        <p class="t2">{if code {
            "The login sent a code back in the address. It is good once, for five minutes."
        } else {
            "The login sent tokens back in the address, after the #."
        }}</p>
        <div class="row">{button(if code { "Trade the code" } else { "Take the tokens" }, true, "p", take)}</div>
    </> }
}

/// What the app holds, and what it can do with it.
fn use_it(controls: &Controls) -> Html {
    let lab = &controls.lab;
    let (tokens, keys) = (lab.tokens.is_some(), lab.keys.is_some());
    let trade = |guest: bool| {
        let controls = controls.clone();
        move || controls.trade(guest)
    };
    let object = |method: &'static str| {
        let controls = controls.clone();
        move || controls.object(method)
    };
    let open = {
        let lab = lab.clone();
        Callback::from(move |artifact| {
            lab.dispatch(Action::Selected(Selection::Artifact(artifact)))
        })
    };
    let held = held(controls);
    html! { <>
        if !held.is_empty() {
            <p class="row"><span class="cap">{"holds"}</span>
                { for held.into_iter().map(|artifact| html! { <Chip {artifact} now={lab.now} open={open.clone()} /> }) }
            </p>
        }
        <div class="row">
            {button("Get keys with the ID token", tokens, if tokens && !keys { "p" } else { "" }, trade(false))}
            {button("Get keys as a guest", true, "", trade(true))}
        </div>
        <div class="row">
            {button("Upload lake.jpg", keys, if keys { "p" } else { "" }, object("PUT"))}
            {button("Read it back", keys, "", object("GET"))}
            {button("Delete it", keys, "", object("DELETE"))}
        </div>
    </> }
}

/// The artifacts that the app holds, as the log knows them.
fn held(controls: &Controls) -> Vec<Artifact> {
    let lab = &controls.lab;
    let mut values: Vec<&str> = Vec::new();
    if let Some(tokens) = &lab.tokens {
        values.extend([tokens.id.as_str(), tokens.access.as_str()]);
        values.extend(tokens.refresh.as_deref());
    }
    values.extend(lab.keys.as_ref().map(|k| k.access_key_id.as_str()));
    let known = |value: &&str| {
        lab.events.iter().flat_map(|e| &e.returns).find(|a| a.value == **value).cloned()
    };
    values.iter().filter_map(known).collect()
}
