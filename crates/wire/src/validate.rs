//! Validates input against AWS's constraints, with AWS's messages.

use std::fmt::Display;

use crate::pattern;
use crate::schema::{Constraints, Kind, Member, Schema};
use crate::value::Value;

/// The constraint violations of a structure, in the order of its members.
pub fn violations(value: &Value, schema: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    structure(value, schema, "", &mut found);
    found
}

/// AWS's message for these violations; none if there are none.
pub fn message(violations: &[String]) -> Option<String> {
    let noun = if violations.len() == 1 { "error" } else { "errors" };
    (!violations.is_empty()).then(|| {
        format!("{} validation {noun} detected: {}", violations.len(), violations.join("; "))
    })
}

fn structure(value: &Value, schema: &Schema, path: &str, found: &mut Vec<String>) {
    for member in schema.members() {
        let path = join(path, member.name);
        match value.get(member.name) {
            Value::Null if member.required => found.push(format!(
                "Value null at '{path}' failed to satisfy constraint: Member must not be null"
            )),
            Value::Null => {}
            value => self::member(value, member, &path, found),
        }
    }
}

fn member(value: &Value, member: &Member, path: &str, found: &mut Vec<String>) {
    let sensitive = member.sensitive || member.schema.sensitive;
    let mut broken = broken_constraints(value, member.constraints);
    broken.extend(broken_by(value, member.schema));
    for constraint in broken {
        found.push(violation(value, sensitive, path, &constraint));
    }
    if let Some(limits) = member.constraints.item_length {
        let entries = value.members().iter().map(|(_, v)| v);
        for item in value.items().iter().chain(entries) {
            if let Some(constraint) = length(item, limits) {
                let constraint = format!("Member must satisfy constraint: [{constraint}]");
                found.push(violation(item, sensitive, path, &constraint));
            }
        }
    }
    inside(value, member.schema, path, found);
}

/// Checks the contents of structures, lists and maps.
fn inside(value: &Value, schema: &Schema, path: &str, found: &mut Vec<String>) {
    match schema.kind {
        Kind::Structure(_) => structure(value, schema, path, found),
        Kind::List(item) => {
            let items = value.items();
            if items.iter().any(|i| breaks(i, item)) {
                let constraint = format!("Member must satisfy constraint: [{}]", all(item));
                found.push(violation(value, schema.sensitive || item.sensitive, path, &constraint));
            }
            for (index, value) in items.iter().enumerate() {
                inside(value, item, &format!("{path}.{}.member", index + 1), found);
            }
        }
        Kind::Map(key, item) => {
            let entries = value.members();
            if entries.iter().any(|(name, _)| breaks(&name.as_str().into(), key)) {
                let constraint = format!("Map keys must satisfy constraint: [{}]", all(key));
                found.push(violation(value, true, path, &constraint));
            }
            if entries.iter().any(|(_, v)| breaks(v, item)) {
                let constraint = format!("Map value must satisfy constraint: [{}]", all(item));
                found.push(violation(value, true, path, &constraint));
            }
            for (key, value) in entries {
                inside(value, item, &format!("{path}.{key}.member"), found);
            }
        }
        _ => {}
    }
}

fn violation(value: &Value, sensitive: bool, path: &str, constraint: &str) -> String {
    let shown = if sensitive { String::new() } else { shown(value) };
    format!("Value {shown}at '{path}' failed to satisfy constraint: {constraint}")
}

fn breaks(value: &Value, schema: &Schema) -> bool {
    !broken_by(value, schema).is_empty()
}

/// AWS's texts for the constraints of its shape that a value breaks.
fn broken_by(value: &Value, schema: &Schema) -> Vec<String> {
    let mut broken = broken_constraints(value, schema.constraints);
    if let (Kind::Enum(allowed), Value::String(text)) = (schema.kind, value)
        && !allowed.contains(&text.as_str())
    {
        broken.push(one_of(allowed));
    }
    broken
}

fn broken_constraints(value: &Value, constraints: &Constraints) -> Vec<String> {
    let mut broken = Vec::new();
    broken.extend(constraints.length.and_then(|limits| length(value, limits)));
    if let (Some((least, most)), Value::Integer(n)) = (constraints.range, value) {
        if *n < least {
            broken.push(at_least("value", least));
        }
        if *n > most {
            broken.push(at_most("value", most));
        }
    }
    if let (Some(pattern), Value::String(text)) = (constraints.pattern, value)
        && !pattern::matches(pattern, text)
    {
        broken.push(matching(pattern));
    }
    broken
}

/// AWS's texts for all constraints on the items of a list or map: AWS lists them all, whichever is
/// broken.
fn all(schema: &Schema) -> String {
    let (mut all, constraints) = (Vec::new(), schema.constraints);
    if let Some((least, most)) = constraints.length {
        all.extend((most < usize::MAX).then(|| at_most("length", most)));
        all.push(at_least("length", least));
    }
    if let Some((least, most)) = constraints.range {
        all.extend((most < i64::MAX).then(|| at_most("value", most)));
        all.extend((least > i64::MIN).then(|| at_least("value", least)));
    }
    all.extend(constraints.pattern.map(matching));
    if let Kind::Enum(allowed) = schema.kind {
        all.push(one_of(allowed));
    }
    all.join(", ")
}

