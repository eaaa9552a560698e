//! Home: three presses of one key, one success, two refusals.

use yew::prelude::*;

use crate::components::{Link, line_icon};
use crate::hooks::home::{Controls, use_home};
use crate::parts::event_detail::EventDetail;
use crate::parts::journey_map::{JourneyMap, journey_map};
use crate::parts::sequence_picture::{SequencePicture, sequence_picture};
use crate::parts::top_bar::TopBar;
use crate::route::Route;
use crate::state::address::Flow;
use crate::state::home::Act;
use crate::state::reason;
use crate::state::run::{Outcome, Slot, outcome, stop};
use crate::state::selection::Pick;
use crate::state::words;

/// The page.
#[component]
pub fn Home() -> Html {
    let controls = use_home();
    let home = &controls.home;
    let now = (home.now > 0).then_some(home.now);
    html! { <>
        <a class="skip" href="#main">{"Skip to content"}</a>
        <TopBar here={Route::Home} {now} />
        <main id="main" tabindex="-1">
            <div class="wrap"><section class="lead">
                <div>
                    <h1>{"Ana uploads a file. "}<span>{"Watch every hand it passes through."}</span></h1>
                    <p aria-live="polite">{home.lead()}</p>
                </div>
                {run_list(&controls)}
            </section></div>
            <>{failure(home.failure.as_deref())}</>
            {band(&controls)}
            <>{panel(&controls)}</>
            <>{moral(&controls)}</>
            <div class="wrap">{doors()}{foot()}</div>
        </main>
    </> }
}

