//! The form of an operation: its input, its caller, the request as code, and the answer.

use cognitab_wire::sigv4::Credentials;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::code::{Call, LANGUAGES};
use super::document::Step;
use super::shape_field::{Edit, SchemaRef, ShapeFieldProps, structure};
use crate::components::{ButtonKind, ButtonSize, Copy, Tabs, button_class};
use crate::hooks::console::Controls;
use crate::state::console::{Action, Caller};

/// Regions to choose from: one of each partition with many users, and a second one.
const REGIONS: [&str; 5] =
    ["us-east-1", "eu-central-1", "ap-southeast-2", "cn-north-1", "us-gov-west-1"];

/// The form.
pub fn operation_form(controls: &Controls) -> Option<Html> {
    let state = &controls.state;
    let operation = state.operation?;
    let onsubmit = {
        let controls = controls.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            controls.send();
        })
    };
    let dispatcher = state.dispatcher();
    let fields = ShapeFieldProps {
        label: operation.operation.name.into(),
        schema: SchemaRef(operation.operation.input),
        required: true,
        path: Vec::<Step>::new(),
        value: state.input(),
        edit: Callback::from(move |edit: Edit| dispatcher.dispatch(Action::Edited(edit))),
    };
    let dispatcher = state.dispatcher();
    let clear =
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(Action::InputReplaced(None)));
    let violation = state.violation();
    let busy = state.pending > 0;
    Some(html! {
        <form class="operation-form" {onsubmit}>
            <div class="call-settings">{caller_field(controls)}{region_field(controls)}</div>
            {structure(&fields, operation.operation.input.members())}
            if operation.operation.input.members().is_empty() { <p class="text-secondary">{"This operation has no input."}</p> }
            <p class="violation text-secondary" role="status">{ for violation }</p>
            <div class="actions">
                <button class={button_class(ButtonKind::Primary, ButtonSize::Standard)} aria-disabled={controls.client.is_none().then_some("true")}>
                    {if controls.client.is_none() { "Starting…" } else if busy { "Sending…" } else { "Send" }}
                </button>
                <button type="button" class={button_class(ButtonKind::Quiet, ButtonSize::Standard)} onclick={clear}>{"Clear"}</button>
            </div>
        </form>
    })
}

fn caller_field(controls: &Controls) -> Html {
    let state = &controls.state;
    let signed = state.operation.is_some_and(|operation| operation.signed);
    let onchange = {
        let dispatcher = state.dispatcher();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let index = select.map_or(0, |select| select.selected_index());
            dispatcher.dispatch(Action::CallerChosen(usize::try_from(index).unwrap_or_default()));
        })
    };
    html! {
        <div class="field">
            <label for="caller">{"Caller"}</label>
            if signed {
                <select id="caller" {onchange}>
                    { for state.callers.iter().enumerate().map(|(at, caller)| html! {
                        <option selected={at == state.caller}>{caller.name.clone()}</option>
                    }) }
                </select>
            } else {
                <p id="caller" class="text-secondary">{"Anyone: requests are not signed."}</p>
            }
        </div>
    }
}

fn region_field(controls: &Controls) -> Html {
    let state = &controls.state;
    let dispatcher = state.dispatcher();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let region = input.map(|input| input.value()).filter(|region| !region.trim().is_empty());
        if let Some(region) = region {
            dispatcher.dispatch(Action::RegionChosen(region.trim().to_owned()));
        }
    });
    html! {
        <div class="field">
            <label for="region">{"Region"}</label>
            <input id="region" class="mono" list="regions" value={state.region.clone()} {onchange} spellcheck="false" autocomplete="off" />
            <datalist id="regions">{ for REGIONS.map(|region| html! { <option value={region} /> }) }</datalist>
        </div>
    }
}

/// Properties of [`Code`].
#[derive(Properties, PartialEq)]
pub struct CodeProps {
    /// The texts, in the order of [`LANGUAGES`].
    pub texts: Vec<String>,
}

/// The request as code, in tabs.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let tab = use_state(|| 0_usize);
    let on_select = {
        let tab = tab.clone();
        Callback::from(move |at| tab.set(at))
    };
    let names: Vec<AttrValue> = LANGUAGES.iter().map(|(name, _)| AttrValue::from(*name)).collect();
    let text = props.texts.get(*tab).cloned().unwrap_or_default();
    html! {
        <section class="call-code" aria-label="The request as code">
            <div class="panel-header"><Tabs label="Language" {names} selected={*tab} panel="code" {on_select} /><Copy text={text.clone()} /></div>
            <pre id="code" class="mono" role="tabpanel" tabindex="0">{text}</pre>
        </section>
    }
}

/// The request of the form as code.
pub fn code(controls: &Controls) -> Option<Html> {
    let state = &controls.state;
    let (input, operation) = (state.input(), state.operation?);
    let credentials: Option<&Credentials> = state.credentials();
    let call = Call { operation, input: &input, credentials, region: &state.region };
    let texts: Vec<String> = LANGUAGES.iter().map(|(_, write)| write(&call)).collect();
    Some(html! { <Code {texts} /> })
}

/// The answer to the last call.
pub fn outcome(controls: &Controls) -> Option<Html> {
    let state = &controls.state;
    let outcome = state.outcome.as_ref()?;
    let failed = outcome.status >= 300;
    let class = if failed { "text-deny" } else { "text-allow" };
    let use_them = outcome.credentials.clone().map(|caller: Caller| {
        let dispatcher = state.dispatcher();
        let onclick = Callback::from(move |_: MouseEvent| {
            dispatcher.dispatch(Action::CallerAdded(caller.clone()));
        });
        html! { <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} {onclick}>{"Use these credentials"}</button> }
    });
    Some(html! {
        <section class="call-outcome" aria-label="Response">
            <div class="panel-header" role="status">
                <h2>{"Response"}</h2>
                <span {class}>{format!("{} · {}", outcome.status, outcome.operation)}</span>
                { for use_them }
                <Copy text={outcome.text.clone()} />
            </div>
            <pre class="mono" tabindex="0">{outcome.text.clone()}</pre>
        </section>
    })
}
