//! Filter policies: which messages a subscription receives.

mod parse;
mod rule;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use rule::Rule;

/// What a filter policy applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    MessageAttributes,
    MessageBody,
}

impl Scope {
    /// AWS's name for it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Scope::MessageAttributes => "MessageAttributes",
            Scope::MessageBody => "MessageBody",
        }
    }
}

/// A filter policy: a message must match every part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FilterPolicy {
    parts: Vec<Part>,
}

/// A part of a filter policy.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A key, joined by dots if it is nested, how deep it is from 1, and rules of which one must
    /// match.
    Key { path: String, depth: u64, rules: Vec<Rule> },
    /// `$or`: alternatives, of which one must match with all its parts.
    Or(Vec<Vec<Part>>),
}

/// The values that a filter policy looks at, by path. Arrays on the path give several.
pub(crate) type Fields = BTreeMap<String, Vec<Json>>;

impl FilterPolicy {
    /// Whether a message with these values matches.
    pub(crate) fn matches(&self, fields: &Fields) -> bool {
        matches(&self.parts, fields)
    }
}

fn matches(parts: &[Part], fields: &Fields) -> bool {
    parts.iter().all(|part| match part {
        Part::Key { path, rules, .. } => {
            let values = fields.get(path).map(Vec::as_slice);
            rules.iter().any(|rule| rule.matches(values))
        }
        Part::Or(alternatives) => alternatives.iter().any(|parts| matches(parts, fields)),
    })
}

/// The values of a message body; `None` if it is not a JSON object.
pub(crate) fn body_fields(body: &str) -> Option<Fields> {
    let body: Json = serde_json::from_str(body).ok().filter(Json::is_object)?;
    let mut fields = Fields::new();
    add(&mut fields, "", body);
    Some(fields)
}

/// Adds a value at a path: those in it, if it is an object or an array.
pub(crate) fn add(fields: &mut Fields, path: &str, value: Json) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                add(fields, &join(path, &name), value);
            }
        }
        Json::Array(items) => items.into_iter().for_each(|item| add(fields, path, item)),
        value => fields.entry(path.to_owned()).or_default().push(value),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_match_as_documented() {
        let matches = |policy: &str, body: &str| {
            let policy = FilterPolicy::parse(policy, Scope::MessageBody).unwrap();
            body_fields(body).is_some_and(|fields| policy.matches(&fields))
        };
        for (policy, body, expected) in [
            (r#"{"a":["x","y"]}"#, r#"{"a":"y"}"#, true),
            (r#"{"a":["x"]}"#, r#"{"a":"X"}"#, false),
            (r#"{"a":["x"]}"#, r#"{"b":"x"}"#, false),
            (r#"{"a":["x"],"b":["y"]}"#, r#"{"a":"x"}"#, false),
            (r#"{"a":["x"],"b":["y"]}"#, r#"{"a":"x","b":"y"}"#, true),
            (r#"{"a":["x"]}"#, r#"{"a":["w","x"]}"#, true),
            (r#"{"a":[100]}"#, r#"{"a":100.0}"#, true),
            (r#"{"a":[100]}"#, r#"{"a":"100"}"#, false),
            (r#"{"a":[true]}"#, r#"{"a":true}"#, true),
            (r#"{"a":[true]}"#, r#"{"a":"true"}"#, false),
            (r#"{"a":[null]}"#, r#"{"a":null}"#, true),
            (r#"{"a":[null]}"#, "{}", false),
            (r#"{"a":[{"prefix":"ev"}]}"#, r#"{"a":"event"}"#, true),
            (r#"{"a":[{"suffix":"nt"}]}"#, r#"{"a":"event"}"#, true),
            (r#"{"a":[{"suffix":"nt"}]}"#, r#"{"a":5}"#, false),
            (r#"{"a":[{"equals-ignore-case":"tennis"}]}"#, r#"{"a":"TENNIS"}"#, true),
            (r#"{"a":[{"anything-but":"x"}]}"#, r#"{"a":"y"}"#, true),
            (r#"{"a":[{"anything-but":"x"}]}"#, r#"{"a":"x"}"#, false),
            (r#"{"a":[{"anything-but":"x"}]}"#, "{}", false),
            (r#"{"a":[{"anything-but":["x","y"]}]}"#, r#"{"a":"y"}"#, false),
            (r#"{"a":[{"anything-but":[1,2]}]}"#, r#"{"a":3}"#, true),
            (r#"{"a":[{"anything-but":[1,2]}]}"#, r#"{"a":2.0}"#, false),
            (r#"{"a":[{"anything-but":{"prefix":"o-"}}]}"#, r#"{"a":"o-1"}"#, false),
            (r#"{"a":[{"anything-but":{"prefix":"o-"}}]}"#, r#"{"a":"p-1"}"#, true),
            (r#"{"a":[{"anything-but":{"suffix":"x"}}]}"#, r#"{"a":"ax"}"#, false),
            (r#"{"a":[{"anything-but":{"equals-ignore-case":["X"]}}]}"#, r#"{"a":"x"}"#, false),
            (r#"{"a":[{"numeric":["=",301.5]}]}"#, r#"{"a":3.015e2}"#, true),
            (r#"{"a":[{"numeric":[">",0,"<=",150]}]}"#, r#"{"a":150}"#, true),
            (r#"{"a":[{"numeric":[">",0,"<=",150]}]}"#, r#"{"a":0}"#, false),
            (r#"{"a":[{"numeric":[">=",0,"<",150]}]}"#, r#"{"a":150}"#, false),
            (r#"{"a":[{"numeric":["<",0]}]}"#, r#"{"a":-1}"#, true),
            (r#"{"a":[{"numeric":["<",0]}]}"#, r#"{"a":"-1"}"#, false),
            (r#"{"a":[{"exists":true}]}"#, r#"{"a":null}"#, true),
            (r#"{"a":[{"exists":true}]}"#, r#"{"b":1}"#, false),
            (r#"{"a":[{"exists":false}]}"#, r#"{"b":1}"#, true),
            (r#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"a":"10.0.0.255"}"#, true),
            (r#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"a":"10.0.1.0"}"#, false),
            (r#"{"a":[{"cidr":"2001:db8::/32"}]}"#, r#"{"a":"2001:db8:1::1"}"#, true),
            (r#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"a":"x"}"#, false),
            (r#"{"a":{"b":{"c":["x"]}}}"#, r#"{"a":{"b":{"c":"x"}}}"#, true),
            (r#"{"a":{"b":["x"]}}"#, r#"{"a":[{"b":"y"},{"b":"x"}]}"#, true),
            (r#"{"$or":[{"a":["x"]},{"b":[1]}]}"#, r#"{"b":1}"#, true),
            (r#"{"$or":[{"a":["x"]},{"b":[1]}]}"#, r#"{"b":2}"#, false),
            (r#"{"s":["on"],"$or":[{"a":["x"]},{"b":[1]}]}"#, r#"{"a":"x"}"#, false),
            (r#"{"n":{"$or":[{"a":["x"]},{"b":[1]}]}}"#, r#"{"n":{"b":1}}"#, true),
            (r#"{"a":["x"]}"#, "text", false),
            (r#"{"a":["x"]}"#, r#"["a"]"#, false),
        ] {
            assert_eq!(matches(policy, body), expected, "{policy} {body}");
        }
    }
}
