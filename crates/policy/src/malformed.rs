//! The error for a document that IAM rejects: IAM's message and the position.

use crate::position::{position, source_span};
use std::fmt;

/// Why IAM rejects a document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedPolicy {
    /// AWS's message.
    pub message: String,
    /// JSON pointer to the invalid value; empty for the whole document.
    pub path: String,
    /// Line, from 1; 0 if unknown.
    pub line: usize,
    /// Column, from 1; 0 if unknown.
    pub column: usize,
    /// The cause, if AWS's message does not tell it; otherwise empty.
    pub note: String,
    /// Whether the text is not JSON.
    pub invalid_json: bool,
}

impl MalformedPolicy {
    pub(crate) fn new(message: impl Into<String>, path: impl Into<String>) -> MalformedPolicy {
        MalformedPolicy {
            message: message.into(),
            path: path.into(),
            line: 0,
            column: 0,
            note: String::new(),
            invalid_json: false,
        }
    }

    pub(crate) fn syntax(path: impl Into<String>) -> MalformedPolicy {
        MalformedPolicy::new("Syntax errors in policy.", path)
    }

    /// The error for text that is not JSON. `serde_json` counts columns in bytes, an editor in
    /// characters.
    pub(crate) fn json(error: &serde_json::Error, text: &str) -> MalformedPolicy {
        let before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
        let start: usize = before.map(str::len).sum();
        let mut at = (start + error.column().saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let place = position(text, at);
        let note = error.to_string();
        let note = note.split(" at line ").next().unwrap_or_default();
        let error = MalformedPolicy::syntax("").with_note(note);
        MalformedPolicy { line: place.line, column: place.column, invalid_json: true, ..error }
    }

    /// The same with a note about the cause.
    pub(crate) fn with_note(self, note: impl Into<String>) -> MalformedPolicy {
        MalformedPolicy { note: note.into(), ..self }
    }

    /// The same with the line and column of its path in the text.
    pub fn with_position(mut self, text: &str) -> MalformedPolicy {
        if !self.invalid_json {
            let (start, _) = source_span(text, &self.path);
            (self.line, self.column) = (start.line, start.column);
        }
        self
    }
}

impl fmt::Display for MalformedPolicy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for MalformedPolicy {}
