//! Rules for the values of a key.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use serde_json::Value as Json;

/// A rule for the values of a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    /// Is this string, number, boolean or null.
    Equals(Json),
    /// Is a string with this prefix.
    Prefix(String),
    /// Is a string with this suffix.
    Suffix(String),
    /// Is this string in any case.
    EqualsIgnoreCase(String),
    /// Is a number in this range.
    Numeric(Range),
    /// Matches none of these rules.
    AnythingBut(Vec<Rule>),
    /// Whether there is a value.
    Exists(bool),
    /// Is an IP address in this block.
    Cidr(RangeInclusive<IpAddr>),
}

/// A range of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Range {
    pub(super) bottom: Option<End>,
    pub(super) top: Option<End>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    pub(super) value: f64,
    /// Whether the value is in the range.
    pub(super) included: bool,
}

impl Range {
    fn contains(self, number: f64) -> bool {
        let is = |end: End| end.included && number == end.value;
        self.bottom.is_none_or(|end| number > end.value || is(end))
            && self.top.is_none_or(|end| number < end.value || is(end))
    }
}

impl Rule {
    /// Whether one of the values of a key matches; `None` if the message does not have the key.
    pub(super) fn matches(&self, values: Option<&[Json]>) -> bool {
        match (self, values) {
            (Rule::Exists(exists), values) => *exists == values.is_some(),
            (_, Some(values)) => values.iter().any(|value| self.matches_value(value)),
            (_, None) => false,
        }
    }

    fn matches_value(&self, value: &Json) -> bool {
        let number = value.as_f64();
        let text = value.as_str();
        match self {
            Rule::Equals(Json::Number(expected)) => number.is_some() && number == expected.as_f64(),
            Rule::Equals(expected) => expected == value,
            Rule::Prefix(prefix) => text.is_some_and(|text| text.starts_with(prefix)),
            Rule::Suffix(suffix) => text.is_some_and(|text| text.ends_with(suffix)),
            Rule::EqualsIgnoreCase(expected) => {
                text.is_some_and(|text| text.to_lowercase() == expected.to_lowercase())
            }
            Rule::Numeric(range) => number.is_some_and(|number| range.contains(number)),
            Rule::AnythingBut(rules) => !rules.iter().any(|rule| rule.matches_value(value)),
            Rule::Exists(exists) => *exists,
            Rule::Cidr(block) => {
                let address: Option<IpAddr> = text.and_then(|text| text.parse().ok());
                let same_family = |one: &IpAddr| one.is_ipv4() == block.start().is_ipv4();
                address.is_some_and(|one| same_family(&one) && block.contains(&one))
            }
        }
    }
}
