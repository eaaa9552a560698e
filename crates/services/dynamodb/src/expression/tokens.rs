//! The tokens of an expression.

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) kind: TokenKind,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A keyword, a function or an attribute name.
    Identifier,
    /// `#name`.
    NamePlaceholder,
    /// `:value`.
    ValuePlaceholder,
    /// The digits of a list index.
    Digits,
    /// An operator or a punctuation mark.
    Symbol,
}

/// Splits an expression into tokens. The error is the character that begins no token.
pub(crate) fn tokenize(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (kind, length) = if first.is_ascii_alphabetic() || first == '_' {
            (TokenKind::Identifier, identifier_length(rest))
        } else if first.is_ascii_digit() {
            (TokenKind::Digits, rest.bytes().take_while(u8::is_ascii_digit).count())
        } else if first == '#' || first == ':' {
            let length = 1 + identifier_length(rest.get(1..).unwrap_or_default());
            if length == 1 {
                return Err(first.to_string());
            }
            let is_name = first == '#';
            (if is_name { TokenKind::NamePlaceholder } else { TokenKind::ValuePlaceholder }, length)
        } else if ["<>", "<=", ">="].iter().any(|symbol| rest.starts_with(symbol)) {
            (TokenKind::Symbol, 2)
        } else if "=<>()[].,+-".contains(first) {
            (TokenKind::Symbol, 1)
        } else {
            return Err(first.to_string());
        };
        let (token, tail) = rest.split_at_checked(length).ok_or_else(|| first.to_string())?;
        tokens.push(Token { text: token.to_owned(), kind });
        rest = tail.trim_start();
    }
    Ok(tokens)
}

fn identifier_length(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
}
