//! Parses filter policies. Refuses in the words of the rule engine that SNS uses.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use serde_json::{Map, Value as Json};

use super::rule::{End, Range, Rule};
use super::{FilterPolicy, Part, Scope, join};
use crate::attribute::{self, Invalid};

const NAME: &str = "FilterPolicy";
/// Most keys at the top of a policy.
const MAX_KEYS: usize = 5;
/// Most combinations of values.
const MAX_COMBINATIONS: u64 = 150;
/// Most bytes of a policy.
const MAX_SIZE: usize = 262_144;
/// The greatest number of a numeric rule; the least is its negative.
const MAX_NUMBER: f64 = 5e9;

/// Operators, which cannot be keys within `$or`.
const RESERVED: [&str; 9] = [
    "exactly",
    "prefix",
    "suffix",
    "numeric",
    "anything-but",
    "exists",
    "cidr",
    "equals-ignore-case",
    "wildcard",
];

const ONE_KEY: &str = "Only one key allowed in match expression";

type Parsed<T> = Result<T, String>;

fn refuse<T>(reason: impl Into<String>) -> Parsed<T> {
    Err(reason.into())
}

impl FilterPolicy {
    /// Parses a policy for a scope.
    pub(crate) fn parse(text: &str, scope: Scope) -> Result<FilterPolicy, Invalid> {
        if text.len() > MAX_SIZE {
            return Err(Invalid::value(NAME, "Filter policy is too large"));
        }
        let policy = attribute::json(NAME, text)?.unwrap_or_default();
        let Json::Object(members) = policy else {
            return Err(Invalid::value(NAME, "Filter is not an object"));
        };
        let path = Path::default();
        let parts = path.object(&members).map_err(|reason| Invalid::value(NAME, reason))?;
        if members.len() > MAX_KEYS {
            return Err(Invalid::value(NAME, "Filter policy can not have more than 5 keys"));
        }
        if scope == Scope::MessageAttributes && is_nested(&parts) {
            let reason =
                "Filter policy scope MessageAttributes does not support nested filter policy";
            return Err(Invalid::Value(reason.to_owned()));
        }
        if combinations(&parts, 1) > MAX_COMBINATIONS {
            return Err(Invalid::value(NAME, "Filter policy is too complex"));
        }
        Ok(FilterPolicy { parts })
    }
}

fn is_nested(parts: &[Part]) -> bool {
    parts.iter().any(|part| match part {
        Part::Key { depth, .. } => *depth > 1,
        Part::Or(alternatives) => alternatives.iter().any(|parts| is_nested(parts)),
    })
}

/// The combinations as SNS counts them: values times depth, multiplied over the keys and added up
/// over alternatives.
fn combinations(parts: &[Part], before: u64) -> u64 {
    parts.iter().fold(before, |count, part| match part {
        Part::Key { depth, rules, .. } => {
            count.saturating_mul(rules.len() as u64).saturating_mul(*depth)
        }
        Part::Or(alternatives) => {
            let each = alternatives.iter().map(|parts| combinations(parts, count));
            each.fold(0, u64::saturating_add)
        }
    })
}

/// The path of an object in a policy.
#[derive(Clone, Default)]
struct Path {
    text: String,
    depth: u64,
    within_or: bool,
}

impl Path {
    fn below(&self, name: &str) -> Path {
        Path { text: join(&self.text, name), depth: self.depth + 1, within_or: self.within_or }
    }

    fn object(&self, members: &Map<String, Json>) -> Parsed<Vec<Part>> {
        let mut parts = Vec::new();
        for (name, value) in members {
            if name == "$or" {
                parts.push(Part::Or(self.alternatives(value)?));
                continue;
            }
            if self.within_or && RESERVED.contains(&name.as_str()) {
                return refuse(format!(
                    "{name} is Ruler reserved fieldName which cannot be used inside $or."
                ));
            }
            match value {
                Json::Object(members) => parts.extend(self.below(name).object(members)?),
                Json::Array(items) => {
                    let Path { text: path, depth, .. } = self.below(name);
                    parts.push(Part::Key { path, depth, rules: rules(items)? });
                }
                _ => return refuse(format!("\"{name}\" must be an object or an array")),
            }
        }
        if parts.is_empty() { refuse("Empty objects are not allowed") } else { Ok(parts) }
    }

