//! A document that IAM would not take, with IAM's words and the place.

use std::fmt;

/// Why a document is refused, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// AWS's message.
    pub message: String,
    /// JSON pointer to the part at fault; empty for the whole document.
    pub path: String,
    /// Line, from 1; 0 where unknown.
    pub line: usize,
    /// Column, from 1; 0 where unknown.
    pub column: usize,
    /// Whether the text is not JSON at all.
    pub broken_json: bool,
}

impl Malformed {
    pub(crate) fn new(message: impl Into<String>, path: impl Into<String>) -> Malformed {
        Malformed {
            message: message.into(),
            path: path.into(),
            line: 0,
            column: 0,
            broken_json: false,
        }
    }

    pub(crate) fn syntax(path: impl Into<String>) -> Malformed {
        Malformed::new("Syntax errors in policy.", path)
    }

    pub(crate) fn json(error: &serde_json::Error) -> Malformed {
        let (line, column) = (error.line(), error.column());
        Malformed { line, column, broken_json: true, ..Malformed::syntax("") }
    }

    /// The same with line and column of its path in the document's text.
    pub fn located(mut self, text: &str) -> Malformed {
        // What is missing has no place: the nearest part around it has.
        let mut path = self.path.as_str();
        let mut place = find(text, path);
        while let (None, Some((outer, _))) = (place, path.rsplit_once('/')) {
            path = outer;
            place = find(text, path);
        }
        if !self.broken_json
            && let Some(at) = place
        {
            let before = text.get(..at).unwrap_or_default();
            self.line = before.matches('\n').count() + 1;
            self.column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        }
        self
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Malformed {}

/// Where in a JSON text the value of a pointer starts. The text is known to be JSON.
fn find(text: &str, path: &str) -> Option<usize> {
    let mut at = skip_blank(text, 0);
    for step in path.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        at = enter(text, at, &step)?;
    }
    Some(at)
}

/// The start of one member of the object or array that starts at `at`.
fn enter(text: &str, at: usize, step: &str) -> Option<usize> {
    let object = text.as_bytes().get(at)? == &b'{';
    let mut here = skip_blank(text, at + 1);
    for index in 0usize.. {
        let found = if object {
            let end = skip_value(text, here)?;
            let key: String = serde_json::from_str(text.get(here..end)?).ok()?;
            here = skip_blank(text, skip_blank(text, end) + 1);
            key == step
        } else {
            step.parse() == Ok(index)
        };
        if found {
            return Some(here);
        }
        here = skip_blank(text, skip_value(text, here)?);
        if text.as_bytes().get(here)? != &b',' {
            return None;
        }
        here = skip_blank(text, here + 1);
    }
    None
}

fn skip_blank(text: &str, at: usize) -> usize {
    let blank = |byte: &&u8| byte.is_ascii_whitespace();
    at + text.as_bytes().get(at..).unwrap_or_default().iter().take_while(blank).count()
}

/// The end of the value that starts at `at`.
fn skip_value(text: &str, at: usize) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (index, byte) in text.bytes().enumerate().skip(at) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => {
                quoted = !quoted;
                if !quoted && depth == 0 {
                    return Some(index + 1);
                }
            }
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => return Some(index),
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::Malformed;

    #[test]
    fn places() {
        let text = "{\"a\": [1,\n  {\"b/c\": \"x\", \"d\": 2}]}";
        let at = |path: &str| {
            let found = Malformed::syntax(path).located(text);
            (found.line, found.column)
        };
        assert_eq!(at(""), (1, 1));
        assert_eq!(at("/a/1"), (2, 3));
        assert_eq!(at("/a/1/b~1c"), (2, 11));
        assert_eq!(at("/a/1/d"), (2, 21));
        assert_eq!(at("/a/1/none/0"), (2, 3));
    }
}
