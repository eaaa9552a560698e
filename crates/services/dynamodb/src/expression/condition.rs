//! Conditions and their evaluation against items.

use std::cmp::Ordering;

use crate::attribute_value::{AttributeMap, AttributeValue};
use crate::expression::document_path::DocumentPath;
use crate::number::Number;

/// A condition on an item.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    Compare(Operand, Comparator, Operand),
    Between(Operand, Operand, Operand),
    In(Operand, Vec<Operand>),
    AttributeExists(DocumentPath),
    AttributeNotExists(DocumentPath),
    AttributeType(Operand, String),
    BeginsWith(Operand, Operand),
    Contains(Operand, Operand),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
}

/// An operand of a comparison or a function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Path(DocumentPath),
    Value(AttributeValue),
    /// The function `size`.
    Size(DocumentPath),
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparator {
    Equal,
    NotEqual,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
}

impl Comparator {
    /// Every operator with its symbol.
    pub(crate) const SYMBOLS: &'static [(&'static str, Comparator)] = &[
        ("=", Comparator::Equal),
        ("<>", Comparator::NotEqual),
        ("<", Comparator::LessThan),
        ("<=", Comparator::LessThanOrEqual),
        (">", Comparator::GreaterThan),
        (">=", Comparator::GreaterThanOrEqual),
    ];

    fn holds(self, left: &AttributeValue, right: &AttributeValue) -> bool {
        let order = |expected: fn(Ordering) -> bool| left.compare(right).is_some_and(expected);
        match self {
            Comparator::Equal => left.equals(right),
            Comparator::NotEqual => !left.equals(right),
            Comparator::LessThan => order(Ordering::is_lt),
            Comparator::LessThanOrEqual => order(Ordering::is_le),
            Comparator::GreaterThan => order(Ordering::is_gt),
            Comparator::GreaterThanOrEqual => order(Ordering::is_ge),
        }
    }
}

impl Operand {
    /// The top-level attribute that it names.
    fn attribute(&self) -> Option<&str> {
        match self {
            Operand::Path(path) | Operand::Size(path) => Some(&path.attribute),
            Operand::Value(_) => None,
        }
    }

    fn evaluate(&self, item: &AttributeMap) -> Option<AttributeValue> {
        match self {
            Operand::Path(path) => path.get(item).cloned(),
            Operand::Value(value) => Some(value.clone()),
            Operand::Size(path) => {
                let size = path.get(item)?.size()?;
                Number::parse(&size.to_string()).ok().map(AttributeValue::N)
            }
        }
    }
}

impl Condition {
    /// Whether an item meets it. One that does not exist is an item without attributes.
    pub(crate) fn holds(&self, item: &AttributeMap) -> bool {
        let both = |a: &Operand, b: &Operand| Some((a.evaluate(item)?, b.evaluate(item)?));
        let compare = |a: &Operand, comparator: Comparator, b: &Operand| {
            both(a, b).map(|(a, b)| comparator.holds(&a, &b))
        };
        match self {
            // An attribute that does not exist is not equal to any value.
            Condition::Compare(left, comparator, right) => {
                compare(left, *comparator, right).unwrap_or(*comparator == Comparator::NotEqual)
            }
            Condition::Between(value, low, high) => {
                compare(value, Comparator::GreaterThanOrEqual, low) == Some(true)
                    && compare(value, Comparator::LessThanOrEqual, high) == Some(true)
            }
            Condition::In(value, list) => {
                list.iter().any(|member| compare(value, Comparator::Equal, member) == Some(true))
            }
            Condition::AttributeExists(path) => path.get(item).is_some(),
            Condition::AttributeNotExists(path) => path.get(item).is_none(),
            Condition::AttributeType(operand, data_type) => {
                operand.evaluate(item).is_some_and(|value| value.data_type() == data_type)
            }
            Condition::BeginsWith(value, prefix) => match both(value, prefix) {
                Some((AttributeValue::S(text), AttributeValue::S(prefix))) => {
                    text.starts_with(&prefix)
                }
                Some((AttributeValue::B(bytes), AttributeValue::B(prefix))) => {
                    bytes.starts_with(&prefix)
                }
                _ => false,
            },
            Condition::Contains(value, part) => {
                both(value, part).is_some_and(|(value, part)| contains(&value, &part))
            }
            Condition::And(a, b) => a.holds(item) && b.holds(item),
            Condition::Or(a, b) => a.holds(item) || b.holds(item),
            Condition::Not(condition) => !condition.holds(item),
        }
    }

