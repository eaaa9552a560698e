//! Why a request was refused. The order is always: where, AWS's message, the ladder, the fix.

use std::rc::Rc;

use cognitab_trace::event::Event;
use yew::prelude::*;

use super::change_row::ChangeRow;
use super::ladder::{comparison, ladder};
use super::policy_link::PolicyLinkButton;
use crate::components::{line_icon, station_icon};
use crate::state::change::PolicyChange;
use crate::state::labels;
use crate::state::reason::{Reason, reason};

/// Properties of [`reason_panel`].
pub struct ReasonPanelProps<'a> {
    /// The event log.
    pub events: &'a Rc<Vec<Event>>,
    /// The event to explain.
    pub event: &'a Event,
    /// Whether to use two columns.
    pub wide: bool,
    /// Called with the policy change to apply.
    pub on_fix: Callback<PolicyChange>,
    /// Called with the number of an event to open.
    pub open_event: Callback<u64>,
}

/// The panel.
pub fn reason_panel(props: &ReasonPanelProps<'_>) -> Html {
    let class = classes!("reason", props.wide.then_some("wide"));
    let Some(reason) = reason(props.events, props.event) else {
        return html! {
            <dl {class}>
                <dt>{"Station"}</dt>
                <dd><div class="location">{station_icon(props.event.to)}{labels::station(props.event.to)}
                    <span class="verdict text-allow">{line_icon("i-ok")}{"Allowed"}</span></div></dd>
                <dt>{"Ladder"}</dt>
                <dd>{ladder(&props.event.ladder)}</dd>
            </dl>
        };
    };
    let compared = comparison(&reason.compare, &reason.compared_with);
    html! {
        <dl {class}>
            <dt>{"Stopped at"}</dt><dd>{stopped_at(&reason)}</dd>
            {aws_messages(props, &reason)}
            <dt>{"Ladder"}</dt>
            <dd>
                if props.wide {
                    <div class="reason-columns"><div>{ladder(&reason.event.ladder)}</div><div>{compared.clone()}</div></div>
                } else {
                    {ladder(&reason.event.ladder)}
                }
            </dd>
            if !props.wide && !reason.compare.is_empty() { <dt>{"Compare"}</dt><dd>{compared}</dd> }
            {fix_row(props, &reason)}
            if reason.event.case.is_some() {
                <dt>{"Policies"}</dt>
                <dd><PolicyLinkButton events={props.events.clone()} event={reason.event.number} compressed={props.wide} /></dd>
            }
        </dl>
    }
}

fn stopped_at(reason: &Reason) -> Html {
    let station = reason.event.refusal.as_ref().map_or(reason.event.to, |r| r.station);
    let icon = if reason.denied { "i-dash" } else { "i-ring" };
    html! {
        <div class="location">{station_icon(station)}{labels::station(station)}
            <span class="text-tertiary">{" · "}</span>{&reason.policy}{" "}
            <span class="verdict text-deny">{line_icon(icon)}{reason.verdict}</span>
        </div>
    }
}

fn aws_message(event: &Event, passed_on: bool) -> Html {
    let Some(refusal) = &event.refusal else { return Html::default() };
    html! {
        <dd class={classes!("quote", passed_on.then_some("passed-on"))}>
            <b>{&refusal.code}</b>{" — "}{&refusal.message}
        </dd>
    }
}

fn aws_messages(props: &ReasonPanelProps<'_>, reason: &Reason) -> Html {
    let status = |e: &Event| e.refusal.as_ref().map(|r| r.status).unwrap_or_default();
    let to = match &reason.passed_on {
        Some(_) => {
            format!("AWS says to the {}", labels::in_sentence(labels::station(reason.event.from)))
        }
        None => "AWS says".to_owned(),
    };
    html! { <>
        <dt>{to}{" "}<span class="mono">{status(&reason.event)}</span></dt>
        {aws_message(&reason.event, false)}
        { for reason.passed_on.as_ref().map(|passed_on| {
            let number = passed_on.number;
            let onclick = props.open_event.reform(move |_: MouseEvent| number);
            html! { <>
                <dt>{"The app receives "}<span class="mono">{status(passed_on)}</span>{" "}
                    <button class="link-button" {onclick}>{format!("event {number}")}</button></dt>
                {aws_message(passed_on, true)}
            </> }
        }) }
    </> }
}

/// The change that allows the request, or why there is none.
fn fix_row(props: &ReasonPanelProps<'_>, reason: &Reason) -> Html {
    match &reason.change {
        Ok(change) => {
            let note = reason.guest.then(|| html! {
                <p class="callout">{line_icon("i-warn")}<span>
                    {"With this statement, anyone who knows the identity pool ID can do the same. Often it is better to require a sign-in."}
                </span></p>
            });
            html! { <ChangeRow change={change.clone()} apply={props.on_fix.clone()} note={note.unwrap_or_default()} /> }
        }
        Err(why) => html! { <><dt>{"No fix here"}</dt><dd class="text-secondary">{*why}</dd></> },
    }
}
