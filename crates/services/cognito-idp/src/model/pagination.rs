//! Pages of a list.

use crate::error::Error;

/// The largest page.
const MOST: usize = 60;

/// The page that a token stands for, and the token of the next page. Without a token it is the first
/// page; a limit of 0 means the largest page.
pub(crate) fn paginate<T, N: From<String>>(
    items: impl IntoIterator<Item = T>,
    limit: Option<impl Into<i64>>,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<N>), Error> {
    let start = match token {
        Some(token) => {
            token.parse::<usize>().map_err(|_| Error::parameter("Invalid pagination token"))?
        }
        None => 0,
    };
    let size =
        limit.and_then(|n| usize::try_from(n.into()).ok()).filter(|n| *n > 0).unwrap_or(MOST);
    let mut items = items.into_iter().skip(start);
    let page: Vec<T> = items.by_ref().take(size).collect();
    let next = items.next().map(|_| start.saturating_add(size).to_string().into());
    Ok((page, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_on_one_page_and_the_last_page_has_no_token() {
        for (count, limit) in [(0, Some(2)), (1, Some(2)), (4, Some(2)), (5, Some(2)), (130, None)]
        {
            let (mut all, mut token) = (Vec::new(), None);
            for pages in 1.. {
                let (page, next) =
                    paginate::<_, String>(0..count, limit, token.as_deref()).unwrap();
                assert!(pages == 1 || !page.is_empty());
                all.extend(page);
                token = next;
                if token.is_none() {
                    break;
                }
            }
            assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
        assert_eq!(paginate::<_, String>(0..3, Some(0), None), Ok((vec![0, 1, 2], None)));
        assert_eq!(paginate::<_, String>(0..3, None::<i64>, Some("7")), Ok((vec![], None)));
        for token in ["", "x", "-1", "1 "] {
            let error = Error::parameter("Invalid pagination token");
            assert_eq!(
                paginate::<_, String>(0..3, None::<i64>, Some(token)),
                Err(error),
                "{token}"
            );
        }
    }
}
