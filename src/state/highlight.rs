//! Splits JSON into spans for syntax highlighting. Invalid JSON is accepted and stays plain.

/// The kind of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxKind {
    /// Punctuation, white space and invalid text.
    Plain,
    /// Key of an object member.
    Key,
    /// String value.
    String,
    /// Number, `true`, `false` or `null`.
    Literal,
}

/// The spans of each line.
pub fn lines(text: &str) -> Vec<Vec<(SyntaxKind, &str)>> {
    text.split('\n').map(spans).collect()
}

/// JSON strings cannot contain line breaks, so each line is split by itself.
fn spans(line: &str) -> Vec<(SyntaxKind, &str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            '"' => {
                let length = string_length(rest);
                let after = rest.get(length..).unwrap_or_default().trim_start();
                (if after.starts_with(':') { SyntaxKind::Key } else { SyntaxKind::String }, length)
            }
            '0'..='9' | '-' | 'a'..='z' => {
                (SyntaxKind::Literal, find_or_end(rest, |c| !is_literal_char(c)))
            }
            _ => (
                SyntaxKind::Plain,
                find_or_end(rest, |c| c == '"' || is_literal_char(c)).max(first.len_utf8()),
            ),
        };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        pieces.push((kind, piece));
        rest = after;
    }
    pieces
}

fn is_literal_char(c: char) -> bool {
    matches!(c, '0'..='9' | '-' | '+' | '.' | 'a'..='z')
}

fn find_or_end(text: &str, ends: impl Fn(char) -> bool) -> usize {
    text.find(ends).unwrap_or(text.len())
}

/// Length in bytes of a string with its quotes; an unterminated one takes the rest.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_texts() {
        let line = r#"  "a\"b" : ["c", 1.5, true],"#;
        let kinds: Vec<(SyntaxKind, &str)> =
            spans(line).into_iter().filter(|(k, _)| *k != SyntaxKind::Plain).collect();
        let expected = [
            (SyntaxKind::Key, r#""a\"b""#),
            (SyntaxKind::String, "\"c\""),
            (SyntaxKind::Literal, "1.5"),
            (SyntaxKind::Literal, "true"),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn nothing_is_lost_of_any_text() {
        for text in ["", "\"", "\"\\", "{\"a\"", "é\"ü\n\n}", "\u{0}😀:1e9-+", "\"a\nb\""] {
            let joined: Vec<String> = lines(text)
                .into_iter()
                .map(|line| line.into_iter().map(|(_, piece)| piece).collect())
                .collect();
            assert_eq!(joined.join("\n"), text);
        }
    }
}
