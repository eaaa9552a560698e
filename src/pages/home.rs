//! Home: three runs, one allowed and two refused.

use yew::prelude::*;

use crate::components::{Link, line_icon};
use crate::hooks::home::{Controls, use_home};
use crate::parts::event_detail::EventDetail;
use crate::parts::journey_map::{JourneyMapProps, journey_map};
use crate::parts::sequence_diagram::{SequenceDiagramProps, sequence_diagram};
use crate::parts::top_bar::TopBar;
use crate::route::Route;
use crate::state::home::Action;
use crate::state::labels;
use crate::state::reason;
use crate::state::run::{Outcome, Run, outcome, stopping_event};
use crate::state::selection::Selection;
use crate::state::url_state::GrantType;

/// The home page.
#[component]
pub fn HomePage() -> Html {
    let controls = use_home();
    let state = &controls.state;
    let now = (state.now > 0).then_some(state.now);
    html! { <>
        <a class="skip" href="#main">{"Skip to content"}</a>
        <TopBar current={Route::Home} {now} />
        <main id="main" tabindex="-1">
            <div class="wrap"><section class="hero">
                <div>
                    <h1>{"Ana uploads a file. "}<span>{"Follow the request through seven stations."}</span></h1>
                    <p aria-live="polite">{state.summary()}</p>
                </div>
                {run_list(&controls)}
            </section></div>
            <>{failure(state.failure.as_deref())}</>
            {runs_band(&controls)}
            <>{panel(&controls)}</>
            <>{takeaway(&controls)}</>
            <div class="wrap">{next_steps()}{footer()}</div>
        </main>
    </> }
}

