//! Lists in pages.

/// A page of a list, and the marker of the next one. A marker is the number of the items before
/// the page; one that is not a number starts at the beginning.
pub(crate) fn page<T>(
    items: Vec<T>,
    max_items: Option<i64>,
    marker: Option<&str>,
) -> (Vec<T>, Option<String>) {
    let start = marker.and_then(|m| m.parse::<usize>().ok()).unwrap_or_default();
    let size = max_items.and_then(|n| usize::try_from(n).ok()).unwrap_or(100);
    let end = start.saturating_add(size);
    let next = (end < items.len()).then(|| end.to_string());
    (items.into_iter().skip(start).take(size).collect(), next)
}
