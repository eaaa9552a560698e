//! Matches ARNs against patterns field by field, so that a wildcard stays in its field.

use crate::pattern::Glob;

/// Where a pattern comes from, which decides how it matches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MatchMode {
    /// A `Resource`: the service is literal, missing fields are `*`, and a `*` at the end of a
    /// field may match colons.
    Resource,
    /// A condition value: six fields, each compared separately.
    Condition,
}

/// Whether an ARN matches a pattern.
pub(crate) fn matches(pattern: Glob<'_>, name: &str, mode: MatchMode) -> bool {
    match (mode, name.starts_with("arn:")) {
        (MatchMode::Resource, true) => pattern.is_star() || fields_match(pattern, name, 0),
        (MatchMode::Resource, false) => pattern.matches(name, false),
        (MatchMode::Condition, arn) => arn && all_fields_match(pattern, name),
    }
}

/// Whether the fields of a `Resource` from this one on match the rest of an ARN.
fn fields_match(pattern: Glob<'_>, name: &str, index: usize) -> bool {
    if index == 5 {
        return pattern.matches(name, false);
    }
    let (head, tail) = pattern.split_at_colon();
    let literal = index == 0 || index == 2;
    let fits =
        |field: &str| if literal { head.is_exactly(field) } else { head.matches(field, false) };
    let Some(tail) = tail else {
        return index >= 2 && name.split(':').next().is_some_and(fits);
    };
    let reach = match index {
        3 | 4 if head.ends_with_star() => usize::MAX,
        _ => 1,
    };
    let mut cuts = name.match_indices(':').take(reach);
    cuts.any(|(at, _)| {
        let (field, rest) = (name.get(..at), name.get(at + 1..));
        field.is_some_and(fits) && rest.is_some_and(|rest| fields_match(tail, rest, index + 1))
    })
}

/// Whether all six fields match.
fn all_fields_match(pattern: Glob<'_>, name: &str) -> bool {
    let mut left = Some(pattern);
    for (index, field) in name.splitn(6, ':').enumerate() {
        let Some(pattern) = left else { return false };
        if index == 5 {
            return pattern.matches(field, false);
        }
        let (head, tail) = pattern.split_at_colon();
        if !head.matches(field, false) {
            return false;
        }
        left = tail;
    }
    false
}

/// The name of a user or role without its path: the last part of the ARN.
pub(crate) fn short_name(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{MatchMode, matches};
    use crate::pattern::Glob;

    #[test]
    fn field_by_field() {
        let fits = |pattern: &str, name: &str| {
            matches(Glob::Text(pattern.as_bytes()), name, MatchMode::Resource)
        };
        assert!(fits("arn:aws:s3:::b/*", "arn:aws:s3:::b/private/us-east-1:1/x"));
        assert!(fits("arn:aws:dynamodb:*", "arn:aws:dynamodb:us-east-1:1:table/t"));
        assert!(fits("arn:aws:dynamodb:us-*:*:table/t*", "arn:aws:dynamodb:us-east-1:1:table/tt"));
        assert!(fits("*", "*"));
        assert!(!fits("arn:aws:dynamodb:*:table/s", "arn:aws:dynamodb:us-east-1:1:table/t"));
        assert!(fits("arn:aws:sns:*:news:*", "arn:aws:sns:us-east-1:1:news:sub"));
        assert!(!fits("arn:aws:sns:us-east-1:1*s:sub", "arn:aws:sns:us-east-1:1:news:sub"));
        assert!(!fits("arn:*:sns:a:b:c", "arn:aws:s3:sns:a:b:c"));
        assert!(!fits("arn:aws:*:::b", "arn:aws:s3:::b"));
        assert!(!fits("ar*", "arn:aws:s3:::b"));
        assert!(!fits("arn:aws:s3:::B", "arn:aws:s3:::b"));
        assert!(!fits("arn:aws:s3:::b", "*"));
    }
}