    fn alternatives(&self, value: &Json) -> Parsed<Vec<Vec<Part>>> {
        let Json::Array(items) = value else {
            return refuse("It must be an Array followed with $or.");
        };
        let within = Path { within_or: true, ..self.clone() };
        let alternative = |item: &Json| match item {
            Json::Object(members) => within.object(members),
            _ => refuse("Only JSON object is allowed in array of $or relationship."),
        };
        match items.len() {
            0 | 1 => refuse("There must have at least 2 Objects in $or relationship."),
            _ => items.iter().map(alternative).collect(),
        }
    }
}

fn rules(items: &[Json]) -> Parsed<Vec<Rule>> {
    let rule = |item: &Json| match item {
        Json::Object(members) => expression(members),
        Json::Array(_) => refuse("Match value must be String, number, true, false, or null"),
        value => Ok(Rule::Equals(value.clone())),
    };
    match items {
        [] => refuse("Empty arrays are not allowed"),
        items => items.iter().map(rule).collect(),
    }
}

/// `{"prefix": "…"}` and the like.
fn expression(members: &Map<String, Json>) -> Parsed<Rule> {
    let Some((operator, value)) = members.iter().next() else {
        return refuse("Match expression name not found");
    };
    let rule = match operator.as_str() {
        "exactly" => Rule::Equals(string("exact", value)?.into()),
        "prefix" => Rule::Prefix(string("prefix", value)?),
        "suffix" => Rule::Suffix(string("suffix", value)?),
        "equals-ignore-case" => Rule::EqualsIgnoreCase(string("equals-ignore-case", value)?),
        "cidr" => Rule::Cidr(block(&string("prefix", value)?)?),
        "exists" => match value.as_bool() {
            Some(exists) => Rule::Exists(exists),
            None => return refuse("exists match pattern must be either true or false."),
        },
        "numeric" => match value {
            Json::Array(items) => Rule::Numeric(range(items)?),
            _ => return refuse("Value of numeric must be an array."),
        },
        "anything-but" => Rule::AnythingBut(anything_but(value)?),
        operator => return refuse(format!("Unrecognized match type {operator}")),
    };
    if members.len() > 1 { refuse(ONE_KEY) } else { Ok(rule) }
}

fn string(operator: &str, value: &Json) -> Parsed<String> {
    match value.as_str() {
        Some(text) => Ok(text.to_owned()),
        None => refuse(format!("{operator} match pattern must be a string")),
    }
}

/// The rules of which `anything-but` matches none.
fn anything_but(value: &Json) -> Parsed<Vec<Rule>> {
    match value {
        Json::String(_) => Ok(vec![Rule::Equals(value.clone())]),
        Json::Number(_) => bounded(value).map(|_| vec![Rule::Equals(value.clone())]),
        Json::Array(items) if items.iter().all(Json::is_string) && !items.is_empty() => {
            Ok(items.iter().cloned().map(Rule::Equals).collect())
        }
        Json::Array(items) if items.iter().any(|item| !item.is_string() && !item.is_number()) => {
            refuse("Inside anything but list, start|null|boolean is not supported.")
        }
        Json::Array(items) if items.iter().all(Json::is_number) && !items.is_empty() => {
            items.iter().map(|item| bounded(item).map(|_| Rule::Equals(item.clone()))).collect()
        }
        Json::Array(_) => refuse(
            "Inside anything but list, either all values are number or string, mixed type is not supported",
        ),
        Json::Object(members) => anything_but_pattern(members),
        _ => refuse("Value of anything-but must be an array or single string/number value."),
    }
}

