//! The workbench: journey strip, objects, browser and inbox, inspector, trace.

use cognitab_trace::control::Mail;
use yew::prelude::*;

use crate::components::{ButtonKind, ButtonSize, Copy, Tabs, button_class, line_icon};
use crate::hooks::lab::{Controls, latest_run, use_lab};
use crate::parts::browser_frame::{BrowserFrameProps, browser_frame};
use crate::parts::event_detail::EventDetail;
use crate::parts::journey_strip::{self, JourneyStripProps};
use crate::parts::photo_app::photo_app;
use crate::parts::top_bar::TopBar;
use crate::parts::trace_list::TraceList;
use crate::route::Route;
use crate::state::lab::{Action, Pane};
use crate::state::labels;
use crate::state::run::Run;
use crate::state::selection::Selection;

/// The workbench.
#[component]
pub fn LabPage() -> Html {
    let controls = use_lab();
    let state = &controls.state;
    let now = (state.now > 0).then_some(state.now);
    let open = match state.pane {
        Pane::Objects => "show-objects",
        Pane::Browser => "show-browser",
        Pane::Trace => "show-trace",
        Pane::Inspect => "show-inspector",
    };
    html! {
        <div class={classes!("workbench", open)}>
            <a class="skip" href="#main">{"Skip to content"}</a>
            <a class="skip" href="#trace">{"Skip to trace"}</a>
            <TopBar current={Route::Lab} {now} />
            {strip(&controls)}
            <main class="workspace" id="main" tabindex="-1">
                <h1 class="visually-hidden">{"Workbench"}</h1>
                <section class="pane objects" aria-label="Objects">{objects(&controls)}</section>
                <section class="pane browser" aria-label="Browser and inbox">{browser_pane(&controls)}</section>
                <section class="pane inspector" aria-label="Inspector">{inspector(&controls)}</section>
                <section class="trace" id="trace" aria-label="Trace" tabindex="-1">{trace(&controls)}</section>
            </main>
            {pane_switcher(&controls)}
        </div>
    }
}

fn strip(controls: &Controls) -> Html {
    let (run, events) = latest_run(&controls.state.events);
    let on_click = |action: fn(&Controls)| {
        let controls = controls.clone();
        Callback::from(move |_: MouseEvent| action(&controls))
    };
    let state = controls.state.clone();
    let open_artifact = Callback::from(move |artifact| {
        state.dispatch(Action::Selected(Selection::Artifact(artifact)))
    });
    let children = html! { <>
        <button class={button_class(ButtonKind::Primary, ButtonSize::Small)} onclick={on_click(|c| c.run(Run::Ana))}>{line_icon("i-play")}{"Run as Ana"}</button>
        <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={on_click(|c| c.run(Run::Guest))}>{"Run as guest"}</button>
        {undo(controls)}
        <button class={button_class(ButtonKind::Quiet, ButtonSize::Small)} onclick={on_click(|c| c.reset("photo-app"))}>{line_icon("i-reset")}{"Reset"}</button>
    </> };
    let (now, open_event) = (controls.state.now, open_event(controls));
    journey_strip::journey_strip(&JourneyStripProps {
        run,
        events,
        now,
        open_event,
        open_artifact,
        children,
    })
}

fn undo(controls: &Controls) -> Html {
    let change = controls.state.undo.clone();
    let nothing = change.is_none();
    let title = change.map_or("Nothing to undo".to_owned(), |c| format!("Undo {c} (u)"));
    let controls = controls.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if !nothing {
            controls.undo();
        }
    });
    html! {
        <button class={button_class(ButtonKind::Quiet, ButtonSize::Small)} {title} aria-disabled={nothing.to_string()} {onclick}>{line_icon("i-undo")}{"Undo"}</button>
    }
}

fn open_event(controls: &Controls) -> Callback<u64> {
    let state = controls.state.clone();
    Callback::from(move |number| state.dispatch(Action::Selected(Selection::Event(number))))
}

