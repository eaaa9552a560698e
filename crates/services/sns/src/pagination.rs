//! Lists in pages.

use cognitab_kernel::{Cx, Row, sealed};
use cognitab_macros::Shape;

use crate::error::Error;

/// Continues a list after the page that returned it.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "nextToken")]
pub(crate) struct NextToken(String);

/// Items of a page.
const SIZE: usize = 100;

/// A page of rows in the order of their keys, and the token of the next page. The token is the
/// sealed key of the page's last row; only the account that received it can use it.
pub(crate) fn page<R: Row>(
    cx: &Cx<'_>,
    rows: impl Iterator<Item = R>,
    token: Option<&NextToken>,
) -> Result<(Vec<R>, Option<NextToken>), Error> {
    let account = &cx.call.account;
    let after = match token.filter(|token| !token.is_empty()) {
        None => String::new(),
        Some(token) => {
            sealed::open(&cx.world, account, token).ok_or(Error::InvalidParameter("NextToken"))?
        }
    };
    let mut rest = rows.skip_while(|row| row.key() <= after);
    let page: Vec<R> = rest.by_ref().take(SIZE).collect();
    let last = rest.next().and_then(|_| page.last());
    let next = last.and_then(|row| sealed::close(&cx.world, account, &row.key()));
    Ok((page, next.map(NextToken::from)))
}
