//! The answer to a policy question: AWS's message, one ladder or two, and the change that allows
//! it.

use cognitab_policy::ladder::{RungState, StatementTrace};
use cognitab_policy::{Case, Question};
use cognitab_trace::control::Verdict;
use yew::prelude::*;

use super::change_row::ChangeRow;
use super::ladder::{comparison, ladder};
use crate::components::{ButtonKind, ButtonSize, button_class, line_icon};
use crate::state::change::PolicyChange;
use crate::state::draft::{DraftError, JsonError, QuestionKind};
use crate::state::policy::{Answer, Evaluation, QuestionState};
use crate::state::principal::account_name;
use crate::state::reason::{no_fix_reason, refusing_rung_of, rung_as_text, unmet_first};

/// Maximum number of near matches that are shown.
const MAX_STATEMENTS: usize = 3;

/// Properties of [`answer`].
pub struct AnswerProps<'a> {
    /// The question with its answer.
    pub question: &'a QuestionState,
    /// AWS's error code, if the question comes from a refused event.
    pub code: Option<String>,
    /// Applies the change in the editor.
    pub apply_in_editor: Callback<PolicyChange>,
    /// Applies the change in the lab; `None` if the documents are not the lab's.
    pub apply_in_lab: Option<Callback<PolicyChange>>,
}

/// The verdict as a word with an icon.
pub fn verdict(question: &QuestionState) -> Html {
    let no = |icon: &'static str, text: &'static str| {
        html! { <span class="verdict text-deny">{line_icon(icon)}{text}</span> }
    };
    match &question.answer {
        Answer::Pending => html! { <span class="verdict text-secondary">{"Evaluating…"}</span> },
        Answer::Incomplete(_) | Answer::Failed(_) => {
            html! { <span class="verdict text-secondary">{line_icon("i-warn")}{"Not evaluated"}</span> }
        }
        Answer::Evaluated(evaluation) if evaluation.judgment.decision.allowed => {
            html! { <span class="verdict text-allow">{line_icon("i-ok")}{"Allowed"}</span> }
        }
        Answer::Evaluated(evaluation) => {
            match refusing_rung_of(&evaluation.judgment.decision.ladder).map(|r| r.state) {
                Some(RungState::Denied) => no("i-dash", "Explicitly denied"),
                _ => no("i-ring", "Nothing allows it"),
            }
        }
    }
}

/// The answer, or why there is none.
pub fn answer(props: &AnswerProps<'_>) -> Html {
    match &props.question.answer {
        Answer::Pending => {
            html! { <p class="empty" aria-busy="true">{"Evaluating the question."}</p> }
        }
        Answer::Failed(why) => html! {
            <p class="error-box"><b>{"The question cannot be evaluated. "}</b>{why}</p>
        },
        Answer::Incomplete(DraftError::Missing(what)) => html! {
            <p class="empty">{"Incomplete. "}{*what}</p>
        },
        Answer::Incomplete(DraftError::InvalidJson(all)) => html! {
            <p class="error-box"><b>{"Not evaluated. "}</b>{ for all.iter().map(json_error) }</p>
        },
        Answer::Evaluated(evaluation) => evaluation_view(props, evaluation),
    }
}

fn json_error(one: &JsonError) -> Html {
    html! { <span>{format!("{} is not valid JSON from line {}. ", one.name, one.line)}</span> }
}

fn evaluation_view(props: &AnswerProps<'_>, evaluation: &Evaluation) -> Html {
    let decision = &evaluation.judgment.decision;
    html! {
        <dl class="reason">
            if !decision.allowed {
                <dt>{"AWS says"}</dt>
                <dd class="quote">
                    { for props.code.as_ref().map(|code| html! { <><b>{code}</b>{" — "}</> }) }
                    {&evaluation.judgment.message}
                    if evaluation.judgment.message == "Access Denied" {
                        <span class="caption">{"AWS returns no details outside the caller's account. The explanation below is the simulator's."}</span>
                    }
                </dd>
            }
            <dt>{"Ladder"}</dt>
            <dd>{ match (&evaluation.by_account, &evaluation.question) {
                (Some(by_account), Question::Access(case)) => two_accounts(case, by_account),
                _ => ladder(&decision.ladder),
            } }</dd>
            { for near_matches(evaluation) }
            {fix_row(props, evaluation)}
        </dl>
    }
}

