//! Icons: symbols of the sprite in the page, always beside a word.

use cognitab_broker::event::Station;
use yew::prelude::*;

use crate::state::words;

/// Which symbol, and how it is coloured.
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// Id of the symbol.
    pub name: AttrValue,
    /// Class of its colour.
    #[prop_or_default]
    pub class: Classes,
}

/// A line icon.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class={classes!("i", props.class.clone())} aria-hidden="true">
            <use href={format!("#{}", props.name)} />
        </svg>
    }
}

/// A filled icon.
#[component]
pub fn Glyph(props: &IconProps) -> Html {
    html! {
        <svg class={classes!("g", props.class.clone())} aria-hidden="true">
            <use href={format!("#{}", props.name)} />
        </svg>
    }
}

/// Which station.
#[derive(Properties, PartialEq)]
pub struct StationIconProps {
    /// The station.
    pub station: Station,
}

/// A station's icon in its colour.
#[component]
pub fn StationIcon(props: &StationIconProps) -> Html {
    let (name, class) = words::station_look(props.station);
    html! { <Glyph {name} {class} /> }
}
