//! AWS's constraints on input, with AWS's own words for what breaks them.

use crate::pattern;
use crate::schema::{Member, Schema};
use crate::value::Value;

/// Every constraint that a structure breaks, in the order of its members, one sentence each.
pub fn violations(value: &Value, schema: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    structure(value, schema, "", &mut found);
    found
}

/// AWS's message for these violations, or nothing if there are none.
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
    let mut report = |value: &Value, constraint: String| {
        let shown = shown(value, member.sensitive);
        found.push(format!("Value {shown}at '{path}' failed to satisfy constraint: {constraint}"));
    };
    if let Some(constraint) = member.length.and_then(|limits| length(value, limits)) {
        report(value, constraint);
    }
    if let (Some((least, most)), Value::Integer(n)) = (member.range, value) {
        if *n < least {
            report(value, format!("Member must have value greater than or equal to {least}"));
        }
        if *n > most {
            report(value, format!("Member must have value less than or equal to {most}"));
        }
    }
    if let (Some(pattern), Value::String(text)) = (member.pattern, value)
        && !pattern::matches(pattern, text)
    {
        report(value, format!("Member must satisfy regular expression pattern: {pattern}"));
    }
    if let Some(limits) = member.item_length {
        let entries = value.members().iter().map(|(_, v)| v);
        for item in value.items().iter().chain(entries) {
            if let Some(constraint) = length(item, limits) {
                report(value, format!("Member must satisfy constraint: [{constraint}]"));
            }
        }
    }
    inside(value, member.schema, path, found);
}

fn inside(value: &Value, schema: &Schema, path: &str, found: &mut Vec<String>) {
    match schema {
        Schema::Structure(_) => structure(value, schema, path, found),
        Schema::Enum(allowed) => {
            if let Value::String(text) = value
                && !allowed.contains(&text.as_str())
            {
                found.push(format!(
                    "Value '{text}' at '{path}' failed to satisfy constraint: Member must satisfy enum value set: [{}]",
                    allowed.join(", ")
                ));
            }
        }
        Schema::List(item) => {
            for (index, value) in value.items().iter().enumerate() {
                inside(value, item, &format!("{path}.{}.member", index + 1), found);
            }
        }
        Schema::Map(item) => {
            for (key, value) in value.members() {
                inside(value, item, &format!("{path}.{key}.member"), found);
            }
        }
        _ => {}
    }
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
        Some(format!("Member must have length greater than or equal to {least}"))
    } else if length > most {
        Some(format!("Member must have length less than or equal to {most}"))
    } else {
        None
    }
}

fn shown(value: &Value, sensitive: bool) -> String {
    match value {
        _ if sensitive => String::new(),
        Value::String(text) => format!("'{text}' "),
        Value::Integer(n) => format!("'{n}' "),
        Value::List(items) => {
            let items: Vec<_> = items.iter().filter_map(Value::str).collect();
            format!("'[{}]' ", items.join(", "))
        }
        _ => String::new(),
    }
}

/// AWS names members in lower camel case in these messages.
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
        length: Some((6, 256)),
        sensitive: true,
        ..Member::new("Password", &Schema::String)
    };
    const LIMIT: Member =
        Member { range: Some((1, 60)), ..Member::new("MaxResults", &Schema::Integer) };
    const FLOW: Member = Member::new("AuthFlow", &Schema::Enum(&["A", "B"]));
    const INPUT: Schema = Schema::Structure(&[PASSWORD, LIMIT, FLOW]);

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
}
