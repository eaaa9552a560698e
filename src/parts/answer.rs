//! The engine's answer to a question: AWS's words, the ladder or two of them, the one change.

use cognitab_policy::ladder::{RungState, StatementTrace};
use cognitab_policy::{Case, Question};
use cognitab_trace::control::Verdict;
use yew::prelude::*;

use super::change_row::ChangeRow;
use super::ladder::{compare, ladder};
use crate::components::line_icon;
use crate::state::change::PolicyChange;
use crate::state::draft::{DraftError, JsonError, QuestionKind};
use crate::state::policy::{Answer, Evaluation, QuestionState};
use crate::state::principal::account_name;
use crate::state::reason::{no_change, rung_as_text, stopped, unmet_first};

/// How many nearly matching statements are shown.
const SHOWN: usize = 3;

/// A question with its answer.
pub struct AnswerProps<'a> {
    /// The question.
    pub asked: &'a QuestionState,
    /// AWS's code for the refusal, where it comes from an event.
    pub code: Option<String>,
    /// Makes the change in the editor.
    pub make_here: Callback<PolicyChange>,
    /// Makes it in the lab, where the documents are the lab's.
    pub make_there: Option<Callback<PolicyChange>>,
}

/// What a judgement is called, and how it looks.
pub fn verdict(asked: &QuestionState) -> Html {
    let no = |icon: &'static str, text: &'static str| {
        html! { <span class="v no">{line_icon(icon)}{text}</span> }
    };
    match &asked.answer {
        Answer::Pending => html! { <span class="v t2">{"Asking…"}</span> },
        Answer::Incomplete(_) | Answer::Failed(_) => {
            html! { <span class="v t2">{line_icon("i-warn")}{"Not asked"}</span> }
        }
        Answer::Evaluated(sides) if sides.whole.decision.allowed => {
            html! { <span class="v ok">{line_icon("i-ok")}{"Allowed"}</span> }
        }
        Answer::Evaluated(sides) => match stopped(&sides.whole.decision.ladder).map(|r| r.state) {
            Some(RungState::Denied) => no("i-dash", "Explicitly denied"),
            _ => no("i-ring", "Nothing allows it"),
        },
    }
}

/// The answer.
pub fn answer(props: &AnswerProps<'_>) -> Html {
    match &props.asked.answer {
        Answer::Pending => html! { <p class="empty" aria-busy="true">{"The engine is asked."}</p> },
        Answer::Failed(why) => html! {
            <p class="oops"><b>{"The engine cannot judge this. "}</b>{why}</p>
        },
        Answer::Incomplete(DraftError::Missing(what)) => html! {
            <p class="empty">{"Something is still missing. "}{*what}</p>
        },
        Answer::Incomplete(DraftError::InvalidJson(all)) => html! {
            <p class="oops"><b>{"Not judged. "}</b>{ for all.iter().map(broken) }</p>
        },
        Answer::Evaluated(sides) => judged(props, sides),
    }
}

fn broken(one: &JsonError) -> Html {
    html! { <span>{format!("{} is no JSON from line {} on. ", one.name, one.line)}</span> }
}

fn judged(props: &AnswerProps<'_>, sides: &Evaluation) -> Html {
    let decision = &sides.whole.decision;
    html! {
        <dl class="why">
            if !decision.allowed {
                <dt>{"AWS says"}</dt>
                <dd class="quote">
                    { for props.code.as_ref().map(|code| html! { <><b>{code}</b>{" — "}</> }) }
                    {&sides.whole.message}
                    if sides.whole.message == "Access Denied" {
                        <span class="cap">{"AWS says no more than this outside the caller's own account. The reason below is ours."}</span>
                    }
                </dd>
            }
            <dt>{"Ladder"}</dt>
            <dd>{ match (&sides.each, &sides.question) {
                (Some(each), Question::Access(case)) => two(case, each),
                _ => ladder(&decision.ladder),
            } }</dd>
            { for nearly(sides) }
            {way_out(props, sides)}
        </dl>
    }
}

