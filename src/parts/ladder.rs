//! A decision as a ladder of rungs, and the values that were compared.

use cognitab_policy::ladder::{Compare, Rung, RungState};
use yew::prelude::*;

use crate::components::line_icon;
use crate::state::labels;
use crate::state::reason::{single_difference, split_difference, split_difference_by_word};

/// The rungs of a decision, in order of evaluation.
pub fn ladder(rungs: &[Rung]) -> Html {
    if rungs.is_empty() {
        return html! { <p class="text-secondary">{"Nothing had to be decided here."}</p> };
    }
    html! { <ol class="ladder">{ for rungs.iter().map(|rung| html! { <li>{rung_view(rung)}</li> }) }</ol> }
}

fn rung_view(rung: &Rung) -> Html {
    let (class, icon, label) = match rung.state {
        RungState::Passed => ("rung", Some("i-ok"), "passed"),
        RungState::NotApplicable => ("rung not-applicable", Some("i-dash"), "does not apply"),
        RungState::Refused => ("rung stopped", Some("i-cross"), "refused here"),
        RungState::Denied => ("rung stopped denied", Some("i-dash"), "denied here"),
        RungState::NotReached => ("rung not-reached", None, "not reached"),
    };
    let note = if rung.note.is_empty() { label } else { rung.note.as_str() };
    html! {
        <div {class} tabindex="0" role="group" aria-label={format!("{}: {label}", labels::rung(rung.kind))}>
            <span class="rung-icon">{ for icon.map(|name| html! { {line_icon(name)} }) }</span>
            <span class="rung-text"><b>{labels::rung(rung.kind)}</b><span>{note.to_owned()}</span></span>
        </div>
    }
}

/// The compared values as a table; a single differing condition key as two aligned values.
pub fn comparison(compared: &[Compare], compared_with: &str) -> Html {
    let differing: Vec<&Compare> = compared.iter().filter(|c| !c.met).collect();
    if let [only] = differing.as_slice()
        && let (Some(asked), Some(wanted)) = (only.asked.first(), only.wanted.first())
        && only.subject.contains(':')
    {
        return value_comparison(&only.subject, asked, wanted);
    }
    if compared.is_empty() {
        return Html::default();
    }
    html! {
        <table class="comparison">
            <thead><tr><th scope="col">{"Compare"}</th><th scope="col">{"request"}</th><th scope="col">{compared_with.to_owned()}</th></tr></thead>
            <tbody>{ for compared.iter().map(comparison_row) }</tbody>
        </table>
    }
}

fn comparison_row(compare: &Compare) -> Html {
    let (asked, wanted) = (compare.asked.join(", "), compare.wanted.join(", "));
    let absent = if asked.is_empty() { "absent".to_owned() } else { asked.clone() };
    let cells = if compare.met {
        html! { <><td class="mono">{absent}</td><td class="mono">{wanted}</td></> }
    } else {
        let (head, left, right, tail) = split_difference_by_word(&absent, &wanted);
        html! { <>
            <td class="mono">{head}<mark>{left}</mark>{tail}</td>
            <td class="mono">{head}<mark>{right}</mark>{tail}</td>
        </> }
    };
    html! { <tr><th scope="row">{&compare.subject}</th>{cells}</tr> }
}

/// Two values of a condition key, with the difference marked.
fn value_comparison(subject: &str, asked: &str, wanted: &str) -> Html {
    let (issuer, key) = subject.rsplit_once(':').unwrap_or(("", subject));
    // Keys from a token are named after its issuer.
    let side = if issuer.contains('.') { "token" } else { "request" };
    let (head, left, right, tail) = split_difference(asked, wanted);
    let caret = single_difference(asked, wanted).map(|(at, of, a, b)| html! {
        <dd class="difference">{format!("Character {at} of {of}: ")}<b>{a}</b>{format!(" in the {side}, ")}<b>{b}</b>{" in the policy. Everything else is equal."}</dd>
    });
    html! {
        <dl class="value-comparison">
            <dt>{format!("{side} {key}")}</dt><dd>{head}<mark>{left}</mark>{tail}</dd>
            <dt>{format!("policy {key}")}</dt><dd>{head}<mark>{right}</mark>{tail}</dd>
            {caret}
        </dl>
    }
}
