//! The policy page: whether a request is allowed, why, who could make it, and the change that
//! allows it.

use cognitab_trace::event::Event;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::components::{ButtonKind, ButtonSize, Copy, Link, button_class, line_icon};
use crate::hooks::policy::{Controls, use_policy};
use crate::parts::answer::{AnswerProps, answer, as_text, verdict};
use crate::parts::draft_form::{DraftFormProps, documents, draft_form};
use crate::parts::share_panel::SharePanel;
use crate::parts::top_bar::TopBar;
use crate::parts::trace_list::outcome;
use crate::parts::who_could::{WhoCouldProps, who_could_list};
use crate::route::Route;
use crate::state::draft::QuestionKind;
use crate::state::examples;
use crate::state::policy::{Action, QuestionState, Source};
use crate::state::run::{outer_refusal, root_cause};

/// Maximum number of events in the picker, for refused and allowed each.
const MAX_EVENTS: usize = 60;

/// The policy page.
#[component]
pub fn PolicyPage() -> Html {
    let controls = use_policy();
    let state = &controls.state;
    let now = (state.now > 0).then_some(state.now);
    html! { <>
        <a class="skip" href="#main">{"Skip to content"}</a>
        <TopBar current={Route::Policy} {now} />
        <main id="main" class="wrap policy-page" tabindex="-1">
            {head(&controls)}
            {source_event(&controls)}
            if let Some(text) = &state.failure {
                <p class="error-box" role="alert"><b>{"The simulator does not answer. "}</b>{text}{". Reload the page to restart it."}</p>
            }
            <div role="status">
                if let Some(note) = &state.note { <p class="notice"><span>{note}</span></p> }
            </div>
            if state.trust.is_none() && state.access.is_none() {
                {empty(&controls)}
            } else {
                <div class="question-jump actions">{jump_button(&controls, QuestionKind::Trust)}{jump_button(&controls, QuestionKind::Access)}</div>
                <div class={layout_class(&controls)}>{column(&controls, QuestionKind::Trust)}{column(&controls, QuestionKind::Access)}</div>
                {who_could(&controls)}
            }
        </main>
    </> }
}

/// For narrow screens: a button that scrolls to a question and shows its verdict.
fn jump_button(controls: &Controls, kind: QuestionKind) -> Option<Html> {
    let question = controls.state.question(kind)?;
    let (id, name, _) = question_labels(kind);
    let onclick = Callback::from(move |_: MouseEvent| {
        let heading = document().get_element_by_id(&format!("h-{id}"));
        if let Some(heading) = heading.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok()) {
            heading.scroll_into_view();
            // If the heading cannot take the focus, it is still scrolled to.
            let _ = heading.focus();
        }
    });
    Some(
        html! { <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} {onclick}>{name}{verdict(question)}</button> },
    )
}

fn question_labels(kind: QuestionKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        QuestionKind::Trust => ("trust", "Trust", "Can the principal assume the role?"),
        QuestionKind::Access => ("access", "Permissions", "Can the principal perform the action?"),
    }
}

/// The layout class: a missing question leaves its space to the other one.
fn layout_class(controls: &Controls) -> Classes {
    let state = &controls.state;
    let only = match (&state.trust, &state.access) {
        (None, Some(_)) => Some("only-access"),
        (Some(_), None) => Some("only-trust"),
        _ => None,
    };
    classes!("halves", only)
}

fn head(controls: &Controls) -> Html {
    let state = &controls.state;
    let questions: Vec<String> =
        [&state.trust, &state.access].into_iter().flatten().map(as_text).collect();
    let open = {
        let controls = controls.clone();
        Callback::from(move |text: String| controls.open_text(&text))
    };
    html! { <>
        <div class="policy-header">
            <h1>{"Would a request be allowed?"}</h1>
            {picker(controls)}
        </div>
        <div class="policy-header tools">
            <p class="text-secondary">{"The trust policy decides who can assume a role. Permissions policies decide what the role can do. Edit a document, and both questions are evaluated at once."}</p>
            if !questions.is_empty() { <Copy text={questions.join("\n\n")} label="Copy as text" /> }
            <SharePanel can_share={!questions.is_empty()} pair={state.pair().ok()} {open} />
        </div>
    </> }
}

