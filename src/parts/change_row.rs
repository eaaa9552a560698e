//! Shows the policy change that allows a request: a diff, a button that applies it, and its AWS CLI
//! and Terraform equivalents.

use yew::prelude::*;

use crate::components::{ButtonKind, ButtonSize, Copy, button_class, line_icon};
use crate::state::change::PolicyChange;
use crate::state::json_format::{DiffLine, LineChange};
use crate::state::reason::split_difference;

/// Properties of [`ChangeRow`].
#[derive(Properties, PartialEq)]
pub struct ChangeRowProps {
    /// The change to show.
    pub change: PolicyChange,
    /// Buttons before the standard ones.
    #[prop_or_default]
    pub children: Html,
    /// Applies the change in the world; `None` if it cannot be applied there.
    #[prop_or_default]
    pub apply: Option<Callback<PolicyChange>>,
    /// Label of the apply button; the change's own label by default.
    #[prop_or_default]
    pub apply_label: Option<AttrValue>,
    /// A note below the buttons.
    #[prop_or_default]
    pub note: Html,
}

/// Two rows of a description list: the diff and the fix.
#[component]
pub fn ChangeRow(props: &ChangeRowProps) -> Html {
    let shown = use_state(|| None::<&'static str>);
    let change = &props.change;
    let toggle = |name: &'static str| {
        let shown = shown.clone();
        let open = *shown == Some(name);
        html! {
            <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} aria-expanded={open.to_string()}
                onclick={Callback::from(move |_| shown.set((!open).then_some(name)))}>
                {name}{line_icon("i-down")}
            </button>
        }
    };
    let apply_button = props.apply.clone().filter(|_| change.location.is_some()).map(|apply| {
        let (label, change) = (change.label(), change.clone());
        let apply_label = props.apply_label.clone().unwrap_or_else(|| label.into());
        html! { <button class={button_class(ButtonKind::Standard, ButtonSize::Standard)} onclick={apply.reform(move |_: MouseEvent| change.clone())}>{apply_label}</button> }
    });
    let text = match *shown {
        Some("CLI") => change.cli(),
        Some(_) => change.terraform(),
        None => None,
    };
    let lines = change.diff();
    html! { <>
        <dt>{change.title()}</dt>
        <dd>
            if lines.is_empty() { <p class="text-secondary">{&change.fix.words}</p> } else { {diff(&lines)} }
        </dd>
        <dt>{"Fix"}</dt>
        <dd>
            <div class="actions">
                {props.children.clone()}{apply_button}
                if change.location.is_some() && !lines.is_empty() {
                    <span class="caption">{"Show as"}</span>{toggle("CLI")}{toggle("Terraform")}
                }
            </div>
            { for text.map(|text| html! { <>
                <code class="code-block">{&text}</code><Copy {text} />
            </> }) }
            {props.note.clone()}
        </dd>
    </> }
}

/// A diff with line numbers. Screen readers get "removed" and "added"; if one line replaces
/// another, the differing part is marked.
pub fn diff(lines: &[DiffLine]) -> Html {
    let lines_with = |change| lines.iter().filter(move |l| l.change == change).collect::<Vec<_>>();
    let pair = match (
        lines_with(LineChange::Removed).as_slice(),
        lines_with(LineChange::Added).as_slice(),
    ) {
        ([removed], [added]) => Some(split_difference(&removed.text, &added.text)),
        _ => None,
    };
    let text = |line: &DiffLine| match (pair, line.change) {
        (Some((head, removed, _, tail)), LineChange::Removed) => {
            html! { <>{head}<mark>{removed}</mark>{tail}</> }
        }
        (Some((head, _, added, tail)), LineChange::Added) => {
            html! { <>{head}<mark class="added">{added}</mark>{tail}</> }
        }
        _ => html! { {&line.text} },
    };
    html! {
        <div class="policy-diff"><ol>
            { for lines.iter().map(|line| {
                let (class, label, mark) = match line.change {
                    LineChange::Unchanged => (None, None, ""),
                    LineChange::Removed => (Some("removed"), Some("removed: "), "−"),
                    LineChange::Added => (Some("added"), Some("added: "), "+"),
                };
                let number = format!("{}{mark}", line.number);
                html! {
                    <li class={classes!(class)} data-n={number}>
                        <span>{ for label.map(|label| html! { <span class="visually-hidden">{label}</span> }) }{text(line)}</span>
                    </li>
                }
            }) }
        </ol></div>
    }
}
