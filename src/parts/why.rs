//! Why something was refused: located, quoted, explained, mended, always in this order.

use cognitab_broker::event::Event;
use cognitab_policy::ladder::{Compare, Rung, RungState};
use yew::prelude::*;

use crate::components::{Icon, StationIcon};
use crate::state::reason::{Fix, Reason, one_character, parts, reason, trust_lines, word_parts};
use crate::state::words;

/// What to explain.
#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// The log.
    pub events: std::rc::Rc<Vec<Event>>,
    /// The event.
    pub event: Event,
    /// Whether there is room for two columns.
    #[prop_or_default]
    pub wide: bool,
    /// Applies the fix.
    pub fix: Callback<Fix>,
    /// Opens an event.
    pub pick: Callback<u64>,
}

/// The panel.
#[component]
pub fn Why(props: &WhyProps) -> Html {
    let class = classes!("why", props.wide.then_some("wide"));
    let Some(reason) = reason(&props.events, &props.event) else {
        return html! {
            <dl {class}>
                <dt>{"Answered by"}</dt>
                <dd><div class="where"><StationIcon station={props.event.to} />{words::station(props.event.to)}
                    <span class="v ok"><Icon name="i-ok" />{"Allowed"}</span></div></dd>
                <dt>{"Ladder"}</dt>
                <dd>{ladder(&props.event.ladder)}</dd>
            </dl>
        };
    };
    let compared = compare(&reason);
    html! {
        <dl {class}>
            <dt>{"Stopped at"}</dt><dd>{place(&reason)}</dd>
            {says(props, &reason)}
            <dt>{"Ladder"}</dt>
            <dd>
                if props.wide {
                    <div class="why2"><div>{ladder(&reason.event.ladder)}</div><div>{compared.clone()}</div></div>
                } else {
                    {ladder(&reason.event.ladder)}
                }
            </dd>
            if !props.wide && !reason.compare.is_empty() { <dt>{"Compare"}</dt><dd>{compared}</dd> }
            {line(props, &reason)}
            { for reason.fix.as_ref().map(|fix| html! {
                <FixRow fix={fix.clone()} apply={props.fix.clone()} />
            }) }
        </dl>
    }
}

fn place(reason: &Reason) -> Html {
    let station = reason.event.refusal.as_ref().map_or(reason.event.to, |r| r.station);
    let icon = if reason.denied { "i-dash" } else { "i-ring" };
    html! {
        <div class="where"><StationIcon {station} />{words::station(station)}
            <span class="t3">{" · "}</span>{&reason.place}{" "}
            <span class="v no"><Icon name={icon} />{reason.verdict}</span>
        </div>
    }
}

fn quote(event: &Event, heard: bool) -> Html {
    let Some(refusal) = &event.refusal else { return Html::default() };
    html! {
        <dd class={classes!("quote", heard.then_some("heard"))}>
            <b>{&refusal.code}</b>{" — "}{&refusal.message}
        </dd>
    }
}

fn says(props: &WhyProps, reason: &Reason) -> Html {
    let status = |e: &Event| e.refusal.as_ref().map(|r| r.status).unwrap_or_default();
    let to = match &reason.heard {
        Some(_) => format!("AWS says to the {}", words::station(reason.event.from).to_lowercase()),
        None => "AWS says".to_owned(),
    };
    html! { <>
        <dt>{to}{" "}<span class="m">{status(&reason.event)}</span></dt>
        {quote(&reason.event, false)}
        { for reason.heard.as_ref().map(|heard| {
            let number = heard.number;
            let onclick = props.pick.reform(move |_: MouseEvent| number);
            html! { <>
                <dt>{"Your app only hears "}<span class="m">{status(heard)}</span>{" "}
                    <button class="linky" {onclick}>{format!("event {number}")}</button></dt>
                {quote(heard, true)}
            </> }
        }) }
    </> }
}

/// The rungs of a decision as the same line again.
pub fn ladder(rungs: &[Rung]) -> Html {
    if rungs.is_empty() {
        return html! { <p class="t2">{"Nothing had to be decided here."}</p> };
    }
    html! { <ol class="ladder">{ for rungs.iter().map(|rung| html! { <li>{step(rung)}</li> }) }</ol> }
}

fn step(rung: &Rung) -> Html {
    let (class, icon, said) = match rung.state {
        RungState::Passed => ("rung", Some("i-ok"), "passed"),
        RungState::NotApplicable => ("rung na", Some("i-dash"), "does not apply"),
        RungState::Refused => ("rung here", Some("i-x"), "refused here"),
        RungState::Denied => ("rung here bar", Some("i-dash"), "denied here"),
        RungState::NotReached => ("rung nr", None, "not reached"),
    };
    let note = if rung.note.is_empty() { said } else { rung.note.as_str() };
    html! {
        <div {class} tabindex="0" role="group" aria-label={format!("{}: {said}", words::rung(rung.kind))}>
            <span class="rn">{ for icon.map(|name| html! { <Icon {name} /> }) }</span>
            <span class="rt"><b>{words::rung(rung.kind)}</b><span>{note.to_owned()}</span></span>
        </div>
    }
}

