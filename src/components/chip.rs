//! The chip of an artifact: two letters, and a border that shows the kind. Its accessible name
//! tells the remaining lifetime.

use cognitab_trace::event::{Artifact, ArtifactKind};
use yew::prelude::*;

use super::line_icon;
use crate::state::labels;

/// The size of a chip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChipSize {
    /// 24 px high.
    #[default]
    Standard,
    /// 20 px high, for rows.
    Small,
}

/// Properties of [`Chip`].
#[derive(Properties, PartialEq)]
pub struct ChipProps {
    /// The token, code or credentials that the chip represents.
    pub artifact: Artifact,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Whether the artifact was used and cannot be used again.
    #[prop_or_default]
    pub spent: bool,
    /// Size of the chip.
    #[prop_or_default]
    pub size: ChipSize,
    /// Called on click. Without it the chip is not a button.
    #[prop_or_default]
    pub open: Option<Callback<Artifact>>,
}

/// An artifact as a chip.
#[component]
pub fn Chip(props: &ChipProps) -> Html {
    let (letters, edge, name) = labels::artifact(props.artifact.kind);
    let left = labels::time_left(props.artifact.expires, props.now);
    let spent = props.spent || left == "expired";
    let rest = match (props.spent, left.as_str()) {
        (true, _) => "spent".to_owned(),
        (_, "expired") => left,
        _ => format!("{left} left"),
    };
    let label = format!("{letters}: {name}, {rest}");
    let class = classes!(
        "chip",
        edge,
        spent.then_some("spent"),
        (props.size == ChipSize::Small).then_some("chip-small")
    );
    let lock = (props.artifact.kind == ArtifactKind::RefreshToken)
        .then(|| html! { {line_icon("i-lock")} });
    match props.open.clone() {
        Some(open) => {
            let artifact = props.artifact.clone();
            let onclick = Callback::from(move |_: MouseEvent| open.emit(artifact.clone()));
            html! {
                <button {class} {onclick} aria-label={label.clone()} title={label}>{letters}{lock}</button>
            }
        }
        None => html! {
            <span {class} role="img" aria-label={label.clone()} title={label}>{letters}{lock}</span>
        },
    }
}
