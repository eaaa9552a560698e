//! Pages of lists.

use crate::error::Error;

/// The maximum number of items on a page.
const MAX_RESULTS: usize = 1024;

/// The page of a token, its number of items, and the token of the next page.
pub(crate) fn page<T>(
    all: Vec<T>,
    max_results: Option<i64>,
    token: Option<&str>,
) -> Result<(Vec<T>, i64, Option<String>), Error> {
    let start = token.map_or(Ok(0), |t| t.parse::<usize>().map_err(|_| Error::InvalidNextToken))?;
    let max_results =
        max_results.and_then(|m| usize::try_from(m).ok()).filter(|m| *m > 0).unwrap_or(MAX_RESULTS);
    let end = start.saturating_add(max_results.min(MAX_RESULTS));
    let next = (end < all.len()).then(|| end.to_string());
    let page: Vec<T> = all.into_iter().skip(start).take(end - start).collect();
    let count = i64::try_from(page.len()).unwrap_or(i64::MAX);
    Ok((page, count, next))
}
