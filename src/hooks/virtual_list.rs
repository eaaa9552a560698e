//! Tracks which part of a long list is visible and how high its rows are.

use std::collections::BTreeMap;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::state::virtual_list::{ListItem, MAX_UNVIRTUALIZED, visible_items};

/// Assumed height of a row in CSS pixels before any is measured.
const DEFAULT_ROW_HEIGHT: u32 = 28;

/// What [`use_virtual_list`] returns.
pub struct VirtualList {
    /// Rows and gaps to render, top to bottom.
    pub items: Vec<ListItem>,
    /// Ref for the list element. Its children carry their number as `data-row`.
    pub list: NodeRef,
}

/// Follows the scroll position and row heights of a list whose rows have these numbers. Rows in
/// `pinned` are always rendered.
#[hook]
pub fn use_virtual_list(numbers: &[u64], pinned: [Option<u64>; 2]) -> VirtualList {
    let list = use_node_ref();
    let heights = use_mut_ref(BTreeMap::<u64, u32>::new);
    let measured = use_state(|| 0_usize);
    let known = heights.borrow().values().sum::<u32>();
    let usual = known.checked_div(heights.borrow().len() as u32).unwrap_or(DEFAULT_ROW_HEIGHT);
    let each: Vec<u32> =
        numbers.iter().map(|n| heights.borrow().get(n).copied().unwrap_or(usual)).collect();
    // Before the first scroll event the end of the list is visible: it has the newest rows.
    let end = each.iter().sum::<u32>();
    let seen = use_state_eq(|| None);
    {
        let (list, seen, heights) = (list.clone(), seen.setter(), heights.clone());
        use_effect_with((), move |()| {
            let look = {
                let (list, seen) = (list.clone(), seen.clone());
                move |_: &web_sys::Event| {
                    if let Some(view) = list.cast::<Element>().and_then(|l| visible_range(&l)) {
                        seen.set(Some(view));
                    }
                }
            };
            // Scroll events do not bubble, so they are captured.
            let options = EventListenerOptions::run_in_capture_phase();
            let scroll =
                EventListener::new_with_options(&window(), "scroll", options, look.clone());
            let resize = EventListener::new(&window(), "resize", move |event| {
                heights.borrow_mut().clear();
                look(event);
            });
            move || drop((scroll, resize))
        });
    }
    {
        let (list, long) = (list.clone(), numbers.len() > MAX_UNVIRTUALIZED);
        use_effect(move || {
            let rows = list.cast::<Element>().filter(|_| long);
            if rows.is_some_and(|rows| record_heights(&rows, &mut heights.borrow_mut())) {
                measured.set(*measured + 1);
            }
        });
    }
    let at = |number: Option<u64>| numbers.binary_search(&number?).ok();
    let pinned: Vec<usize> = pinned.into_iter().filter_map(at).collect();
    let view = seen.unwrap_or((end.saturating_sub(1000), end));
    VirtualList { items: visible_items(&each, view, &pinned), list }
}

/// The visible part of the list in CSS pixels from its top, in steps of 250 px; `None` while the
/// list is hidden.
fn visible_range(list: &Element) -> Option<(u32, u32)> {
    const STEP: f64 = 250.0;
    let own = list.get_bounding_client_rect();
    let around = list.parent_element()?.get_bounding_client_rect();
    let bottom = window().inner_height().ok()?.as_f64()?;
    if own.width() == 0.0 {
        return None;
    }
    let from = around.top().max(0.0) - own.top();
    let to = around.bottom().min(bottom) - own.top();
    Some((((from / STEP).floor() * STEP) as u32, ((to / STEP).ceil() * STEP) as u32))
}

/// Records the heights of the rendered rows. Returns whether any height changed.
fn record_heights(list: &Element, heights: &mut BTreeMap<u64, u32>) -> bool {
    let children = list.children();
    let mut changed = false;
    for at in 0..children.length() {
        let row = children.item(at).and_then(|row| row.dyn_into::<HtmlElement>().ok());
        let number = row.as_ref().and_then(|r| r.get_attribute("data-row")?.parse().ok());
        if let (Some(row), Some(number)) = (row, number) {
            let height = row.offset_height().unsigned_abs();
            // A hidden row has no height.
            changed |= height > 0 && heights.insert(number, height) != Some(height);
        }
    }
    changed
}
