//! Icons: symbols of the sprite in `index.html`, always next to a word. They are functions instead
//! of components because a page shows many of them.

use cognitab_trace::event::Station;
use yew::prelude::*;

use crate::state::labels;

/// A line icon; `name` is the id of its symbol.
pub fn line_icon(name: &str) -> Html {
    svg("line-icon", "", name)
}

/// A line icon with an extra class.
pub fn line_icon_in(class: &str, name: &str) -> Html {
    svg("line-icon", class, name)
}

/// A filled icon with an extra class, which sets its color.
pub fn filled_icon(class: &str, name: &str) -> Html {
    svg("filled-icon", class, name)
}

/// A station's icon in the station's color.
pub fn station_icon(station: Station) -> Html {
    let (name, class) = labels::station_style(station);
    filled_icon(class, name)
}

fn svg(kind: &'static str, class: &str, name: &str) -> Html {
    html! {
        <svg class={classes!(kind, class.to_owned())} aria-hidden="true">
            <use href={format!("#{name}")} />
        </svg>
    }
}
