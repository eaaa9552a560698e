//! Tabs with the keys of the ARIA pattern: arrow keys move, Home and End jump.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// Accessible name of the tab list.
    pub label: AttrValue,
    /// Labels of the tabs, in order.
    pub names: Vec<AttrValue>,
    /// Index of the selected tab.
    pub selected: usize,
    /// Id of the panel that the tabs control.
    pub panel: AttrValue,
    /// Called with the index of the tab to select.
    pub on_select: Callback<usize>,
}

/// The index of the tab that a key selects; `None` for every other key.
fn target(key: &str, selected: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((selected + 1) % count.max(1)),
        "ArrowLeft" => Some((selected + count.max(1) - 1) % count.max(1)),
        "Home" => Some(0),
        "End" => Some(count.saturating_sub(1)),
        _ => None,
    }
}

/// A list of tabs. The caller renders the panel.
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
                // A tab that was removed meanwhile does not take the focus.
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
