//! Users and roles of the lab world that could perform an action, and those that nearly could.

use cognitab_policy::Question;
use cognitab_trace::control::{Candidate, CandidateKind, WhoCould};
use yew::prelude::*;

use crate::components::{ButtonKind, ButtonSize, button_class, filled_icon, line_icon};
use crate::state::labels;
use crate::state::principal::account_name;

/// Properties of [`who_could_list`].
pub struct WhoCouldProps<'a> {
    /// The result; `None` until it is requested.
    pub who: Option<&'a WhoCould>,
    /// Requests the result.
    pub ask: Callback<MouseEvent>,
    /// Called with the question for the chosen caller.
    pub pick: Callback<Question>,
}

/// The button, or the list of candidates.
pub fn who_could_list(props: &WhoCouldProps<'_>) -> Html {
    let Some(who) = props.who else {
        return html! {
            <div class="actions">
                <button class={button_class(ButtonKind::Standard, ButtonSize::Standard)} onclick={props.ask.clone()}>{"Who is allowed?"}</button>
                <span class="caption">{"Evaluates the question for every user and role of the lab world."}</span>
            </div>
        };
    };
    html! { <>
        <p role="status" class="text-secondary">{ match who.could.len() {
            0 => "No user or role in the lab world could.".to_owned(),
            1 => "One could.".to_owned(),
            count => format!("{count} could."),
        } }</p>
        <ul class="candidates" aria-label="Allowed principals">{ for who.could.iter().map(|one| row(props, one)) }</ul>
        if !who.nearly.is_empty() {
            <h4>{"Nearly"}</h4>
            <ul class="candidates" aria-label="Who nearly could">{ for who.nearly.iter().map(|one| row(props, one)) }</ul>
        }
        <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={props.ask.clone()}>{"Evaluate again"}</button>
    </> }
}

fn row(props: &WhoCouldProps<'_>, one: &Candidate) -> Html {
    let case = one.case.clone();
    let ask = props.pick.reform(move |_: MouseEvent| case.clone());
    let name = if one.name.is_empty() { "Anyone, unsigned" } else { one.name.as_str() };
    let (glyph, class) = match one.kind {
        CandidateKind::User => ("g-user-pool", "station-app"),
        CandidateKind::Anonymous => ("g-guest", "station-guest"),
        CandidateKind::Role | CandidateKind::IdentityPool => ("g-role", "station-role"),
    };
    html! {
        <li>
            {filled_icon(class, glyph)}
            <div>
                <p><b>{name.to_owned()}</b>{" "}<span class="text-secondary">{account_label(one)}</span></p>
                <p class="text-secondary">{access_path(one)}</p>
                { for one.stopped.as_ref().map(|rung| html! {
                    <p class="text-deny">{line_icon("i-ring")}{format!("{}: {}", labels::rung(rung.kind), rung.note)}</p>
                }) }
                if !one.arn.is_empty() { <p class="mono caption">{&one.arn}</p> }
            </div>
            <button class={button_class(ButtonKind::Quiet, ButtonSize::Small)} onclick={ask}>{"Use as caller"}<span class="visually-hidden">{format!(", {name}")}</span></button>
        </li>
    }
}

fn account_label(one: &Candidate) -> String {
    if one.account.is_empty() {
        return "any account".to_owned();
    }
    format!("{} {}", account_name(&one.account), one.account)
}

/// How a candidate gets credentials, and which policies allow the action.
fn access_path(one: &Candidate) -> String {
    let by = match one.policies.as_slice() {
        [] => String::new(),
        list => format!(" Allowed by {}.", list.join(" and ")),
    };
    let way = match (&one.pool, one.kind) {
        (Some(attachment), _) => {
            let kind = if attachment.guest { "guests" } else { "authenticated users" };
            format!("Identity pool {} assigns it to {kind}.", labels::shorten(&attachment.pool))
        }
        (None, CandidateKind::User) => "A user with access keys.".to_owned(),
        (None, CandidateKind::Anonymous) => "No credentials required.".to_owned(),
        (None, _) if one.trusts.is_empty() => "A role that no principal can assume.".to_owned(),
        (None, _) => format!("A role that trusts {}.", one.trusts.join(", ")),
    };
    way + &by
}
