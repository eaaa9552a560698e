//! Lists in pages.

use crate::error::Error;
use crate::shapes::{MarkerType, MaxItemsType};

/// A page of a list, and the marker of the next one. By default a page has 100 items. A marker is
/// the number of items before its page.
pub(crate) fn page<T>(
    items: Vec<T>,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
) -> Result<(Vec<T>, Option<String>), Error> {
    let start: usize = match marker {
        Some(marker) => marker.parse().map_err(|_| Error::InvalidMarker)?,
        None => 0,
    };
    let size = max_items.and_then(|max| usize::try_from(*max).ok()).unwrap_or(100);
    let end = start.saturating_add(size);
    let next = (end < items.len()).then(|| end.to_string());
    Ok((items.into_iter().skip(start).take(size).collect(), next))
}