    /// The top-level attributes that it names.
    pub(crate) fn attributes(&self) -> Vec<&str> {
        match self {
            Condition::Compare(a, _, b)
            | Condition::BeginsWith(a, b)
            | Condition::Contains(a, b) => {
                [a, b].into_iter().filter_map(Operand::attribute).collect()
            }
            Condition::Between(a, b, c) => {
                [a, b, c].into_iter().filter_map(Operand::attribute).collect()
            }
            Condition::In(value, list) => {
                std::iter::once(value).chain(list).filter_map(Operand::attribute).collect()
            }
            Condition::AttributeExists(path) | Condition::AttributeNotExists(path) => {
                vec![path.attribute.as_str()]
            }
            Condition::AttributeType(operand, _) => operand.attribute().into_iter().collect(),
            Condition::And(a, b) | Condition::Or(a, b) => [a.attributes(), b.attributes()].concat(),
            Condition::Not(condition) => condition.attributes(),
        }
    }

    /// The conditions that `AND` joins at the top level.
    pub(crate) fn conjuncts(&self) -> Vec<&Condition> {
        match self {
            Condition::And(a, b) => [a.conjuncts(), b.conjuncts()].concat(),
            other => vec![other],
        }
    }
}

fn contains(value: &AttributeValue, part: &AttributeValue) -> bool {
    match (value, part) {
        (AttributeValue::S(text), AttributeValue::S(part)) => text.contains(part.as_str()),
        (AttributeValue::B(bytes), AttributeValue::B(part)) => {
            part.is_empty() || bytes.windows(part.len()).any(|window| window == part)
        }
        (AttributeValue::Ss(members), AttributeValue::S(part)) => members.contains(part),
        (AttributeValue::Ns(members), AttributeValue::N(part)) => members.contains(part),
        (AttributeValue::Bs(members), AttributeValue::B(part)) => members.contains(part),
        (AttributeValue::L(items), part) => items.iter().any(|item| item.equals(part)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::expression::parser::Parser;
    use crate::expression::placeholders::Placeholders;
    use cognitab_wire::{Schema, Value, json};

    fn tree(text: &str) -> Value {
        json::decode(text.as_bytes(), &Schema::DOCUMENT).unwrap()
    }

    #[test]
    fn conditions_of_every_kind() {
        let item = r#"{"id":{"S":"a1"},"n":{"N":"10"},"tags":{"SS":["x","y"]},"m":{"M":{"k":{"L":[{"N":"1"},{"S":"z"}]}}}}"#;
        let item = crate::attribute_value::read(&tree(item)).unwrap();
        let values = tree(
            r#"{":n":{"N":"9"},":m":{"N":"010.0"},":s":{"S":"a"},":t":{"S":"x"},":k":{"S":"SS"},":z":{"S":"z"},":two":{"N":"2"}}"#,
        );
        for (text, expected) in [
            ("n > :n", true),
            ("n = :m AND NOT n < :n", true),
            ("n BETWEEN :n AND :m", true),
            ("n IN (:n, :m)", true),
            ("n IN (:n)", false),
            ("begins_with(id, :s) and contains(tags, :t)", true),
            ("attribute_exists(m.k[1]) AND m.k[1] = :z", true),
            ("attribute_not_exists(m.k[2])", true),
            ("attribute_type(tags, :k)", true),
            ("size(id) = :two OR size(n) = :two", true),
            ("size(m.k) <> :two", false),
            ("absent = :s", false),
            ("absent <> :s", true),
            ("id > :n", false),
            ("(n > :n OR absent = :s) AND NOT (id = :s)", true),
        ] {
            let mut placeholders = Placeholders::new(None, Some(&values)).unwrap();
            let parsed = Parser::new("ConditionExpression", text, &mut placeholders)
                .and_then(Parser::condition)
                .unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert_eq!(parsed.holds(&item), expected, "{text}");
        }
    }
}
