//! Lists in pages, as IAM cuts them.

/// A page of a list, and the marker of the next one. Markers count items, and one that cannot be
/// read begins anew.
pub(crate) fn of<T>(
    all: Vec<T>,
    max_items: Option<i64>,
    marker: Option<&str>,
) -> (Vec<T>, Option<String>) {
    let from = marker.and_then(|m| m.parse::<usize>().ok()).unwrap_or_default();
    let size = max_items.and_then(|n| usize::try_from(n).ok()).unwrap_or(100);
    let end = from.saturating_add(size);
    let next = (end < all.len()).then(|| end.to_string());
    (all.into_iter().skip(from).take(size).collect(), next)
}