fn length(value: &Value, (least, most): (usize, usize)) -> Option<String> {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) => items.len(),
        Value::Map(members) => members.len(),
        _ => return None,
    };
    if length < least {
        Some(at_least("length", least))
    } else if length > most {
        Some(at_most("length", most))
    } else {
        None
    }
}

fn at_least(what: &str, least: impl Display) -> String {
    format!("Member must have {what} greater than or equal to {least}")
}

fn at_most(what: &str, most: impl Display) -> String {
    format!("Member must have {what} less than or equal to {most}")
}

fn one_of(allowed: &[&str]) -> String {
    format!("Member must satisfy enum value set: [{}]", allowed.join(", "))
}

fn matching(pattern: &str) -> String {
    format!("Member must satisfy regular expression pattern: {pattern}")
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{text}' "),
        Value::Integer(n) => format!("'{n}' "),
        Value::List(items) => {
            let items: Vec<_> = items.iter().filter_map(Value::str).collect();
            format!("'[{}]' ", items.join(", "))
        }
        _ => String::new(),
    }
}

/// Appends a member to a path. AWS's messages have names in lower camel case.
fn join(path: &str, name: &str) -> String {
    let mut chars = name.chars();
    let lower: String =
        chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect();
    if path.is_empty() { lower } else { format!("{path}.{lower}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: Member = Member {
        required: true,
        constraints: &Constraints { length: Some((6, 256)), ..Constraints::NONE },
        sensitive: true,
        ..Member::new("Password", &Schema::STRING)
    };
    const LIMIT: Member = Member {
        constraints: &Constraints { range: Some((1, 60)), ..Constraints::NONE },
        ..Member::new("MaxResults", &Schema::INTEGER)
    };
    const FLOW_TYPE: Schema = Schema::new("Flow", Kind::Enum(&["A", "B"]));
    const FLOW: Member = Member::new("AuthFlow", &FLOW_TYPE);
    const KEY: Schema = Schema {
        constraints: &Constraints {
            length: Some((1, 3)),
            pattern: Some("[a-z]+"),
            ..Constraints::NONE
        },
        ..Schema::new("TagKey", Kind::String)
    };
    const INPUT: Schema = Schema::structure(&[
        PASSWORD,
        LIMIT,
        FLOW,
        Member::new("Key", &KEY),
        Member::new("TagKeys", &Schema::list(&KEY)),
        Member::new("Tags", &Schema::new("Tags", Kind::Map(&KEY, &KEY))),
        Member::new("AuthFlows", &Schema::list(&FLOW_TYPE)),
    ]);

    fn check(members: &[(&str, Value)]) -> Option<String> {
        let map = members.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
        message(&violations(&Value::Map(map), &INPUT))
    }

    #[test]
    fn the_words_are_those_of_aws() {
        assert_eq!(
            check(&[("Password", "short".into())]).unwrap(),
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have length greater than or equal to 6"
        );
        assert_eq!(
            check(&[("MaxResults", Value::Integer(61)), ("AuthFlow", "C".into())]).unwrap(),
            "3 validation errors detected: Value null at 'password' failed to satisfy constraint: Member must not be null; Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60; Value 'C' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [A, B]"
        );
        assert_eq!(check(&[("Password", "long enough".into())]), None);
    }

    /// Recorded from ACM and Cognito (lists) and CodePipeline (maps).
    #[test]
    fn items_are_told_all_constraints_of_their_type() {
        let all = "[Member must have length less than or equal to 3, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [a-z]+]";
        let password = ("Password", "long enough".into());
        let keys = Value::List(vec!["long".into(), "ok".into(), "A".into()]);
        assert_eq!(
            check(&[password.clone(), ("TagKeys", keys)]).unwrap(),
            format!(
                "1 validation error detected: Value '[long, ok, A]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: {all}"
            )
        );
        let tags = Value::Map(vec![("A".into(), "".into())]);
        assert_eq!(
            check(&[password.clone(), ("Tags", tags)]).unwrap(),
            format!(
                "2 validation errors detected: Value at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: {all}; Value at 'tags' failed to satisfy constraint: Map value must satisfy constraint: {all}"
            )
        );
        let flows = Value::List(vec!["A".into(), "C".into()]);
        assert_eq!(
            check(&[password.clone(), ("AuthFlows", flows)]).unwrap(),
            "1 validation error detected: Value '[A, C]' at 'authFlows' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [A, B]]"
        );
        assert_eq!(
            check(&[password, ("Key", "LONG".into())]).unwrap(),
            "2 validation errors detected: Value 'LONG' at 'key' failed to satisfy constraint: Member must have length less than or equal to 3; Value 'LONG' at 'key' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+"
        );
    }
}