/// The verdicts of the caller's and the owner's account, side by side.
fn two_accounts(case: &Case, (caller, owner): &(Verdict, Verdict)) -> Html {
    let caller_account = case.principal.account().unwrap_or_default();
    let who = case.principal.arn();
    let who = who.splitn(6, ':').last().unwrap_or_default();
    let what = case.resource.splitn(6, ':').last().unwrap_or_default();
    let side = |number: &str, part: String, verdict: &Verdict| {
        html! {
            <section aria-label={format!("Account {} {number}", account_name(number))}>
                <h4 class="account-name">{account_name(number)}{" "}<span class="mono">{number.to_owned()}</span></h4>
                <p class="caption">{part}</p>
                {ladder(&verdict.ladder)}
                <p class="account-verdict">{account_verdict(account_name(number), verdict)}</p>
            </section>
        }
    };
    let words = match (caller.allowed, owner.allowed) {
        (true, true) => {
            html! { <><b class="text-allow">{"Allowed."}</b>{" Both accounts allow it."}</> }
        }
        (false, false) => {
            html! { <><b class="text-deny">{"Refused."}</b>{" Neither account allows it."}</> }
        }
        _ => html! { <><b class="text-deny">{"Refused."}</b>{" Both accounts must allow it."}</> },
    };
    let bad = !(caller.allowed && owner.allowed);
    html! { <>
        <div class="two-accounts">
            {side(caller_account, format!("Caller: {who}"), caller)}
            {side(&case.account, format!("Owner: {what}"), owner)}
        </div>
        <p class={classes!("combined-verdict", bad.then_some("refused"))}>{words}</p>
    </> }
}

fn account_verdict(name: &str, verdict: &Verdict) -> Html {
    match (verdict.allowed, refusing_rung_of(&verdict.ladder).map(|r| r.state)) {
        (true, _) => {
            html! { <span class="verdict text-allow">{line_icon("i-ok")}{format!("{name} allows")}</span> }
        }
        (false, Some(RungState::Denied)) => {
            html! { <span class="verdict text-deny">{line_icon("i-dash")}{format!("{name} denies")}</span> }
        }
        (false, _) => {
            html! { <span class="verdict text-deny">{line_icon("i-ring")}{"Nothing allows it"}</span> }
        }
    }
}

/// The statements that came closest to a match, with both sides of each element.
fn near_matches(evaluation: &Evaluation) -> Option<Html> {
    let rung = evaluation
        .by_account
        .iter()
        .flat_map(|(caller, owner)| [caller, owner])
        .find_map(|verdict| refusing_rung_of(&verdict.ladder))
        .or_else(|| refusing_rung_of(&evaluation.judgment.decision.ladder))?;
    if rung.statements.is_empty() {
        let table = comparison(&rung.compare, "the policy requires");
        return (!rung.compare.is_empty())
            .then(|| html! { <><dt>{"Compare"}</dt><dd>{table}</dd></> });
    }
    let title = if rung.state == RungState::Denied { "Denied by" } else { "Closest" };
    Some(html! { <>
        <dt>{title}</dt>
        <dd class="near-matches">{ for rung.statements.iter().take(MAX_STATEMENTS).map(statement) }</dd>
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
            {comparison(&compared, &format!("{name} {effect}"))}
        </div>
    }
}

fn fix_row(props: &AnswerProps<'_>, evaluation: &Evaluation) -> Html {
    if evaluation.judgment.decision.allowed {
        return Html::default();
    }
    let Some(change) = props.question.change() else {
        let why = no_fix_reason(refusing_rung_of(&evaluation.judgment.decision.ladder));
        return html! { <><dt>{"No fix here"}</dt><dd class="text-secondary">{why}</dd></> };
    };
    let here = {
        let change = change.clone();
        props.apply_in_editor.reform(move |_: MouseEvent| change.clone())
    };
    let note = html! {
        <p class="callout success">{line_icon("i-ok")}<span>{"Verified: with this change, the request is allowed."}</span></p>
    };
    html! {
        <ChangeRow {change} apply={props.apply_in_lab.clone()} apply_label="Apply in the lab" {note}>
            <button class={button_class(ButtonKind::Primary, ButtonSize::Standard)} onclick={here}>{"Apply to the editor"}</button>
        </ChangeRow>
    }
}

/// The answer as plain text.
pub fn as_text(question: &QuestionState) -> String {
    let draft = &question.draft;
    let title = match draft.kind {
        QuestionKind::Trust => "Can the principal assume the role?",
        QuestionKind::Access => "Can the principal perform the action?",
    };
    let mut lines = vec![
        title.to_owned(),
        format!("{} · {} · {}", draft.principal_text, draft.action, draft.resource),
    ];
    let Some(evaluation) = question.evaluation() else {
        lines.push("Not evaluated.".to_owned());
        return lines.join("\n");
    };
    let decision = &evaluation.judgment.decision;
    lines.push(if decision.allowed { "Allowed." } else { "Refused." }.to_owned());
    if !evaluation.judgment.message.is_empty() {
        lines.push(format!("AWS says: {}", evaluation.judgment.message));
    }
    lines.extend(decision.ladder.iter().map(rung_as_text));
    if let Some(fix) = &evaluation.judgment.fix {
        lines.push(format!("Fix: {}", fix.words));
    }
    lines.join("\n")
}