/// The objects of a scenario by group: key of the scenario's value, and label.
const OBJECTS: [(&str, &[(&str, &str)]); 4] = [
    ("User pools", &[("userPool", "User pool"), ("client", "App client"), ("domain", "Domain")]),
    ("Identity pools", &[("identityPool", "Identity pool")]),
    ("Roles", &[("signedInRole", "Signed in"), ("guestRole", "Guest")]),
    ("Data", &[("bucket", "Bucket"), ("table", "Table")]),
];

/// Label of a value that is not in [`OBJECTS`].
fn value_label(key: &str) -> &str {
    match key {
        "callback" => "Callback URL",
        "signOut" => "Sign-out URL",
        other => other,
    }
}

fn objects(controls: &Controls) -> Html {
    let scenario = &controls.state.scenario;
    let named: Vec<&str> =
        OBJECTS.iter().flat_map(|(_, list)| list.iter().map(|(k, _)| *k)).collect();
    let rest: Vec<(&str, &str)> = scenario
        .values
        .keys()
        .map(String::as_str)
        .filter(|k| !named.contains(k))
        .map(|k| (k, value_label(k)))
        .collect();
    let group = |title: &str, list: &[(&str, &str)]| {
        let rows: Vec<Html> = list
            .iter()
            .filter(|(key, _)| !scenario.get(key).is_empty())
            .map(|(key, name)| {
                let id = scenario.get(key).to_owned();
                html! { <li><span>{*name}</span><code title={id.clone()}>{labels::shorten(&id)}</code><Copy text={id} what={(*name).to_owned()} /></li> }
            })
            .collect();
        (!rows.is_empty()).then(|| html! { <><h3>{title.to_owned()}</h3><ul>{rows}</ul></> })
    };
    html! { <>
        <div class="panel-header"><h2>{"Objects in Studio"}</h2></div>
        <div class="scroll object-list">
            if scenario.values.is_empty() {
                <p class="empty">{empty_world(controls)}</p>
            }
            { for OBJECTS.iter().filter_map(|(title, list)| group(title, list)) }
            {group("Other", &rest)}
        </div>
    </> }
}

fn empty_world(controls: &Controls) -> Html {
    if !controls.state.ready {
        return html! { {"Loading the lab world."} };
    }
    let controls = controls.clone();
    html! { <>
        {"This world has two accounts without resources. "}
        <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={Callback::from(move |_| controls.reset("photo-app"))}>{"Load the photo app"}</button>
    </> }
}

fn browser_pane(controls: &Controls) -> Html {
    let state = &controls.state;
    let count = state.inbox.len();
    let names = vec![
        AttrValue::from("Browser"),
        AttrValue::from(if count == 0 { "Inbox".to_owned() } else { format!("Inbox, {count}") }),
    ];
    let to = state.clone();
    let body = match (&state.failure, state.tab) {
        (Some(text), _) => unavailable(controls, text),
        (None, 1) => inbox(&state.inbox),
        (None, _) => browser(controls),
    };
    html! { <>
        <div class="panel-header">
            <h2 class="visually-hidden">{"Browser and inbox"}</h2>
            <Tabs label="Browser and inbox" {names} selected={state.tab} panel="browser" on_select={Callback::from(move |at| to.dispatch(Action::TabOpened(at)))} />
            if state.busy { <span class="caption" role="status">{if state.ready { "waiting…" } else { "starting…" }}</span> }
        </div>
        <div id="browser" class="browser-body" role="tabpanel" aria-label="Browser and inbox">{body}</div>
    </> }
}

