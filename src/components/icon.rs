//! Icons: symbols of the sprite in the page, always beside a word. They are functions and no
//! components, because there are many of them and each component costs more than its drawing.

use cognitab_trace::event::Station;
use yew::prelude::*;

use crate::state::labels;

/// A line icon: the symbol of this name.
pub fn line_icon(name: &str) -> Html {
    drawn("line-icon", "", name)
}

/// A line icon with a class of its own.
pub fn line_icon_in(class: &str, name: &str) -> Html {
    drawn("line-icon", class, name)
}

/// A filled icon in the colour of a class.
pub fn filled_icon(class: &str, name: &str) -> Html {
    drawn("filled-icon", class, name)
}

/// A station's icon in its colour.
pub fn station_icon(station: Station) -> Html {
    let (name, class) = labels::station_style(station);
    filled_icon(class, name)
}

fn drawn(kind: &'static str, class: &str, name: &str) -> Html {
    html! {
        <svg class={classes!(kind, class.to_owned())} aria-hidden="true">
            <use href={format!("#{name}")} />
        </svg>
    }
}
