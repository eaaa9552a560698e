//! Source positions of values in JSON text, for an editor.

use crate::parse::escaped;
use std::collections::BTreeSet;

/// A line and column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

/// The span of the value at a JSON pointer, or of the closest enclosing value if there is none. The
/// text must be JSON.
pub fn source_span(text: &str, path: &str) -> (Position, Position) {
    let mut path = path;
    loop {
        match (find(text, path), path.rsplit_once('/')) {
            (Some(at), _) => {
                let end = skip_value(text, at).unwrap_or(text.len());
                let value = text.get(at..end).unwrap_or_default().trim_end();
                return (position(text, at), position(text, at + value.len()));
            }
            (None, Some((outer, _))) => path = outer,
            (None, None) => return (position(text, 0), position(text, text.len())),
        }
    }
}

/// Line and column of a byte offset.
pub(crate) fn position(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line, column }
}

fn find(text: &str, path: &str) -> Option<usize> {
    let mut at = skip_blank(text, 0);
    for step in path.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        at = find_member(text, at, &step)?;
    }
    Some(at)
}

/// The offset of a member of the object or array at `at`; the last one of a duplicate key.
fn find_member(text: &str, at: usize, step: &str) -> Option<usize> {
    members(text, at).into_iter().rfind(|(name, _)| name == step).map(|(_, at)| at)
}

fn skip_blank(text: &str, at: usize) -> usize {
    let blank = |byte: &&u8| byte.is_ascii_whitespace();
    at + text.as_bytes().get(at..).unwrap_or_default().iter().take_while(blank).count()
}

/// The end of the value at `at`.
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

/// JSON pointers to duplicate keys. The text must be JSON.
pub(crate) fn duplicate_keys(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(skip_blank(text, 0), String::new())];
    while let Some((at, path)) = open.pop() {
        let mut keys = BTreeSet::new();
        for (key, at) in members(text, at) {
            let path = format!("{path}/{}", escaped(&key));
            if !keys.insert(key) {
                found.push(path.clone());
            }
            open.push((at, path));
        }
    }
    found
}

/// The members of the object or array at `at`: their keys or indices, and offsets.
fn members(text: &str, at: usize) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let object = match text.as_bytes().get(at) {
        Some(b'{') => true,
        Some(b'[') => false,
        _ => return found,
    };
    let mut here = skip_blank(text, at + 1);
    loop {
        let mut key = found.len().to_string();
        if object {
            let Some(end) = skip_value(text, here) else { return found };
            let quoted = text.get(here..end).unwrap_or_default().trim_end();
            let Ok(read) = serde_json::from_str(quoted) else { return found };
            key = read;
            here = skip_blank(text, skip_blank(text, end) + 1);
        }
        let Some(end) = skip_value(text, here).filter(|end| *end > here) else { return found };
        found.push((key, here));
        here = skip_blank(text, end);
        if text.as_bytes().get(here) != Some(&b',') {
            return found;
        }
        here = skip_blank(text, here + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::{duplicate_keys, source_span};

    #[test]
    fn spans() {
        let text = "{\"a\": [1,\n  {\"b/c\": \"x\", \"d\": 2 }]}";
        let at = |path: &str| {
            let (start, end) = source_span(text, path);
            [start.line, start.column, end.line, end.column]
        };
        assert_eq!(at(""), [1, 1, 2, 26]);
        assert_eq!(at("/a/1"), [2, 3, 2, 24]);
        assert_eq!(at("/a/1/b~1c"), [2, 11, 2, 14]);
        assert_eq!(at("/a/1/d"), [2, 21, 2, 22]);
        assert_eq!(at("/a/1/none/0"), [2, 3, 2, 24]);
    }

    #[test]
    fn keys_that_stand_twice() {
        assert_eq!(
            duplicate_keys(r#"{"a": {"b": 1, "c": "b", "b": 2}, "d": [{}, {"e": 1, "e": 1}]}"#),
            ["/d/1/e", "/a/b"]
        );
        assert!(duplicate_keys(r#"{"a": [1, 2], "b": "a"}"#).is_empty());
    }
}
