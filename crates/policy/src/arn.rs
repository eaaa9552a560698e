//! Amazon Resource Names against patterns: field by field, so that a wildcard stays in its field.

use crate::pattern::Glob;

/// How a pattern that is not a whole ARN is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As a `Resource`: the service is literal, missing fields are `*`.
    Resource,
    /// As a condition value: all six fields must be there, each may have wildcards.
    Condition,
}

/// Whether a name fits a pattern.
pub(crate) fn matches(pattern: Glob<'_>, name: &str, reading: Reading) -> bool {
    if pattern.is_everything() {
        return true;
    }
    if !name.starts_with("arn:") {
        return reading == Reading::Resource && pattern.matches(name, false);
    }
    let mut rest = pattern;
    for (index, field) in name.splitn(6, ':').enumerate() {
        if index == 5 {
            return rest.matches(field, false);
        }
        let (head, tail) = rest.split();
        let literal = index == 0 || (index == 2 && reading == Reading::Resource);
        if !(if literal { head.is_exactly(field) } else { head.matches(field, false) }) {
            return false;
        }
        match tail {
            Some(tail) => rest = tail,
            None => return reading == Reading::Resource && index >= 2,
        }
    }
    false
}

/// The last part of an ARN's resource: the name of a user or role without its path.
pub(crate) fn short_name(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{Reading, matches};
    use crate::pattern::Glob;

    #[test]
    fn field_by_field() {
        let fits = |pattern: &str, name: &str| {
            matches(Glob::Text(pattern.as_bytes()), name, Reading::Resource)
        };
        assert!(fits("arn:aws:s3:::b/*", "arn:aws:s3:::b/private/us-east-1:1/x"));
        assert!(fits("arn:aws:dynamodb:*", "arn:aws:dynamodb:us-east-1:1:table/t"));
        assert!(fits("arn:aws:dynamodb:us-*:*:table/t*", "arn:aws:dynamodb:us-east-1:1:table/tt"));
        assert!(fits("*", "*"));
        assert!(!fits("arn:aws:dynamodb:*:table/t", "arn:aws:dynamodb:us-east-1:1:table/t"));
        assert!(!fits("arn:aws:*:::b", "arn:aws:s3:::b"));
        assert!(!fits("ar*", "arn:aws:s3:::b"));
        assert!(!fits("arn:aws:s3:::B", "arn:aws:s3:::b"));
        assert!(!fits("arn:aws:s3:::b", "*"));
    }
}