fn compare(reason: &Reason) -> Html {
    let differing: Vec<&Compare> = reason.compare.iter().filter(|c| !c.met).collect();
    if let [only] = differing.as_slice()
        && let (Some(asked), Some(wanted)) = (only.asked.first(), only.wanted.first())
        && only.subject.contains(':')
    {
        return bits(&only.subject, asked, wanted);
    }
    if reason.compare.is_empty() {
        return Html::default();
    }
    html! {
        <table class="cmp">
            <thead><tr><th scope="col">{"Compare"}</th><th scope="col">{"asked"}</th><th scope="col">{&reason.against}</th></tr></thead>
            <tbody>{ for reason.compare.iter().map(pair) }</tbody>
        </table>
    }
}

fn pair(compare: &Compare) -> Html {
    let (asked, wanted) = (compare.asked.join(", "), compare.wanted.join(", "));
    let absent = if asked.is_empty() { "absent".to_owned() } else { asked.clone() };
    let cells = if compare.met {
        html! { <><td class="m">{absent}</td><td class="m">{wanted}</td></> }
    } else {
        let (head, left, right, tail) = word_parts(&absent, &wanted);
        html! { <>
            <td class="m">{head}<mark>{left}</mark>{tail}</td>
            <td class="m">{head}<mark>{right}</mark>{tail}</td>
        </> }
    };
    html! { <tr><th scope="row">{&compare.subject}</th>{cells}</tr> }
}

/// Two values one under the other, with the place where they part.
fn bits(subject: &str, asked: &str, wanted: &str) -> Html {
    let key = subject.rsplit(':').next().unwrap_or(subject);
    let (head, left, right, tail) = parts(asked, wanted);
    let caret = one_character(asked, wanted).map(|(at, of, a, b)| html! {
        <dd class="caret">{format!("Character {at} of {of}: ")}<b>{a}</b>{" in the token, "}<b>{b}</b>{" in the policy. Everything else is equal."}</dd>
    });
    html! {
        <dl class="bits">
            <dt>{format!("token {key}")}</dt><dd>{head}<mark>{left}</mark>{tail}</dd>
            <dt>{format!("policy {key}")}</dt><dd>{head}<mark>{right}</mark>{tail}</dd>
            {caret}
        </dl>
    }
}

/// The line of policy that did it, or the one that is missing.
fn line(props: &WhyProps, reason: &Reason) -> Option<Html> {
    if let Some(statement) = reason.fix.as_ref().and_then(Fix::line) {
        return Some(html! { <>
            <dt>{"Missing line"}</dt>
            <dd><div class="code"><ol><li class="add"><span>{statement}</span></li></ol></div></dd>
        </> });
    }
    let Some(Fix::Trust { from, .. }) = &reason.fix else { return None };
    let lines = trust_lines(&props.events, &reason.event)?;
    Some(html! { <>
        <dt>{"Line"}</dt>
        <dd><div class="code"><ol>
            { for lines.into_iter().map(|line| {
                let hit = line.contains(from.as_str()).then_some("hit");
                html! { <li class={classes!(hit)}><span>{line}</span></li> }
            }) }
        </ol></div></dd>
    </> })
}

#[derive(Properties, PartialEq)]
struct FixRowProps {
    fix: Fix,
    apply: Callback<Fix>,
}

/// The fix: one press, and the same change in other words.
#[component]
fn FixRow(props: &FixRowProps) -> Html {
    let shown = use_state(|| None::<&'static str>);
    let toggle = |name: &'static str| {
        let shown = shown.clone();
        let open = *shown == Some(name);
        html! {
            <button class="btn s" aria-expanded={open.to_string()}
                onclick={Callback::from(move |_| shown.set((!open).then_some(name)))}>
                {name}<Icon name="i-dn" />
            </button>
        }
    };
    let apply = {
        let fix = props.fix.clone();
        props.apply.reform(move |_: MouseEvent| fix.clone())
    };
    let text =
        shown.map(|name| if name == "CLI" { props.fix.cli() } else { props.fix.terraform() });
    html! { <>
        <dt>{"Fix"}</dt>
        <dd>
            <div class="acts">
                <button class="btn" onclick={apply}>{props.fix.label()}</button>
                <span class="cap">{"same as"}</span>{toggle("CLI")}{toggle("Terraform")}
            </div>
            { for text.map(|text| html! { <code class="cli">{text}</code> }) }
            if let Fix::Permission { role, resource, .. } = &props.fix {
                if role.contains("guest") {
                    <p class="cau"><Icon name="i-warn" /><span>{format!(
                        "With this line anybody who has the pool id can write to {}. Often the better fix is to ask for a login.",
                        resource.rsplit(":::").next().unwrap_or_default()
                    )}</span></p>
                }
            }
        </dd>
    </> }
}