fn run_list(controls: &Controls) -> Html {
    let next = controls.home.waiting.is_empty().then(|| controls.home.address.next()).flatten();
    html! {
        <ol class="seq" aria-label="Three runs">
            { for Slot::ALL.iter().enumerate().map(|(at, slot)| {
                let pressed = controls.clone();
                let slot = *slot;
                let is_next = next == Some(slot) && controls.home.running.is_none();
                html! {
                    <li class={classes!(is_next.then_some("next"))}>
                        <button id={format!("run-{}", slot.word())} data-run={slot.word()}
                            onclick={Callback::from(move |_: MouseEvent| pressed.press(slot))}>
                            <span class="n">{at + 1}</span>{slot.label()}{told(controls, slot, is_next)}
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}

/// What a run's button says at its end.
fn told(controls: &Controls, slot: Slot, next: bool) -> Html {
    let home = &controls.home;
    if home.running == Some(slot) {
        return html! { <span class="out">{"running…"}</span> };
    }
    if home.waiting.contains(&slot) {
        return html! { <span class="out">{"starting…"}</span> };
    }
    let run = home.address.runs.contains(&slot).then(|| home.events_of(slot)).flatten();
    match run.as_ref().map(|run| outcome(run)) {
        Some(Outcome::Allowed) => {
            html! { <span class="out ok">{line_icon("i-ok")}{"Allowed"}</span> }
        }
        Some(Outcome::Stopped(station, _)) => html! {
            <span class="out no">{line_icon("i-ring")}{format!("Stopped at {}", words::station(station))}</span>
        },
        _ if next => html! { <span class="kbd">{"Enter"}</span> },
        _ => html! { <span class="out"></span> },
    }
}

fn failure(text: Option<&str>) -> Option<Html> {
    text.map(|text| html! {
        <div class="wrap"><p class="oops" role="alert"><b>{"The simulator does not answer. "}</b>
            {text.to_owned()}{". Reload the page to start it again."}</p></div>
    })
}

fn band(controls: &Controls) -> Html {
    let home = &controls.home;
    let open = match &home.pick {
        Some(Pick::Event(number)) => Some(*number),
        _ => None,
    };
    let pick = {
        let home = home.clone();
        Callback::from(move |number| home.dispatch(Act::Picked(Some(Pick::Event(number)))))
    };
    let chip = {
        let home = home.clone();
        Callback::from(move |artifact| home.dispatch(Act::Picked(Some(Pick::Artifact(artifact)))))
    };
    html! {
        <section class="mapband" aria-label="Runs through seven stations"><div class="wrap">
            <h2 class="vh">{"Runs through seven stations"}</h2>
            {bar(controls)}
            if home.address.sequence {
                {sequence_picture(&SequencePicture { lines: home.lines(), now: home.now, open, pick })}
            } else {
                {journey_map(&JourneyMap { lines: home.lines(), scenario: home.scenario.clone(), now: home.now, open, pick, chip })}
            }
        </div></section>
    }
}

/// Map or sequence; implicit or code.
fn bar(controls: &Controls) -> Html {
    let home = &controls.home;
    let view = |sequence: bool, name: &'static str| {
        let to = home.clone();
        html! {
            <button aria-pressed={(home.address.sequence == sequence).to_string()}
                onclick={Callback::from(move |_| to.dispatch(Act::Viewed(sequence)))}>{name}</button>
        }
    };
    let grant = |flow: Flow, name: &'static str| {
        let to = controls.clone();
        html! {
            <button aria-pressed={(home.address.flow == flow).to_string()}
                onclick={Callback::from(move |_| to.flow(flow))}>{name}</button>
        }
    };
    let note = match home.address.flow {
        Flow::Implicit => {
            html! { <><b>{"Then"}</b>{": courses use the implicit grant, and tokens land in the address bar. "}<b>{"Now"}</b>{": OAuth 2.1 drops it; take code + PKCE."}</> }
        }
        Flow::Code => {
            html! { <><b>{"Now"}</b>{": a code that is good once, traded with a proof (PKCE); tokens never stand in an address. "}<b>{"Then"}</b>{": the implicit grant."}</> }
        }
    };
    html! {
        <div class="mapbar">
            <div class="segm" role="group" aria-label="View">{view(false, "Map")}{view(true, "Sequence")}</div>
            <div class="grant">
                <span>{note}</span>
                <div class="segm" role="group" aria-label="Grant">{grant(Flow::Implicit, "Implicit")}{grant(Flow::Code, "Code + PKCE")}</div>
            </div>
        </div>
    }
}

fn panel(controls: &Controls) -> Option<Html> {
    let home = controls.home.clone();
    let pick = home.pick.clone()?;
    let stopped = match &pick {
        Pick::Event(number) => {
            home.events.iter().any(|e| e.number == *number && e.refusal.is_some())
        }
        Pick::Artifact(_) => false,
    };
    let to = home.clone();
    let open = Callback::from(move |pick| to.dispatch(Act::Picked(Some(pick))));
    let mend = controls.clone();
    let fix = Callback::from(move |fix| mend.mend(fix));
    let to = home.clone();
    let close = Callback::from(move |_: MouseEvent| to.dispatch(Act::Picked(None)));
    Some(html! {
        <section class={classes!("whyband", stopped.then_some("stopped"))} aria-label="What is open"><div class="wrap">
            <EventDetail events={home.events.clone()} {pick} now={home.now} client={controls.client.clone()}
                wide={true} {open} {fix} {close} />
        </div></section>
    })
}

/// The one sentence, and both refusals side by side.
fn moral(controls: &Controls) -> Option<Html> {
    let home = &controls.home;
    let refused = |slot: Slot| {
        let run = home.address.runs.contains(&slot).then(|| home.events_of(slot)).flatten()?;
        let event = stop(&run)?.clone();
        let reason = reason::reason(&home.events, &event)?;
        let keys =
            crate::state::run::returned(&run, cognitab_trace::event::ArtifactKind::Credentials)
                .is_some();
        Some((reason, keys))
    };
    let (guest, trust) = (refused(Slot::Guest)?, refused(Slot::Trust)?);
    let row = |name: &'static str, of: &dyn Fn(&(reason::Reason, bool)) -> String| {
        html! {
            <tr><th scope="row">{name}</th><td data-of="Guest">{of(&guest)}</td><td data-of="Ana, trust changed">{of(&trust)}</td></tr>
        }
    };
    let said = |(reason, _): &(reason::Reason, bool)| {
        reason.event.refusal.as_ref().map(|r| r.message.clone()).unwrap_or_default()
    };
    let at = |(reason, _): &(reason::Reason, bool)| {
        let station = reason.event.refusal.as_ref().map_or(reason.event.to, |r| r.station);
        words::station(station).to_owned()
    };
    let keys = |(_, keys): &(reason::Reason, bool)| {
        if *keys { "issued" } else { "never issued" }.to_owned()
    };
    Some(html! {
        <div class="wrap"><section class="moral" aria-label="What the runs show">
            <h2>{"Same app, two different refusals. "}<span>{"Trust is the door, permission is the shelf."}</span></h2>
            <table>
                <caption>{"The two refusals side by side"}</caption>
                <thead><tr><td></td><th scope="col">{"Guest"}</th><th scope="col">{"Ana, trust changed"}</th></tr></thead>
                <tbody>
                    {row("Stopped at", &at)}
                    {row("Which policy", &|(r, _)| r.place.clone())}
                    {row("Credentials", &keys)}
                    {row("AWS says", &said)}
                </tbody>
            </table>
        </section></div>
    })
}

fn doors() -> Html {
    html! {
        <section class="doors" aria-label="Where next">
            <Link to={Route::Lab} class="door">
                <h2>{"Break it yourself "}{line_icon("i-rt")}</h2>
                <p>{"The same app, open on the workbench. Every request, every token, every reason."}</p>
            </Link>
            <Link to={Route::Lab} fragment="#login" class="door">
                <h2>{"Sign in by hand "}{line_icon("i-rt")}</h2>
                <p>{"Type the password into the hosted login page yourself, and watch what comes back in the address."}</p>
            </Link>
        </section>
    }
}

fn foot() -> Html {
    html! {
        <footer class="foot"><span>{"A simulator that runs in this tab. Not affiliated with Amazon Web Services."}</span></footer>
    }
}
