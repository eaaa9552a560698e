//! Lists cut into pages.

use crate::error::Error;

/// Most entries on a page.
const MOST: usize = 1024;

/// The page behind a token, how much it holds, and the token of the next one.
pub(crate) fn page<T>(
    all: Vec<T>,
    most: Option<i64>,
    token: Option<&str>,
) -> Result<(Vec<T>, i64, Option<String>), Error> {
    let start = token.map_or(Ok(0), |t| t.parse::<usize>().map_err(|_| Error::NextToken))?;
    let most = most.and_then(|m| usize::try_from(m).ok()).filter(|m| *m > 0).unwrap_or(MOST);
    let end = start.saturating_add(most.min(MOST));
    let next = (end < all.len()).then(|| end.to_string());
    let page: Vec<T> = all.into_iter().skip(start).take(end - start).collect();
    let count = i64::try_from(page.len()).unwrap_or(i64::MAX);
    Ok((page, count, next))
}
