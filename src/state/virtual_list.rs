//! Which rows of a long list are rendered: visible rows, their neighbors, and pinned rows.

use std::ops::Range;

/// Lists up to this length are rendered whole.
pub const MAX_UNVIRTUALIZED: usize = 200;

/// Rows that are rendered beyond each edge, so that arrow keys and Tab reach them.
const OVERSCAN: usize = 20;

/// An item of the rendered list, top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListItem {
    /// Rows that are not rendered; their total height in CSS pixels.
    Gap(u32),
    /// The row at this index.
    Row(usize),
}

/// The indexes of the rows between two heights from the top of the list.
fn rows_between(heights: &[u32], from: u32, to: u32) -> Range<usize> {
    let mut top = 0;
    let (mut first, mut last) = (heights.len(), heights.len());
    for (at, height) in heights.iter().enumerate() {
        if top + height > from && first == heights.len() {
            first = at;
        }
        if top >= to {
            last = at;
            break;
        }
        top += height;
    }
    first.min(last)..last
}

/// What to render for rows of these heights (CSS pixels) when the part between `from` and `to` is
/// visible. The rows at the indexes in `pinned` are always rendered.
pub fn visible_items(heights: &[u32], (from, to): (u32, u32), pinned: &[usize]) -> Vec<ListItem> {
    let view = match heights.len() {
        0..=MAX_UNVIRTUALIZED => 0..heights.len(),
        _ => rows_between(heights, from, to),
    };
    let view = view.start.saturating_sub(OVERSCAN)..view.end.saturating_add(OVERSCAN);
    let mut items = Vec::new();
    let mut gap = 0;
    for (at, height) in heights.iter().enumerate() {
        if !view.contains(&at) && !pinned.contains(&at) {
            gap += height;
            continue;
        }
        if gap > 0 {
            items.push(ListItem::Gap(std::mem::take(&mut gap)));
        }
        items.push(ListItem::Row(at));
    }
    if gap > 0 {
        items.push(ListItem::Gap(gap));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(items: &[ListItem]) -> Vec<usize> {
        let row = |piece: &ListItem| match piece {
            ListItem::Row(at) => Some(*at),
            ListItem::Gap(_) => None,
        };
        items.iter().filter_map(row).collect()
    }

    #[test]
    fn short_lists_are_drawn_whole() {
        assert_eq!(
            rows(&visible_items(&[28; MAX_UNVIRTUALIZED], (0, 100), &[])).len(),
            MAX_UNVIRTUALIZED
        );
        assert!(visible_items(&[], (0, 100), &[]).is_empty());
    }

    #[test]
    fn long_lists_are_drawn_where_they_are_looked_at() {
        let heights = [10; 1000];
        let drawn = visible_items(&heights, (5000, 5100), &[3]);
        assert_eq!(drawn[..3], [ListItem::Gap(30), ListItem::Row(3), ListItem::Gap(4760)]);
        assert_eq!(rows(&drawn)[1..], (480..530).collect::<Vec<_>>());
        assert_eq!(drawn.last(), Some(&ListItem::Gap(4700)));
    }

    #[test]
    fn the_gaps_keep_the_height() {
        let heights: Vec<u32> = (0..600).map(|at| at % 7 + 20).collect();
        let all: u32 = heights.iter().sum();
        for from in [0, 900, 1_000_000_000] {
            let drawn = visible_items(&heights, (from, from + 300), &[0, 599]);
            let height = |piece: &ListItem| match piece {
                ListItem::Gap(height) => *height,
                ListItem::Row(at) => heights[*at],
            };
            assert_eq!(drawn.iter().map(height).sum::<u32>(), all);
        }
    }
}
