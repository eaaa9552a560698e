//! All errors and lints of a document with their positions, for an editor.

use crate::{
    lints,
    malformed::MalformedPolicy,
    parse::Parser,
    position::{duplicate_keys, source_span},
    validate::{Kind, errors},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An error or lint of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its severity.
    pub severity: Severity,
    /// AWS's message for a problem; for a warning, a sentence fragment without a full stop.
    pub message: String,
    /// The cause, if AWS's message does not tell it; otherwise empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// JSON pointer to the value.
    pub path: String,
    /// Line on which the value starts, from 1.
    pub line: usize,
    /// Column at which it starts, from 1, in characters.
    pub column: usize,
    /// Line on which it ends.
    pub end_line: usize,
    /// Column after its last character.
    pub end_column: usize,
}

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// IAM rejects the document.
    Problem,
    /// IAM accepts the document, but it may not do what was intended.
    Warning,
}

/// All findings in a document of this kind: problems first, each in the order of the text.
pub fn findings(text: &str, kind: Kind) -> Vec<Finding> {
    let source: Value = match serde_json::from_str(text) {
        Ok(source) => source,
        Err(error) => {
            return vec![broken(MalformedPolicy::json(&error, text).with_message_for(kind))];
        }
    };
    let read = Parser::parse(&source);
    let statements = || read.statements.iter().map(|(path, one)| (path.as_str(), one));
    let mut problems = read.errors.clone();
    problems.extend(errors(read.version, statements(), kind));
    let mut found: Vec<Finding> = problems
        .into_iter()
        .map(|one| at(text, Severity::Problem, one.message, one.note, one.path))
        .collect();
    let again = duplicate_keys(text).into_iter().map(|path| (path, DUPLICATE_KEY.to_owned()));
    let warnings = statements()
        .flat_map(|(path, one)| lints::lint_statement(one, path, &source, read.version, kind))
        .chain(again);
    found.extend(
        warnings.map(|(path, note)| at(text, Severity::Warning, note, String::new(), path)),
    );
    found.sort_by_key(|one| (one.severity, one.line, one.column));
    found
}

const DUPLICATE_KEY: &str = "duplicate key: only the last one is used";

fn at(text: &str, severity: Severity, message: String, note: String, path: String) -> Finding {
    let (start, end) = source_span(text, &path);
    Finding {
        severity,
        message,
        note,
        path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// A finding for text that is not JSON, at the position where parsing stopped.
fn broken(error: MalformedPolicy) -> Finding {
    Finding {
        severity: Severity::Problem,
        message: error.message,
        note: error.note,
        path: error.path,
        line: error.line,
        column: error.column,
        end_line: error.line,
        end_column: error.column + 1,
    }
}