fn anything_but_pattern(members: &Map<String, Json>) -> Parsed<Vec<Rule>> {
    let Some((operator, value)) = members.iter().next() else {
        return refuse("Anything-But expression name not found");
    };
    let affix = |value| match string("prefix/suffix", value)? {
        text if text.is_empty() => refuse("Null prefix/suffix not allowed"),
        text => Ok(text),
    };
    let ignore_case = |value: &Json| match value.as_str() {
        Some(text) => Ok(Rule::EqualsIgnoreCase(text.to_owned())),
        None => refuse(
            "Inside anything-but/ignore-case list, number|start|null|boolean is not supported.",
        ),
    };
    let rules = match (operator.as_str(), value) {
        ("prefix", value) => vec![Rule::Prefix(affix(value)?)],
        ("suffix", value) => vec![Rule::Suffix(affix(value)?)],
        ("equals-ignore-case", Json::Array(items)) => {
            items.iter().map(ignore_case).collect::<Parsed<_>>()?
        }
        ("equals-ignore-case", value) => vec![ignore_case(value)?],
        (operator, _) => return refuse(format!("Unsupported anything-but pattern: {operator}")),
    };
    if members.len() > 1 { refuse(ONE_KEY) } else { Ok(rules) }
}

/// The value of `numeric`: one or two operators, each followed by a number.
fn range(items: &[Json]) -> Parsed<Range> {
    let written = |value: Option<&Json>| match value {
        None => "]".to_owned(),
        Some(Json::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    let mut items = items.iter();
    let first = items.next();
    let Some(operator) = first.and_then(Json::as_str) else {
        return refuse(format!("Invalid member in numeric match: {}", written(first)));
    };
    if !["=", ">", ">=", "<", "<="].contains(&operator) {
        return refuse(format!("Unrecognized numeric range operator: {operator}"));
    }
    let end = end(operator, items.next())?;
    let mut range = match operator {
        "=" => Range { bottom: Some(end), top: Some(end) },
        "<" | "<=" => Range { bottom: None, top: Some(end) },
        _ => Range { bottom: Some(end), top: None },
    };
    let Some(second) = items.next() else { return Ok(range) };
    if range.top.is_some() {
        return refuse("Too many elements in numeric expression");
    }
    match second.as_str() {
        None => return refuse(format!("Bad value in numeric range: {}", written(Some(second)))),
        Some(operator @ ("<" | "<=")) => range.top = Some(self::end(operator, items.next())?),
        Some(operator) => return refuse(format!("Bad numeric range operator: {operator}")),
    }
    if items.next().is_some() {
        return refuse("Too many terms in numeric range expression");
    }
    match range.top {
        Some(top) if end.value >= top.value => refuse("Bottom must be less than top"),
        _ => Ok(range),
    }
}

fn end(operator: &str, value: Option<&Json>) -> Parsed<End> {
    let name = if operator == "=" { "equals" } else { operator };
    match value.filter(|value| value.is_number()) {
        Some(value) => Ok(End { value: bounded(value)?, included: operator.ends_with('=') }),
        None => refuse(format!("Value of {name} must be numeric")),
    }
}

fn bounded(number: &Json) -> Parsed<f64> {
    match number.as_f64().filter(|number| number.abs() <= MAX_NUMBER) {
        Some(number) => Ok(number),
        None => refuse("Value must be between -5.0E9 and 5.0E9, inclusive"),
    }
}

/// The addresses of `10.0.0.0/24` or `2001:db8::/32`, from the one that is written to the last.
fn block(text: &str) -> Parsed<RangeInclusive<IpAddr>> {
    let Some((address, bits)) = text.split_once('/').filter(|(_, bits)| !bits.contains('/')) else {
        return refuse("Malformed CIDR, one '/' required");
    };
    let bits: i64 =
        bits.parse().map_err(|_| "Malformed CIDR, mask bits must be an integer".to_owned())?;
    if bits < 0 {
        return refuse("Malformed CIDR, mask bits must not be negative");
    }
    match address.parse() {
        Err(_) => refuse(format!("Nonstandard IP address: {address}")),
        Ok(IpAddr::V4(_)) if bits > 31 => refuse("IPv4 mask bits must be < 32"),
        Ok(IpAddr::V6(_)) if bits > 127 => refuse("IPv6 mask bits must be < 128"),
        Ok(IpAddr::V4(first)) => {
            let last = (u32::from(first) | u32::MAX >> bits).into();
            Ok(IpAddr::V4(first)..=IpAddr::V4(last))
        }
        Ok(IpAddr::V6(first)) => {
            let last = (u128::from(first) | u128::MAX >> bits).into();
            Ok(IpAddr::V6(first)..=IpAddr::V6(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, scope: Scope) -> String {
        match FilterPolicy::parse(text, scope) {
            Err(Invalid::Value(reason)) => reason,
            other => format!("{other:?}"),
        }
    }

    /// Recorded from SNS, without the position that SNS appends.
    #[test]
    fn an_invalid_rule_is_refused() {
        for (rule, message) in [
            (r#"["value"]"#, "Match value must be String, number, true, false, or null"),
            (r#"{"wrong-operator":true}"#, "Unrecognized match type wrong-operator"),
            (r#"{"suffix":"a","prefix":"b"}"#, "Only one key allowed in match expression"),
            (r#"{"suffix":100}"#, "suffix match pattern must be a string"),
            (r#"{"suffix":null}"#, "suffix match pattern must be a string"),
            (r#"{"suffix":[]}"#, "suffix match pattern must be a string"),
            (r#"{"numeric":[]}"#, "Invalid member in numeric match: ]"),
            (r#"{"numeric":["operator"]}"#, "Unrecognized numeric range operator: operator"),
            (r#"{"numeric":[1,"<="]}"#, "Invalid member in numeric match: 1"),
            (r#"{"numeric":["=","000"]}"#, "Value of equals must be numeric"),
            (r#"{"numeric":[">="]}"#, "Value of >= must be numeric"),
            (r#"{"numeric":["<",100,">",10]}"#, "Too many elements in numeric expression"),
            (r#"{"numeric":[">=",1,">",2]}"#, "Bad numeric range operator: >"),
            (r#"{"numeric":[">",3,"<",1]}"#, "Bottom must be less than top"),
            (r#"{"numeric":[">",20,"<="]}"#, "Value of <= must be numeric"),
            (r#"{"numeric":[">",20,30]}"#, "Bad value in numeric range: 30"),
            (r#"{"numeric":[">",20,"test"]}"#, "Bad numeric range operator: test"),
            (r#"{"numeric":[">","20","<","30"]}"#, "Value of > must be numeric"),
            (r#"{"numeric":[">",20,"<","30"]}"#, "Value of < must be numeric"),
            (r#"{"numeric":[">",1,"<",3,"<",5]}"#, "Too many terms in numeric range expression"),
            (r#"{"exists":null}"#, "exists match pattern must be either true or false."),
            (r#"{"exists":"no"}"#, "exists match pattern must be either true or false."),
        ] {
            let policy = format!(r#"{{"key":[{rule}]}}"#);
            let expected = format!("FilterPolicy: {message}");
            assert_eq!(refused(&policy, Scope::MessageAttributes), expected, "{policy}");
        }
        assert_eq!(
            refused(r#"{"key_a":"value_one"}"#, Scope::MessageAttributes),
            "FilterPolicy: \"key_a\" must be an object or an array"
        );
    }

    /// Recorded from SNS.
    #[test]
    fn a_policy_is_limited() {
        let nested = r#"{"key_a":{"key_b":{"key_c":["1","2","3","4"]}},"key_d":{"key_e":["1","2","3"]},"key_f":["1","2","3"]}"#;
        let complex = "FilterPolicy: Filter policy is too complex";
        assert_eq!(refused(nested, Scope::MessageBody), complex);
        assert_eq!(
            refused(nested, Scope::MessageAttributes),
            "Filter policy scope MessageAttributes does not support nested filter policy"
        );
        let six = r#"{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}"#;
        assert_eq!(
            refused(six, Scope::MessageAttributes),
            "FilterPolicy: Filter policy can not have more than 5 keys"
        );
        let many: Vec<String> = (0..151).map(|n| format!("\"{n}\"")).collect();
        let many = format!("{{\"a\":[{}]}}", many.join(","));
        assert_eq!(refused(&many, Scope::MessageAttributes), complex);
    }
}
