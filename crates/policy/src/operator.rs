//! Condition operators: their names, and how they compare a request's value with a policy's.

use crate::{
    arn_pattern::{self, MatchMode},
    context::Context,
    date,
    template::Template,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{borrow::Cow, cmp::Ordering, net::IpAddr};

/// A condition operator without set prefix and `IfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) kind: OperatorKind,
    /// Whether it is negated.
    pub(crate) negated: bool,
}

/// What an operator compares, before negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OperatorKind {
    Equal,
    EqualIgnoringCase,
    Like,
    Number(Relation),
    Date(Relation),
    Bool,
    Binary,
    Address,
    Arn,
    Null,
}

/// An order between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    /// Parses a name such as `StringNotLike`, which is case-sensitive.
    pub(crate) fn parse(name: &str) -> Option<Operator> {
        let (kind, negated) = match name {
            "StringEquals" => (OperatorKind::Equal, false),
            "StringNotEquals" => (OperatorKind::Equal, true),
            "StringEqualsIgnoreCase" => (OperatorKind::EqualIgnoringCase, false),
            "StringNotEqualsIgnoreCase" => (OperatorKind::EqualIgnoringCase, true),
            "StringLike" => (OperatorKind::Like, false),
            "StringNotLike" => (OperatorKind::Like, true),
            "Bool" => (OperatorKind::Bool, false),
            "BinaryEquals" => (OperatorKind::Binary, false),
            "IpAddress" => (OperatorKind::Address, false),
            "NotIpAddress" => (OperatorKind::Address, true),
            "ArnEquals" | "ArnLike" => (OperatorKind::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (OperatorKind::Arn, true),
            "Null" => (OperatorKind::Null, false),
            _ => {
                let (relation, negated) = Relation::parse(name.get(4..)?, "")
                    .or_else(|| Relation::parse(name, "Numeric"))?;
                match name.starts_with("Date") {
                    true => (OperatorKind::Date(relation), negated),
                    false => (OperatorKind::Number(relation), negated),
                }
            }
        };
        let known = !matches!(kind, OperatorKind::Number(_)) || name.starts_with("Numeric");
        known.then_some(Operator { kind, negated })
    }

    /// Whether its values can contain policy variables.
    pub(crate) fn supports_variables(self) -> bool {
        use OperatorKind::{Arn, Bool, Equal, EqualIgnoringCase, Like};
        matches!(self.kind, Equal | EqualIgnoringCase | Like | Arn | Bool)
    }
}

impl Relation {
    fn parse(name: &str, prefix: &str) -> Option<(Relation, bool)> {
        Some(match name.strip_prefix(prefix)? {
            "Equals" => (Relation::Equal, false),
            "NotEquals" => (Relation::Equal, true),
            "LessThan" => (Relation::Less, false),
            "LessThanEquals" => (Relation::LessOrEqual, false),
            "GreaterThan" => (Relation::Greater, false),
            "GreaterThanEquals" => (Relation::GreaterOrEqual, false),
            _ => return None,
        })
    }

    fn holds(self, ordering: Option<Ordering>) -> bool {
        match self {
            Relation::Equal => ordering == Some(Ordering::Equal),
            Relation::Less => ordering == Some(Ordering::Less),
            Relation::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
            Relation::Greater => ordering == Some(Ordering::Greater),
            Relation::GreaterOrEqual => {
                matches!(ordering, Some(Ordering::Greater | Ordering::Equal))
            }
        }
    }
}

