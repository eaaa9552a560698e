//! Everything that can be said against a document at once, with its place, for an editor.

use crate::{
    lints,
    malformed::MalformedPolicy,
    parse::Parser,
    position::{duplicate_keys, source_span},
    validate::{Kind, errors},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that can be said against a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// AWS's own message for a problem; for a warning a sentence fragment without a full stop.
    pub message: String,
    /// What is wrong in plain words, where AWS's message does not say; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// JSON pointer to the part.
    pub path: String,
    /// Line on which the part starts, from 1.
    pub line: usize,
    /// Column at which it starts, from 1, in characters.
    pub column: usize,
    /// Line on which it ends.
    pub end_line: usize,
    /// Column behind its last character.
    pub end_column: usize,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// IAM does not save the document.
    Problem,
    /// IAM saves it, but it may not do what is meant.
    Warning,
}

/// Everything that is wrong with a document of this kind or may be: problems first, each in the
/// order of the text.
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

/// The text is no JSON: the one place known is where reading stopped.
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
