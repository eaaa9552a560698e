//! Expressions cut into tokens.

/// A token with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The token.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A keyword, a function or an attribute.
    Word,
    /// `#name`.
    Name,
    /// `:value`.
    Value,
    /// Digits.
    Index,
    /// Everything else.
    Sign,
}

/// Cuts an expression; a character that has no place in one ends it with an error that holds it.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (kind, length) = if first.is_ascii_alphabetic() || first == '_' {
            (TokenKind::Word, word(rest))
        } else if first.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (TokenKind::Index, digits)
        } else if first == '#' || first == ':' {
            let length = 1 + word(rest.get(1..).unwrap_or_default());
            if length == 1 {
                return Err(first.to_string());
            }
            (if first == '#' { TokenKind::Name } else { TokenKind::Value }, length)
        } else if ["<>", "<=", ">="].iter().any(|sign| rest.starts_with(sign)) {
            (TokenKind::Sign, 2)
        } else if "=<>()[].,+-".contains(first) {
            (TokenKind::Sign, 1)
        } else {
            return Err(first.to_string());
        };
        let (token, tail) = rest.split_at_checked(length).ok_or_else(|| first.to_string())?;
        out.push(Token { text: token.to_owned(), kind });
        rest = tail.trim_start();
    }
    Ok(out)
}

fn word(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
}
