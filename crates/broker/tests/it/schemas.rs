//! Constraints that every operation's schema must satisfy.

use cognitab_wire::pattern;

/// A pattern that does not compile matches every value.
#[test]
fn every_declared_pattern_compiles() {
    for service in cognitab_broker::services() {
        for entry in service.entries() {
            for schema in [entry.input, entry.output] {
                let invalid = pattern::invalid(schema);
                assert!(invalid.is_empty(), "{} {}: {invalid:?}", service.name, entry.name);
            }
        }
    }
}
