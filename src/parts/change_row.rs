//! The policy change that allows a request: as a diff, as a button, as AWS CLI and Terraform.

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
    /// Applies the change in the world; `None` where it cannot be applied there.
    #[prop_or_default]
    pub apply: Option<Callback<PolicyChange>>,
    /// Label of the apply button; the change's own label by default.
    #[prop_or_default]
    pub says: Option<AttrValue>,
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
    let press = props.apply.clone().filter(|_| change.location.is_some()).map(|apply| {
        let (label, change) = (change.label(), change.clone());
        let says = props.says.clone().unwrap_or_else(|| label.into());
        html! { <button class={button_class(ButtonKind::Standard, ButtonSize::Standard)} onclick={apply.reform(move |_: MouseEvent| change.clone())}>{says}</button> }
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
                {props.children.clone()}{press}
                if change.location.is_some() && !lines.is_empty() {
                    <span class="caption">{"same as"}</span>{toggle("CLI")}{toggle("Terraform")}
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
    let of = |side| lines.iter().filter(move |l| l.side == side).collect::<Vec<_>>();
    let pair = match (of(LineChange::Removed).as_slice(), of(LineChange::Added).as_slice()) {
        ([gone], [new]) => Some(split_difference(&gone.text, &new.text)),
        _ => None,
    };
    let text = |line: &DiffLine| match (pair, line.side) {
        (Some((head, gone, _, tail)), LineChange::Removed) => {
            html! { <>{head}<mark>{gone}</mark>{tail}</> }
        }
        (Some((head, _, new, tail)), LineChange::Added) => {
            html! { <>{head}<mark class="added">{new}</mark>{tail}</> }
        }
        _ => html! { {&line.text} },
    };
    html! {
        <div class="policy-diff"><ol>
            { for lines.iter().map(|line| {
                let (class, label, mark) = match line.side {
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
