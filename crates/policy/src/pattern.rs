//! Wildcards: `*` matches any characters, `?` matches one.

/// An element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// This byte.
    Byte(u8),
    /// Any single character.
    AnyChar,
    /// Any characters, or none.
    AnyString,
}

/// A pattern as written, or as tokens if only some of its `*` and `?` are wildcards.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Glob<'a> {
    /// Every `*` and `?` is a wildcard.
    Text(&'a [u8]),
    /// Wildcards and literal characters are distinguished already.
    Tokens(&'a [Token]),
}

impl Glob<'_> {
    fn get(self, index: usize) -> Option<Token> {
        match self {
            Glob::Tokens(tokens) => tokens.get(index).copied(),
            Glob::Text(bytes) => bytes.get(index).map(|byte| Token::parse(*byte)),
        }
    }

    fn len(self) -> usize {
        match self {
            Glob::Tokens(tokens) => tokens.len(),
            Glob::Text(bytes) => bytes.len(),
        }
    }

    /// Whether it is `*` alone.
    pub(crate) fn is_star(self) -> bool {
        self.len() == 1 && self.get(0) == Some(Token::AnyString)
    }

    /// Whether its last character is a `*`.
    pub(crate) fn ends_with_star(self) -> bool {
        self.len().checked_sub(1).and_then(|last| self.get(last)) == Some(Token::AnyString)
    }

    /// Splits at the first colon, if there is one.
    pub(crate) fn split_at_colon(self) -> (Self, Option<Self>) {
        let colon = (0..self.len()).find(|index| self.get(*index) == Some(Token::Byte(b':')));
        match colon {
            Some(colon) => (self.cut(0, colon), Some(self.cut(colon + 1, self.len()))),
            None => (self, None),
        }
    }

    fn cut(self, from: usize, to: usize) -> Self {
        match self {
            Glob::Tokens(tokens) => Glob::Tokens(tokens.get(from..to).unwrap_or_default()),
            Glob::Text(bytes) => Glob::Text(bytes.get(from..to).unwrap_or_default()),
        }
    }

    /// Whether it is literally this text, without wildcards.
    pub(crate) fn is_exactly(self, text: &str) -> bool {
        self.len() == text.len()
            && text.bytes().enumerate().all(|(at, byte)| self.get(at) == Some(Token::Byte(byte)))
    }

    /// Whether the whole text matches. Backtracks to the last `*` only, so the work is bounded by
    /// the product of both lengths.
    pub(crate) fn matches(self, text: &str, ignore_case: bool) -> bool {
        let text = text.as_bytes();
        let same = |a: u8, b: u8| a == b || (ignore_case && a.eq_ignore_ascii_case(&b));
        let (mut here, mut at) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        loop {
            match (self.get(here), text.get(at)) {
                (None, None) => return true,
                (Some(Token::AnyString), _) => {
                    here += 1;
                    if here == self.len() {
                        return true;
                    }
                    retry = Some((here, at));
                }
                (Some(Token::AnyChar), Some(_)) => {
                    (here, at) = (here + 1, next_character(text, at))
                }
                (Some(Token::Byte(wanted)), Some(byte)) if same(wanted, *byte) => {
                    (here, at) = (here + 1, at + 1);
                }
                _ => match retry {
                    Some((behind, from)) if from < text.len() => {
                        (here, at) = (behind, from + 1);
                        retry = Some((here, at));
                    }
                    _ => return false,
                },
            }
        }
    }
}

impl Token {
    pub(crate) fn parse(byte: u8) -> Token {
        match byte {
            b'*' => Token::AnyString,
            b'?' => Token::AnyChar,
            byte => Token::Byte(byte),
        }
    }
}

fn next_character(text: &[u8], at: usize) -> usize {
    let continued = |byte: &&u8| **byte & 0xC0 == 0x80;
    at + 1 + text.get(at + 1..).unwrap_or_default().iter().take_while(continued).count()
}

#[cfg(test)]
mod tests {
    use super::Glob;

    fn fits(pattern: &str, text: &str) -> bool {
        Glob::Text(pattern.as_bytes()).matches(text, false)
    }

    #[test]
    fn wildcards() {
        for (pattern, text) in [
            ("*", ""),
            ("", ""),
            ("a*c", "abbbc"),
            ("a?c", "aéc"),
            ("*a*b", "xaxbxb"),
            ("**", "x"),
            ("uploads/*", "uploads/a/b:c"),
            ("*??", "éü"),
        ] {
            assert!(fits(pattern, text), "{pattern} should match {text}");
        }
        for (pattern, text) in [("", "a"), ("a?c", "ac"), ("a*c", "abbb"), ("A", "a"), ("??", "é")]
        {
            assert!(!fits(pattern, text), "{pattern} should not match {text}");
        }
        assert!(Glob::Text(b"S3:get*").matches("s3:GetObject", true));
    }

    #[test]
    fn parts() {
        let glob = |text: &'static str| Glob::Text(text.as_bytes());
        assert!(glob("*").is_star());
        assert!(!glob("*b").is_star() && !glob("b").is_star() && !glob("").is_star());
        assert!(glob("s3").is_exactly("s3"));
        assert!(!glob("s3").is_exactly("s4") && !glob("s3").is_exactly("s3x"));
        assert!(!glob("s*").is_exactly("s*"));
        assert!(
            glob("us-*").ends_with_star()
                && !glob("*-1").ends_with_star()
                && !glob("").ends_with_star()
        );
    }

    #[test]
    fn hostile_patterns_stay_cheap() {
        let pattern = "a*".repeat(2_000) + "b";
        assert!(!fits(&pattern, &"a".repeat(20_000)));
    }
}