/// The event that the questions came from, and the outer event that the app got.
fn source_event(controls: &Controls) -> Option<Html> {
    let Source::Event(number) = controls.state.source else { return None };
    let events = &controls.state.events;
    let event = root_cause(events, events.iter().find(|e| e.number == number)?);
    let outer =
        outer_refusal(events, event).and_then(|e| e.refusal.as_ref().map(|r| (e.number, r)));
    Some(html! {
        <p class="notice">{line_icon("i-info")}<span>
            <b>{format!("Event {}, {}. ", event.number, event.call)}</b>
            <Link to={Route::Lab} fragment={format!("#e={}", event.number)}>{"See it on the workbench"}</Link>{". "}
            { for outer.map(|(number, refusal)| html! { <>
                {format!("The app receives event {number}: ")}
                <span class="mono">{format!("{} — {}", refusal.code, refusal.message)}</span>
            </> }) }
        </span></p>
    })
}

/// Events with a policy question, newest first: refused and allowed.
fn events_with_questions(events: &[Event]) -> (Vec<&Event>, Vec<&Event>) {
    let newest = || events.iter().rev().filter(|e| e.case.is_some());
    let refused =
        newest().filter(|e| e.refusal.is_some() && root_cause(events, e).number == e.number);
    let allowed = newest().filter(|e| e.refusal.is_none());
    (refused.take(MAX_EVENTS).collect(), allowed.take(MAX_EVENTS).collect())
}

fn event_title(event: &Event) -> String {
    match outcome(event) {
        text if text.is_empty() => format!("{} · {}", event.number, event.call),
        text => format!("{} · {} · {text}", event.number, event.call),
    }
}

fn picker(controls: &Controls) -> Html {
    let state = &controls.state;
    let (refused, allowed) = events_with_questions(&state.events);
    let chosen = match &state.source {
        Source::None => String::new(),
        Source::Event(number) => format!("#e={number}"),
        Source::Example(at) => format!("#x={}", at + 1),
        Source::Shared => "shared".to_owned(),
        Source::Manual => "hand".to_owned(),
    };
    let onchange = {
        let controls = controls.clone();
        Callback::from(move |event: web_sys::Event| {
            let select = event.target_dyn_into::<web_sys::HtmlSelectElement>();
            match select.map(|s| s.value()).as_deref() {
                Some("hand") => controls.start_manually(),
                Some(fragment) if fragment.starts_with('#') => controls.go(fragment),
                _ => {}
            }
        })
    };
    let option = |value: String, text: String| html! { <option selected={value == chosen} value={value.clone()}>{text}</option> };
    let events = |list: Vec<&Event>| -> Html {
        list.into_iter().map(|e| option(format!("#e={}", e.number), event_title(e))).collect()
    };
    html! {
        <label class="question-picker"><span class="caption">{"Question"}</span>
            <select {onchange}>
                {option(String::new(), "choose a question".to_owned())}
                if state.source == Source::Shared { {option("shared".to_owned(), "shared question".to_owned())} }
                {option("hand".to_owned(), "enter manually".to_owned())}
                if !refused.is_empty() { <optgroup label="Refused in the lab, newest first">{events(refused)}</optgroup> }
                if !allowed.is_empty() { <optgroup label="Allowed in the lab">{events(allowed)}</optgroup> }
                <optgroup label="Examples">
                    { for examples::all().into_iter().enumerate().map(|(at, e)| option(format!("#x={}", at + 1), e.title)) }
                </optgroup>
            </select>
        </label>
    }
}