impl OperatorKind {
    /// Whether the request's value matches the policy's.
    pub(crate) fn holds(self, asked: &str, wanted: &Template, context: &Context) -> bool {
        let text = |test: &dyn Fn(Cow<'_, str>) -> bool| wanted.text(context).is_some_and(test);
        match self {
            OperatorKind::Equal => text(&|wanted| wanted == asked),
            OperatorKind::EqualIgnoringCase => {
                text(&|wanted| wanted == asked || wanted.to_lowercase() == asked.to_lowercase())
            }
            OperatorKind::Bool => {
                parse_bool(asked).is_some_and(|asked| text(&|one| parse_bool(&one) == Some(asked)))
            }
            OperatorKind::Binary => text(&|wanted| same_bytes(asked, &wanted)),
            OperatorKind::Address => text(&|wanted| in_cidr(asked, &wanted)),
            OperatorKind::Like => wanted.matches_with(context, |glob| glob.matches(asked, false)),
            OperatorKind::Arn => wanted.matches_with(context, |glob| {
                arn_pattern::matches(glob, asked, MatchMode::Condition)
            }),
            OperatorKind::Number(relation) => text(&|wanted| {
                let both = parse_number(asked).zip(parse_number(&wanted));
                relation.holds(both.and_then(|(a, b)| a.partial_cmp(&b)))
            }),
            OperatorKind::Date(relation) => text(&|wanted| {
                let both = date::parse(asked).zip(date::parse(&wanted));
                relation.holds(both.map(|(a, b)| a.cmp(&b)))
            }),
            OperatorKind::Null => false,
        }
    }
}

fn parse_bool(text: &str) -> Option<bool> {
    text.to_ascii_lowercase().parse().ok()
}

fn parse_number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn same_bytes(asked: &str, wanted: &str) -> bool {
    match (STANDARD.decode(asked), STANDARD.decode(wanted)) {
        (Ok(asked), Ok(wanted)) => asked == wanted,
        _ => false,
    }
}

fn in_cidr(asked: &str, wanted: &str) -> bool {
    let (network, length) = match wanted.split_once('/') {
        Some((network, length)) => match length.parse::<u32>() {
            Ok(number) if !length.starts_with('+') => (network, Some(number)),
            _ => return false,
        },
        None => (wanted, None),
    };
    match (asked.parse(), network.parse()) {
        (Ok(IpAddr::V4(asked)), Ok(IpAddr::V4(network))) => {
            let length = length.unwrap_or(32);
            let differ = u32::from(asked) ^ u32::from(network);
            length <= 32 && differ.checked_shr(32 - length).unwrap_or(0) == 0
        }
        (Ok(IpAddr::V6(asked)), Ok(IpAddr::V6(network))) => {
            let length = length.unwrap_or(128);
            let differ = u128::from(asked) ^ u128::from(network);
            length <= 128 && differ.checked_shr(128 - length).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Operator, in_cidr};
    use crate::{context::Context, template::Template};

    fn holds(name: &str, asked: &str, wanted: &str) -> bool {
        let operator = Operator::parse(name).unwrap();
        operator.kind.holds(asked, &Template::plain(wanted), &Context::new())
    }

    #[test]
    fn names() {
        for wrong in
            ["", "stringequals", "Equals", "xxxxEquals", "DateLike", "NumericLike", "NumbLessThan"]
        {
            assert_eq!(Operator::parse(wrong), None, "{wrong}");
        }
        assert!(Operator::parse("NumericNotEquals").unwrap().negated);
        assert!(Operator::parse("DateNotEquals").unwrap().negated);
    }

    #[test]
    fn addresses() {
        assert!(in_cidr("203.0.113.9", "203.0.113.0/24"));
        assert!(in_cidr("203.0.113.9", "203.0.113.9"));
        assert!(in_cidr("203.0.113.9", "0.0.0.0/0"));
        assert!(in_cidr("2001:db8::7", "2001:DB8:0::/32"));
        assert!(in_cidr("2001:db8::7", "2001:db8::7/128"));
        assert!(in_cidr("2001:db8::7", "::/0"));
        assert!(in_cidr("11.255.0.1", "10.0.0.0/7"));
        assert!(in_cidr("203.0.113.9", "203.0.113.9/32"));
        for (asked, wanted) in [
            ("203.0.114.9", "203.0.113.0/24"),
            ("203.0.113.9", "203.0.113.9/33"),
            ("203.0.113.9", "203.0.113.9/x"),
            ("203.0.113.9", "::/0"),
            ("203.0.113.200", "203.0.113.0/25"),
            ("12.0.0.1", "10.0.0.0/7"),
            ("2001:db8::7", "2001:db8::7/129"),
            ("2001:db9::7", "2001:db8::/32"),
            ("2001:db8::7", "2001:db8::8"),
            ("2001:db8::7", "0.0.0.0/0"),
            ("x", "0.0.0.0/0"),
        ] {
            assert!(!in_cidr(asked, wanted), "{asked} {wanted}");
        }
    }

    #[test]
    fn values() {
        assert!(holds("NumericLessThanEquals", "10", "10.0"));
        assert!(!holds("NumericEquals", "NaN", "NaN"));
        assert!(holds("DateLessThan", "2026-11-23T10:00:00Z", "1795500000"));
        assert!(holds("Bool", "TRUE", "true"));
        assert!(holds("BinaryEquals", "QmluYXJ5", "QmluYXJ5"));
        assert!(holds("ArnLike", "arn:aws:iam::1:role/a", "arn:aws:iam::*:role/*"));
        assert!(!holds("ArnLike", "arn:aws:iam::1:role/a", "arn:aws:iam::1"));
        assert!(!holds("StringEquals", "abc", "a*"));
        assert!(holds("StringLike", "abc", "a*"));
    }
}