/// Why the broker does not answer, and what the user can do.
fn unavailable(controls: &Controls, text: &str) -> Html {
    let on_click = |action: fn(&Controls)| {
        let controls = controls.clone();
        Callback::from(move |_: MouseEvent| action(&controls))
    };
    let text = text.trim_end_matches('.');
    if controls.state.ready || !controls.state.has_stored_data {
        return html! {
            <p class="error-box" role="alert"><b>{"The simulator does not answer. "}</b>{text}{". Reload the page to restart it."}</p>
        };
    }
    html! { <>
        <p class="error-box" role="alert"><b>{"The lab cannot be opened. "}</b>{text}{"."}</p>
        <div class="button-row error-box">
            <button class={button_class(ButtonKind::Primary, ButtonSize::Standard)} onclick={on_click(Controls::download)}>{"Download the stored lab"}</button>
            <button class={button_class(ButtonKind::Standard, ButtonSize::Standard)} onclick={on_click(Controls::discard_and_restart)}>{"Delete it and start over"}</button>
        </div>
    </> }
}

fn browser(controls: &Controls) -> Html {
    let state = controls.state.clone();
    let Some(page) = state.page().cloned() else {
        return html! { <p class="empty">{"Opening the browser."}</p> };
    };
    let (go, busy) = (controls.clone(), state.busy);
    browser_frame(&BrowserFrameProps {
        page,
        busy,
        on_navigate: Callback::from(move |request| go.navigate(request)),
        on_back: Callback::from(move |_: MouseEvent| state.dispatch(Action::WentBack)),
        children: photo_app(controls),
    })
}

fn inbox(mail: &[Mail]) -> Html {
    if mail.is_empty() {
        return html! { <p class="empty">{"No messages yet. Signing up or resetting a password sends one."}</p> };
    }
    html! {
        <ol class="inbox scroll">
            { for mail.iter().map(|m| html! {
                <li>
                    <p class="caption">{format!("{} to {} · {}", m.medium, m.to, labels::time_of_day(m.at))}</p>
                    { for m.subject.as_ref().map(|s| html! { <b>{s}</b> }) }
                    <p>{&m.body}</p>
                    { for m.code.as_ref().filter(|code| !code.is_empty()).map(|code| html! {
                        <Copy text={code.clone()} label={format!("Copy code {}", labels::shorten(code))} />
                    }) }
                </li>
            }) }
        </ol>
    }
}

fn inspector(controls: &Controls) -> Html {
    let state = controls.state.clone();
    let Some(selection) = state.selection.clone() else {
        return html! { <>
            <div class="panel-header"><h2>{"Inspector"}</h2></div>
            <p class="empty">{"Select an event in the trace, or a token, to see its reason, wire format and decoded values."}</p>
        </> };
    };
    let to = state.clone();
    let fix = controls.clone();
    html! {
        <EventDetail events={state.events.clone()} {selection} now={state.now} client={controls.client.clone()}
            on_open={Callback::from(move |selection| to.dispatch(Action::Selected(selection)))}
            on_fix={Callback::from(move |f| fix.apply_fix(f))} />
    }
}

fn trace(controls: &Controls) -> Html {
    let state = controls.state.clone();
    let selected = match &state.selection {
        Some(Selection::Event(number)) => Some(*number),
        _ => None,
    };
    let to = state.clone();
    html! {
        <TraceList events={state.events.clone()} now={state.now} {selected} open_event={open_event(controls)} station_filter={state.station_filter}
            on_filter={Callback::from(move |station| to.dispatch(Action::StationFiltered(station)))} />
    }
}

/// The pane switcher for narrow screens.
fn pane_switcher(controls: &Controls) -> Html {
    html! {
        <nav class="pane-switcher" aria-label="Panes">
            { for Pane::ALL.iter().map(|(pane, name)| {
                let (state, pane) = (controls.state.clone(), *pane);
                let current = (controls.state.pane == pane).then_some("true");
                html! {
                    <button aria-current={current} onclick={Callback::from(move |_| state.dispatch(Action::PaneShown(pane)))}>{*name}</button>
                }
            }) }
        </nav>
    }
}
