//! Tokens that confirm subscriptions.

use cognitab_kernel::{Cx, Row};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::subscription::{CONFIRMATION_PERIOD, Subscription};

/// What every token begins with.
const PREFIX: &str = "2336412f37";
/// Characters of a token.
const LENGTH: usize = 288;

/// A token.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Token {
    token: String,
    /// The subscription as it was when the token was issued. Confirming restores it if it has been
    /// deleted since.
    pub(crate) subscription: Subscription,
    expires: Timestamp,
}

impl Row for Token {
    const TABLE: &'static str = "sns.token";
    fn key(&self) -> String {
        self.token.clone()
    }
}

/// Issues a token. Removes those that have expired.
pub(crate) fn issue(cx: &mut Cx<'_>, subscription: &Subscription) -> String {
    let now = cx.now;
    remove(cx, |token| token.expires.0 <= now);
    let random = cx.random.text(b"0123456789abcdef", LENGTH - PREFIX.len());
    let token = Token {
        token: format!("{PREFIX}{random}"),
        subscription: subscription.clone(),
        expires: Timestamp(now + CONFIRMATION_PERIOD),
    };
    cx.world.put(&token);
    token.token
}

/// The token of this text, unless it has expired.
pub(crate) fn find(cx: &Cx<'_>, text: &str) -> Result<Token, Error> {
    if text.len() != LENGTH || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Error::MalformedToken);
    }
    let token: Option<Token> = cx.world.get(text);
    token.filter(|token| cx.now < token.expires.0).ok_or(Error::InvalidParameter("Token"))
}

/// Removes the tokens of subscriptions whose key has this prefix.
pub(crate) fn revoke(cx: &mut Cx<'_>, prefix: &str) {
    remove(cx, |token| token.subscription.key().starts_with(prefix));
}

fn remove(cx: &mut Cx<'_>, is_obsolete: impl Fn(&Token) -> bool) {
    let obsolete: Vec<Token> = cx.world.scan("").filter(|token| is_obsolete(token)).collect();
    for token in obsolete {
        cx.world.remove::<Token>(&token.key());
    }
}
