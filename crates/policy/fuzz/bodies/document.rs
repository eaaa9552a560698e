//! Any text as a document of every kind: nothing panics, and every rejected document has a problem.

use cognitab_policy::{Document, Kind, Severity, findings};

/// Parses a text in every way.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for kind in [Kind::Identity, Kind::Trust, Kind::Resource, Kind::Bucket, Kind::Session] {
        let found = findings(text, kind);
        let refused = Document::read(text, kind).is_err();
        assert_eq!(refused, found.iter().any(|one| one.severity == Severity::Problem));
        for one in found {
            assert!((one.line, one.column) <= (one.end_line, one.end_column));
        }
    }
}
