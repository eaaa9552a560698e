//! Which rows of a long list are drawn: those in sight, and those that must be there anyway.

use std::ops::Range;

/// Up to so many rows a list is drawn whole.
pub const WHOLE: usize = 200;

/// Rows that are drawn beyond either edge: the next ones that a key or the Tab key reaches.
const SPARE: usize = 20;

/// A piece of the list, from the top down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// Rows that are not drawn, by their height together.
    Gap(f64),
    /// The row at this position.
    Row(usize),
}

/// The rows between two heights, measured from the list's top.
fn in_sight(heights: &[f64], from: f64, to: f64) -> Range<usize> {
    let mut top = 0.0;
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

/// What to draw of rows of these heights when the part between `from` and `to` is in sight; the
/// rows at `kept` are drawn wherever they are.
pub fn pieces(heights: &[f64], (from, to): (f64, f64), kept: &[usize]) -> Vec<Piece> {
    let sight = match heights.len() {
        0..=WHOLE => 0..heights.len(),
        _ => in_sight(heights, from, to),
    };
    let sight = sight.start.saturating_sub(SPARE)..sight.end.saturating_add(SPARE);
    let mut pieces = Vec::new();
    let mut gap = 0.0;
    for (at, height) in heights.iter().enumerate() {
        if !sight.contains(&at) && !kept.contains(&at) {
            gap += height;
            continue;
        }
        if gap > 0.0 {
            pieces.push(Piece::Gap(std::mem::take(&mut gap)));
        }
        pieces.push(Piece::Row(at));
    }
    if gap > 0.0 {
        pieces.push(Piece::Gap(gap));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(pieces: &[Piece]) -> Vec<usize> {
        let row = |piece: &Piece| match piece {
            Piece::Row(at) => Some(*at),
            Piece::Gap(_) => None,
        };
        pieces.iter().filter_map(row).collect()
    }

    #[test]
    fn short_lists_are_drawn_whole() {
        assert_eq!(rows(&pieces(&[28.0; WHOLE], (0.0, 100.0), &[])).len(), WHOLE);
        assert!(pieces(&[], (0.0, 100.0), &[]).is_empty());
    }

    #[test]
    fn long_lists_are_drawn_where_they_are_looked_at() {
        let heights = [10.0; 1000];
        let drawn = pieces(&heights, (5000.0, 5100.0), &[3]);
        assert_eq!(drawn[..3], [Piece::Gap(30.0), Piece::Row(3), Piece::Gap(4760.0)]);
        assert_eq!(rows(&drawn)[1..], (480..530).collect::<Vec<_>>());
        assert_eq!(drawn.last(), Some(&Piece::Gap(4700.0)));
    }

    #[test]
    fn the_gaps_keep_the_height() {
        let heights: Vec<f64> = (0..600).map(|at| f64::from(at % 7) + 20.0).collect();
        let all: f64 = heights.iter().sum();
        for from in [0.0, 900.0, 1e9] {
            let drawn = pieces(&heights, (from, from + 300.0), &[0, 599]);
            let height = |piece: &Piece| match piece {
                Piece::Gap(height) => *height,
                Piece::Row(at) => heights[*at],
            };
            assert_eq!(drawn.iter().map(height).sum::<f64>(), all);
        }
    }
}