/// The caller's account and the owner's, side by side.
fn two(case: &Case, (near, far): &(Verdict, Verdict)) -> Html {
    let caller = case.principal.account().unwrap_or_default();
    let who = case.principal.arn();
    let who = who.splitn(6, ':').last().unwrap_or_default();
    let what = case.resource.splitn(6, ':').last().unwrap_or_default();
    let side = |number: &str, part: String, verdict: &Verdict| {
        html! {
            <section aria-label={format!("Account {} {number}", account_name(number))}>
                <h4 class="acct">{account_name(number)}{" "}<span class="m">{number.to_owned()}</span></h4>
                <p class="cap">{part}</p>
                {ladder(&verdict.ladder)}
                <p class="sum">{said(account_name(number), verdict)}</p>
            </section>
        }
    };
    let words = match (near.allowed, far.allowed) {
        (true, true) => html! { <><b class="ok">{"Allowed."}</b>{" Both accounts say yes."}</> },
        (false, false) => html! { <><b class="no">{"Refused."}</b>{" Both accounts say no."}</> },
        _ => html! { <><b class="no">{"Refused."}</b>{" One yes out of two is a no."}</> },
    };
    let bad = !(near.allowed && far.allowed);
    html! { <>
        <div class="two">
            {side(caller, format!("the caller, {who}"), near)}
            {side(&case.account, format!("the owner, {what}"), far)}
        </div>
        <p class={classes!("res2", bad.then_some("bad"))}>{words}</p>
    </> }
}

fn said(name: &str, verdict: &Verdict) -> Html {
    match (verdict.allowed, stopped(&verdict.ladder).map(|r| r.state)) {
        (true, _) => {
            html! { <span class="v ok">{line_icon("i-ok")}{format!("{name} allows")}</span> }
        }
        (false, Some(RungState::Denied)) => {
            html! { <span class="v no">{line_icon("i-dash")}{format!("{name} denies")}</span> }
        }
        (false, _) => {
            html! { <span class="v no">{line_icon("i-ring")}{"Nothing allows it"}</span> }
        }
    }
}

/// The statements that came nearest, each with both sides of every element.
fn nearly(sides: &Evaluation) -> Option<Html> {
    let rung = sides
        .each
        .iter()
        .flat_map(|(near, far)| [near, far])
        .find_map(|verdict| stopped(&verdict.ladder))
        .or_else(|| stopped(&sides.whole.decision.ladder))?;
    if rung.statements.is_empty() {
        let table = compare(&rung.compare, "the policy wants");
        return (!rung.compare.is_empty())
            .then(|| html! { <><dt>{"Compare"}</dt><dd>{table}</dd></> });
    }
    let title = if rung.state == RungState::Denied { "Denied by" } else { "Nearly" };
    Some(html! { <>
        <dt>{title}</dt>
        <dd class="near">{ for rung.statements.iter().take(SHOWN).map(statement) }</dd>
    </> })
}

fn statement(trace: &StatementTrace) -> Html {
    let name = trace.sid.clone().filter(|sid| !sid.is_empty());
    let name = name.unwrap_or_else(|| format!("statement {}", trace.index + 1));
    let effect = if trace.deny { "denies" } else { "allows" };
    let compared = unmet_first(&trace.compare);
    html! {
        <div>
            <p><b>{&name}</b>{format!(" of {}", trace.policy)}</p>
            {compare(&compared, &format!("{name} {effect}"))}
        </div>
    }
}

fn way_out(props: &AnswerProps<'_>, sides: &Evaluation) -> Html {
    if sides.whole.decision.allowed {
        return Html::default();
    }
    let Some(change) = props.asked.change() else {
        let why = no_change(stopped(&sides.whole.decision.ladder));
        return html! { <><dt>{"No fix here"}</dt><dd class="t2">{why}</dd></> };
    };
    let here = {
        let change = change.clone();
        props.make_here.reform(move |_: MouseEvent| change.clone())
    };
    let note = html! {
        <p class="cau yes">{line_icon("i-ok")}<span>{"Tried: with this change the same question is allowed."}</span></p>
    };
    html! {
        <ChangeRow {change} apply={props.make_there.clone()} says="Apply in the lab" {note}>
            <button class="btn p" onclick={here}>{"Apply to the editor"}</button>
        </ChangeRow>
    }
}

/// The answer as plain text.
pub fn as_text(asked: &QuestionState) -> String {
    let draft = &asked.draft;
    let title = match draft.half {
        QuestionKind::Trust => "May they become the role?",
        QuestionKind::Access => "May they do it?",
    };
    let mut lines =
        vec![title.to_owned(), format!("{} · {} · {}", draft.who, draft.action, draft.resource)];
    let Some(sides) = asked.sides() else {
        lines.push("Not judged.".to_owned());
        return lines.join("\n");
    };
    let decision = &sides.whole.decision;
    lines.push(if decision.allowed { "Allowed." } else { "Refused." }.to_owned());
    if !sides.whole.message.is_empty() {
        lines.push(format!("AWS says: {}", sides.whole.message));
    }
    lines.extend(decision.ladder.iter().map(rung_as_text));
    if let Some(fix) = &sides.whole.fix {
        lines.push(format!("Fix: {}", fix.words));
    }
    lines.join("\n")
}