/// The page without questions.
fn empty(controls: &Controls) -> Html {
    let state = &controls.state;
    let (refused, _) = events_with_questions(&state.events);
    let start_manually = {
        let controls = controls.clone();
        Callback::from(move |_: MouseEvent| controls.start_manually())
    };
    html! {
        <div class="question-sources">
            <section aria-label="Examples">
                <h2>{"Open an example"}</h2>
                <ul>{ for examples::all().into_iter().enumerate().map(|(at, e)| html! {
                    <li><a href={format!("#x={}", at + 1)}>{e.title}</a><p class="text-secondary">{e.description}</p></li>
                }) }</ul>
            </section>
            <section aria-label="From the lab">
                <h2>{"Open a refusal"}</h2>
                if !state.ready && state.failure.is_none() { <p class="text-secondary" aria-busy="true">{"Loading the lab world."}</p> }
                else if refused.is_empty() {
                    <p class="text-secondary">{"No request was refused in the lab yet. "}<Link to={Route::Lab}>{"Run as a guest on the workbench"}</Link>{", and the refusal is listed here."}</p>
                }
                <ul>{ for refused.into_iter().take(5).map(|e| html! {
                    <li><a href={format!("#e={}", e.number)}>{event_title(e)}</a></li>
                }) }</ul>
            </section>
            <section aria-label="Manual">
                <h2>{"Enter a question"}</h2>
                <p class="text-secondary">{"Enter principal, action, resource and policies, or copy them from the lab."}</p>
                <button class={button_class(ButtonKind::Standard, ButtonSize::Standard)} onclick={start_manually}>{"Enter manually"}</button>
            </section>
        </div>
    }
}

fn column(controls: &Controls, kind: QuestionKind) -> Html {
    let (id, name, asks) = question_labels(kind);
    let question = controls.state.question(kind);
    html! {
        <section class={classes!("question", id)} aria-labelledby={format!("h-{id}")}>
            <div class="question-header">
                <h2 id={format!("h-{id}")} tabindex="-1">{name}<span>{asks}</span></h2>
                <span aria-live="polite">{ for question.map(verdict) }</span>
            </div>
            { match question {
                Some(question) => question_form(controls, question),
                None => missing_question(controls, kind),
            } }
        </section>
    }
}

/// The column of a missing question.
fn missing_question(controls: &Controls, kind: QuestionKind) -> Html {
    let dispatcher = controls.state.dispatcher();
    let onclick =
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(Action::QuestionAdded(kind)));
    let (why, press) = match kind {
        QuestionKind::Trust => {
            ("No role assumption is known for this request.", "Add a trust question")
        }
        QuestionKind::Access => {
            ("No action of the role is known yet.", "Add a permissions question")
        }
    };
    html! { <div class="empty"><p>{why}</p><button class={button_class(ButtonKind::Standard, ButtonSize::Small)} {onclick}>{press}</button></div> }
}

fn question_form(controls: &Controls, question: &QuestionState) -> Html {
    let kind = question.draft.kind;
    let edit = {
        let controls = controls.clone();
        Callback::from(move |step| controls.edit(kind, step))
    };
    let apply_in_editor = {
        let controls = controls.clone();
        Callback::from(move |change| controls.apply_in_editor(kind, &change))
    };
    let in_lab =
        question.change().is_some_and(|change| controls.state.can_apply_in_lab(kind, &change));
    let apply_in_lab = in_lab.then(|| {
        let controls = controls.clone();
        Callback::from(move |change| controls.apply_in_lab(kind, change))
    });
    let form = DraftFormProps { question, subjects: &controls.state.subjects, edit };
    html! { <>
        {draft_form(&form)}
        <h3 class="visually-hidden">{"Answer"}</h3>
        {answer(&AnswerProps { question, code: error_code(controls, question), apply_in_editor, apply_in_lab })}
        <h3>{if kind == QuestionKind::Trust { "Policy" } else { "Policies" }}</h3>
        {documents(&form)}
    </> }
}

/// AWS's error code, if the question is unchanged from a refused event.
fn error_code(controls: &Controls, question: &QuestionState) -> Option<String> {
    let Source::Event(number) = controls.state.source else { return None };
    let events = &controls.state.events;
    let event = root_cause(events, events.iter().find(|e| e.number == number)?);
    let refusal = event.refusal.as_ref()?;
    (question.evaluation()?.judgment.message == refusal.message).then(|| refusal.code.clone())
}

fn who_could(controls: &Controls) -> Option<Html> {
    controls.state.access.as_ref()?;
    let (ask, pick) = (controls.clone(), controls.clone());
    let list = WhoCouldProps {
        who: controls.state.who_could.as_deref(),
        ask: Callback::from(move |_| ask.who_could()),
        pick: Callback::from(move |question| pick.ask_as(question)),
    };
    Some(html! {
        <section class="who-could" aria-labelledby="h-could">
            <h2 id="h-could">{"Who is allowed"}<span>{"in the current lab world"}</span></h2>
            {who_could_list(&list)}
        </section>
    })
}
