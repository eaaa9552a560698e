//! The classes of a button.

use yew::prelude::*;

/// The kind of a button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Outlined.
    #[default]
    Standard,
    /// Filled: the main action of its view.
    Primary,
    /// Without an outline until it is hovered.
    Quiet,
}

/// The size of a button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// At least 36 px high.
    #[default]
    Standard,
    /// At least 28 px high.
    Small,
}

/// The classes for a kind and a size.
pub fn button_class(kind: ButtonKind, size: ButtonSize) -> Classes {
    let kind = match kind {
        ButtonKind::Standard => None,
        ButtonKind::Primary => Some("btn-primary"),
        ButtonKind::Quiet => Some("btn-quiet"),
    };
    classes!("btn", kind, (size == ButtonSize::Small).then_some("btn-small"))
}
