//! The console: every operation of every service as a form.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::console::catalog::{Catalog, matches};
use crate::console::operation_form::{code, operation_form, outcome};
use crate::hooks::console::{Controls, use_console};
use crate::parts::event_detail::EventDetail;
use crate::parts::top_bar::TopBar;
use crate::route::Route;
use crate::state::console::Action;
use crate::state::selection::Selection;

/// The console.
#[component]
pub fn ConsolePage() -> Html {
    let controls = use_console();
    let state = &controls.state;
    let now = (state.now > 0).then_some(state.now);
    html! { <>
        <a class="skip" href="#main">{"Skip to content"}</a>
        <TopBar current={Route::Console} {now} />
        <main id="main" class="console-page" tabindex="-1">
            {operations(&controls)}
            <div class="console-form">
                if let Some(text) = &state.failure {
                    <p class="error-box" role="alert"><b>{"The call was not sent. "}</b>{text}</p>
                }
                {heading(&controls)}
                { for operation_form(&controls) }
            </div>
            <div class="console-result">
                { for code(&controls) }
                { for outcome(&controls) }
                {event(&controls)}
            </div>
        </main>
    </> }
}

fn heading(controls: &Controls) -> Html {
    match controls.state.operation {
        Some(operation) => html! { <>
            <p class="caption">{operation.service.endpoint_prefix}</p>
            <h1>{operation.operation.name}</h1>
        </> },
        None => html! { <>
            <h1>{"Console"}</h1>
            <p>{"Choose an operation. Its form sends a real request to the simulator, and shows the same call for the AWS CLI and the SDKs."}</p>
        </> },
    }
}

/// The list of operations with its search field.
fn operations(controls: &Controls) -> Html {
    let state = &controls.state;
    let dispatcher = state.dispatcher();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        dispatcher.dispatch(Action::Searched(input.map(|i| i.value()).unwrap_or_default()));
    });
    let list = match &state.catalog {
        Some(catalog) => operation_list(controls, catalog),
        None if state.failure.is_some() => html! {},
        None => html! { <p class="empty" role="status">{"Starting…"}</p> },
    };
    html! {
        <nav class="operation-list" aria-label="Operations">
            <div class="field">
                <label for="search">{"Find an operation"}</label>
                <input id="search" type="search" value={state.search.clone()} {oninput} spellcheck="false" autocomplete="off" />
            </div>
            {list}
        </nav>
    }
}

fn operation_list(controls: &Controls, catalog: &Catalog) -> Html {
    let chosen = controls.state.operation.map(|operation| operation.id());
    let found: Vec<(&str, &str)> = catalog
        .names()
        .filter(|(service, name)| matches(service, name, &controls.state.search))
        .collect();
    let mut services: Vec<&str> = found.iter().map(|(service, _)| *service).collect();
    services.dedup();
    let link = |service: &str, name: &str| {
        let id = format!("{service}.{name}");
        let current = (chosen.as_ref() == Some(&id)).then_some("true");
        html! { <li key={id.clone()}><a href={format!("#{id}")} aria-current={current}>{name.to_owned()}</a></li> }
    };
    html! { <>
        <p class="caption" role="status">{format!("{} operations", found.len())}</p>
        <div class="scroll">
            { for services.iter().map(|service| html! {
                <section key={service.to_string()}>
                    <h2>{service.to_string()}</h2>
                    <ul>{ for found.iter().filter(|(of, _)| of == service).map(|(service, name)| link(service, name)) }</ul>
                </section>
            }) }
        </div>
    </> }
}

/// The event of the last call: why it was allowed or refused.
fn event(controls: &Controls) -> Html {
    let state = &controls.state;
    let Some(number) = state.outcome.as_ref().and_then(|outcome| outcome.event) else {
        return html! {};
    };
    html! {
        <section class="call-event" aria-label="Event">
            <EventDetail events={state.events.clone()} selection={Selection::Event(number)} now={state.now}
                client={controls.client.clone()} on_open={Callback::noop()} on_fix={Callback::noop()} />
        </section>
    }
}
