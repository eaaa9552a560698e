//! Tabs with the standard keys: arrows move, Home and End jump.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The tabs of one panel.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// What the list is called.
    pub label: AttrValue,
    /// Their names.
    pub names: Vec<AttrValue>,
    /// Which one is open.
    pub selected: usize,
    /// Id of the panel that they switch.
    pub panel: AttrValue,
    /// Called with the one to open.
    pub on_select: Callback<usize>,
}

/// Which tab a key leads to.
fn target(key: &str, selected: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((selected + 1) % count.max(1)),
        "ArrowLeft" => Some((selected + count.max(1) - 1) % count.max(1)),
        "Home" => Some(0),
        "End" => Some(count.saturating_sub(1)),
        _ => None,
    }
}

/// A list of tabs.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let list = use_node_ref();
    let onkeydown = {
        let (on_select, selected, count, list) =
            (props.on_select.clone(), props.selected, props.names.len(), list.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(to) = target(&event.key(), selected, count) else { return };
            event.prevent_default();
            on_select.emit(to);
            let tab = list
                .cast::<web_sys::Element>()
                .and_then(|l| l.children().item(to as u32))
                .and_then(|t| t.dyn_into::<HtmlElement>().ok());
            if let Some(tab) = tab {
                // A tab that is not there any more takes no focus.
                let _ = tab.focus();
            }
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={props.label.clone()} ref={list} {onkeydown}>
            { for props.names.iter().enumerate().map(|(at, name)| {
                let on_select = props.on_select.clone();
                let selected = at == props.selected;
                html! {
                    <button role="tab" aria-selected={selected.to_string()}
                        aria-controls={selected.then(|| props.panel.clone())}
                        tabindex={if selected { "0" } else { "-1" }}
                        onclick={Callback::from(move |_| on_select.emit(at))}>{name}</button>
                }
            }) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_round() {
        assert_eq!(target("ArrowRight", 2, 3), Some(0));
        assert_eq!(target("ArrowLeft", 0, 3), Some(2));
        assert_eq!(target("End", 0, 3), Some(2));
        assert_eq!(target("a", 0, 3), None);
    }
}
