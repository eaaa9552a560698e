//! Conditions held against items.

use std::cmp::Ordering;

use crate::attribute::{Attribute, Attributes};
use crate::expression::path::Path;
use crate::number::Number;

/// Something that holds for an item or does not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    Compare(Operand, Comparator, Operand),
    Between(Operand, Operand, Operand),
    In(Operand, Vec<Operand>),
    Exists(Path),
    NotExists(Path),
    Type(Operand, String),
    BeginsWith(Operand, Operand),
    Contains(Operand, Operand),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Path(Path),
    Value(Attribute),
    Size(Path),
}

/// How two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparator {
    Equal,
    Differs,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparator {
    /// How each is written.
    pub(crate) const SIGNS: &'static [(&'static str, Comparator)] = &[
        ("=", Comparator::Equal),
        ("<>", Comparator::Differs),
        ("<", Comparator::Less),
        ("<=", Comparator::AtMost),
        (">", Comparator::More),
        (">=", Comparator::AtLeast),
    ];

    fn holds(self, left: &Attribute, right: &Attribute) -> bool {
        let order = |wanted: fn(Ordering) -> bool| left.order(right).is_some_and(wanted);
        match self {
            Comparator::Equal => left.same(right),
            Comparator::Differs => !left.same(right),
            Comparator::Less => order(Ordering::is_lt),
            Comparator::AtMost => order(Ordering::is_le),
            Comparator::More => order(Ordering::is_gt),
            Comparator::AtLeast => order(Ordering::is_ge),
        }
    }
}

impl Operand {
    fn root(&self) -> Option<&str> {
        match self {
            Operand::Path(path) | Operand::Size(path) => Some(&path.root),
            Operand::Value(_) => None,
        }
    }

    fn of(&self, item: &Attributes) -> Option<Attribute> {
        match self {
            Operand::Path(path) => path.find(item).cloned(),
            Operand::Value(value) => Some(value.clone()),
            Operand::Size(path) => {
                let size = path.find(item)?.size()?;
                Number::parse(&size.to_string()).ok().map(Attribute::N)
            }
        }
    }
}

impl Condition {
    /// Whether it holds for an item; a missing item has no attributes.
    pub(crate) fn holds(&self, item: &Attributes) -> bool {
        let two = |a: &Operand, b: &Operand| Some((a.of(item)?, b.of(item)?));
        match self {
            Condition::Compare(left, comparator, right) => match two(left, right) {
                Some((left, right)) => comparator.holds(&left, &right),
                // What is not there differs from everything.
                None => *comparator == Comparator::Differs,
            },
            Condition::Between(value, low, high) => {
                let above = two(value, low).is_some_and(|(v, l)| Comparator::AtLeast.holds(&v, &l));
                above && two(value, high).is_some_and(|(v, h)| Comparator::AtMost.holds(&v, &h))
            }
            Condition::In(value, options) => {
                options.iter().any(|o| two(value, o).is_some_and(|(v, o)| v.same(&o)))
            }
            Condition::Exists(path) => path.find(item).is_some(),
            Condition::NotExists(path) => path.find(item).is_none(),
            Condition::Type(operand, kind) => operand.of(item).is_some_and(|v| v.kind() == kind),
            Condition::BeginsWith(value, prefix) => match two(value, prefix) {
                Some((Attribute::S(text), Attribute::S(prefix))) => text.starts_with(&prefix),
                Some((Attribute::B(bytes), Attribute::B(prefix))) => bytes.starts_with(&prefix),
                _ => false,
            },
            Condition::Contains(value, part) => {
                two(value, part).is_some_and(|(value, part)| contains(&value, &part))
            }
            Condition::And(a, b) => a.holds(item) && b.holds(item),
            Condition::Or(a, b) => a.holds(item) || b.holds(item),
            Condition::Not(inner) => !inner.holds(item),
        }
    }

    /// Top-level attributes that it speaks of.
    pub(crate) fn roots(&self) -> Vec<&str> {
        match self {
            Condition::Compare(a, _, b)
            | Condition::BeginsWith(a, b)
            | Condition::Contains(a, b) => a.root().into_iter().chain(b.root()).collect(),
            Condition::Between(a, b, c) => [a, b, c].into_iter().filter_map(|o| o.root()).collect(),
            Condition::In(a, options) => {
                a.root().into_iter().chain(options.iter().filter_map(Operand::root)).collect()
            }
            Condition::Exists(path) | Condition::NotExists(path) => vec![path.root.as_str()],
            Condition::Type(a, _) => a.root().into_iter().collect(),
            Condition::And(a, b) | Condition::Or(a, b) => [a.roots(), b.roots()].concat(),
            Condition::Not(inner) => inner.roots(),
        }
    }

    /// The conditions that must all hold.
    pub(crate) fn all(&self) -> Vec<&Condition> {
        match self {
            Condition::And(a, b) => [a.all(), b.all()].concat(),
            other => vec![other],
        }
    }
}

fn contains(value: &Attribute, part: &Attribute) -> bool {
    match (value, part) {
        (Attribute::S(text), Attribute::S(part)) => text.contains(part.as_str()),
        (Attribute::B(bytes), Attribute::B(part)) => {
            part.is_empty() || bytes.windows(part.len()).any(|w| w == part)
        }
        (Attribute::Ss(items), Attribute::S(part)) => items.contains(part),
        (Attribute::Ns(items), Attribute::N(part)) => items.contains(part),
        (Attribute::Bs(items), Attribute::B(part)) => items.contains(part),
        (Attribute::L(items), part) => items.iter().any(|i| i.same(part)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::expression::parse::Parser;
    use crate::expression::words::Words;
    use cognitab_wire::{Schema, Value, json};

    fn tree(text: &str) -> Value {
        json::decode(text.as_bytes(), &Schema::DOCUMENT).unwrap()
    }

    #[test]
    fn conditions_of_every_kind() {
        let item = r#"{"id":{"S":"a1"},"n":{"N":"10"},"tags":{"SS":["x","y"]},"m":{"M":{"k":{"L":[{"N":"1"},{"S":"z"}]}}}}"#;
        let item = crate::attribute::read(&tree(item)).unwrap();
        let values = tree(
            r#"{":n":{"N":"9"},":m":{"N":"010.0"},":s":{"S":"a"},":t":{"S":"x"},":k":{"S":"SS"},":z":{"S":"z"},":two":{"N":"2"}}"#,
        );
        for (text, wanted) in [
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
            let mut words = Words::new(None, Some(&values)).unwrap();
            let parsed = Parser::new("ConditionExpression", text, &mut words)
                .and_then(Parser::condition)
                .unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert_eq!(parsed.holds(&item), wanted, "{text}");
        }
    }
}