fn run_list(controls: &Controls) -> Html {
    let next =
        controls.state.waiting.is_empty().then(|| controls.state.url_state.next_run()).flatten();
    html! {
        <ol class="run-list" aria-label="Three runs">
            { for Run::ALL.iter().enumerate().map(|(at, run)| {
                let pressed = controls.clone();
                let run = *run;
                let is_next = next == Some(run) && controls.state.running.is_none();
                html! {
                    <li class={classes!(is_next.then_some("next"))}>
                        <button id={format!("run-{}", run.slug())} data-run={run.slug()}
                            onclick={Callback::from(move |_: MouseEvent| pressed.start_run(run))}>
                            <span class="run-number">{at + 1}</span>{run.label()}{run_outcome(controls, run, is_next)}
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}

/// The result at the end of a run's button.
fn run_outcome(controls: &Controls, run: Run, next: bool) -> Html {
    let state = &controls.state;
    if state.running == Some(run) {
        return html! { <span class="run-outcome">{"running…"}</span> };
    }
    if state.waiting.contains(&run) {
        return html! { <span class="run-outcome">{"starting…"}</span> };
    }
    let events = state.url_state.runs.contains(&run).then(|| state.events_of(run)).flatten();
    match events.as_ref().map(|events| outcome(events)) {
        Some(Outcome::Allowed) => {
            html! { <span class="run-outcome text-allow">{line_icon("i-ok")}{"Allowed"}</span> }
        }
        Some(Outcome::Stopped(station, _)) => html! {
            <span class="run-outcome text-deny">{line_icon("i-ring")}{format!("Stopped at {}", labels::station(station))}</span>
        },
        _ if next => html! { <span class="kbd">{"Enter"}</span> },
        _ => html! { <span class="run-outcome"></span> },
    }
}

fn failure(text: Option<&str>) -> Option<Html> {
    text.map(|text| html! {
        <div class="wrap"><p class="error-box" role="alert"><b>{"The simulator does not answer. "}</b>
            {text.to_owned()}{". Reload the page to restart it."}</p></div>
    })
}

fn runs_band(controls: &Controls) -> Html {
    let state = &controls.state;
    let selected = match &state.selection {
        Some(Selection::Event(number)) => Some(*number),
        _ => None,
    };
    let open_event = {
        let state = state.clone();
        Callback::from(move |number| {
            state.dispatch(Action::Selected(Some(Selection::Event(number))))
        })
    };
    let open_artifact = {
        let state = state.clone();
        Callback::from(move |artifact| {
            state.dispatch(Action::Selected(Some(Selection::Artifact(artifact))))
        })
    };
    html! {
        <section class="runs-band" aria-label="Runs through seven stations"><div class="wrap">
            <h2 class="visually-hidden">{"Runs through seven stations"}</h2>
            {view_bar(controls)}
            if state.url_state.sequence {
                {sequence_diagram(&SequenceDiagramProps { lines: state.lines(), now: state.now, selected, open_event })}
            } else {
                {journey_map(&JourneyMapProps { lines: state.lines(), scenario: state.scenario.clone(), now: state.now, selected, open_event, open_artifact })}
            }
        </div></section>
    }
}

/// Switches between map and sequence diagram, and between the OAuth grants.
fn view_bar(controls: &Controls) -> Html {
    let state = &controls.state;
    let view = |sequence: bool, name: &'static str| {
        let to = state.clone();
        html! {
            <button aria-pressed={(state.url_state.sequence == sequence).to_string()}
                onclick={Callback::from(move |_| to.dispatch(Action::ViewChanged(sequence)))}>{name}</button>
        }
    };
    let grant = |grant: GrantType, name: &'static str| {
        let to = controls.clone();
        html! {
            <button aria-pressed={(state.url_state.grant == grant).to_string()}
                onclick={Callback::from(move |_| to.set_grant(grant))}>{name}</button>
        }
    };
    let note = match state.url_state.grant {
        GrantType::Implicit => {
            html! { <><b>{"Then"}</b>{": courses use the implicit grant, and tokens appear in the address bar. "}<b>{"Now"}</b>{": OAuth 2.1 omits it; use the authorization code grant with PKCE."}</> }
        }
        GrantType::Code => {
            html! { <><b>{"Now"}</b>{": an authorization code that is valid once and needs a PKCE code verifier; tokens never appear in a URL. "}<b>{"Then"}</b>{": the implicit grant."}</> }
        }
    };
    html! {
        <div class="view-bar">
            <div class="segmented" role="group" aria-label="View">{view(false, "Map")}{view(true, "Sequence")}</div>
            <div class="grant-choice">
                <span>{note}</span>
                <div class="segmented" role="group" aria-label="Grant">{grant(GrantType::Implicit, "Implicit")}{grant(GrantType::Code, "Code + PKCE")}</div>
            </div>
        </div>
    }
}

fn panel(controls: &Controls) -> Option<Html> {
    let state = controls.state.clone();
    let selection = state.selection.clone()?;
    let stopped = match &selection {
        Selection::Event(number) => {
            state.events.iter().any(|e| e.number == *number && e.refusal.is_some())
        }
        Selection::Artifact(_) => false,
    };
    let to = state.clone();
    let on_open = Callback::from(move |selection| to.dispatch(Action::Selected(Some(selection))));
    let apply_fix = controls.clone();
    let on_fix = Callback::from(move |fix| apply_fix.apply_fix(fix));
    let to = state.clone();
    let on_close = Callback::from(move |_: MouseEvent| to.dispatch(Action::Selected(None)));
    Some(html! {
        <section class={classes!("detail-band", stopped.then_some("stopped"))} aria-label="Details"><div class="wrap">
            <EventDetail events={state.events.clone()} {selection} now={state.now} client={controls.client.clone()}
                wide={true} {on_open} {on_fix} {on_close} />
        </div></section>
    })
}

/// What the runs show: both refusals side by side.
fn takeaway(controls: &Controls) -> Option<Html> {
    let state = &controls.state;
    let refused = |run: Run| {
        let events = state.url_state.runs.contains(&run).then(|| state.events_of(run)).flatten()?;
        let event = stopping_event(&events)?.clone();
        let reason = reason::reason(&state.events, &event)?;
        let keys =
            crate::state::run::returned(&events, cognitab_trace::event::ArtifactKind::Credentials)
                .is_some();
        Some((reason, keys))
    };
    let (guest, trust) = (refused(Run::Guest)?, refused(Run::TrustChanged)?);
    let row = |name: &'static str, of: &dyn Fn(&(reason::Reason, bool)) -> String| {
        html! {
            <tr><th scope="row">{name}</th><td data-of="Guest">{of(&guest)}</td><td data-of="Ana, trust changed">{of(&trust)}</td></tr>
        }
    };
    let message = |(reason, _): &(reason::Reason, bool)| {
        reason.event.refusal.as_ref().map(|r| r.message.clone()).unwrap_or_default()
    };
    let at = |(reason, _): &(reason::Reason, bool)| {
        let station = reason.event.refusal.as_ref().map_or(reason.event.to, |r| r.station);
        labels::station(station).to_owned()
    };
    let keys =
        |(_, keys): &(reason::Reason, bool)| if *keys { "issued" } else { "not issued" }.to_owned();
    Some(html! {
        <div class="wrap"><section class="takeaway" aria-label="What the runs show">
            <h2>{"Same app, two different refusals. "}<span>{"Trust decides who gets the role. Permissions decide what it can do."}</span></h2>
            <table>
                <caption>{"The two refusals side by side"}</caption>
                <thead><tr><td></td><th scope="col">{"Guest"}</th><th scope="col">{"Ana, trust changed"}</th></tr></thead>
                <tbody>
                    {row("Stopped at", &at)}
                    {row("Refused by", &|(r, _)| r.policy.clone())}
                    {row("Credentials", &keys)}
                    {row("AWS says", &message)}
                </tbody>
            </table>
        </section></div>
    })
}

fn next_steps() -> Html {
    html! {
        <section class="next-steps" aria-label="Next steps">
            <Link to={Route::Lab} class="next-step">
                <h2>{"Break it yourself "}{line_icon("i-right")}</h2>
                <p>{"The same app on the workbench, with every request, token and reason."}</p>
            </Link>
            <Link to={Route::Lab} fragment="#login" class="next-step">
                <h2>{"Sign in yourself "}{line_icon("i-right")}</h2>
                <p>{"Enter the password on the hosted login page, and see what the callback URL contains."}</p>
            </Link>
        </section>
    }
}

fn footer() -> Html {
    html! {
        <footer class="footer"><span>{"A simulator that runs in this tab. Not affiliated with Amazon Web Services."}</span></footer>
    }
}
