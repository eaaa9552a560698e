//! Key conditions: one value of the partition key, and at most one condition on the sort key.

use crate::attribute::Attribute;
use crate::error::Error;
use crate::expression::condition::{Comparator, Condition, Operand};
use crate::table::{KeyNames, Table};

/// The value that a key condition asks of the partition key.
pub(crate) fn partition(condition: &Condition, hash: &str) -> Option<Attribute> {
    condition.all().into_iter().find_map(|part| match part {
        Condition::Compare(Operand::Path(path), Comparator::Equal, Operand::Value(value))
        | Condition::Compare(Operand::Value(value), Comparator::Equal, Operand::Path(path))
            if path.root == hash && path.steps.is_empty() =>
        {
            Some(value.clone())
        }
        _ => None,
    })
}

/// Refuses a key condition that is not one value of the partition key with at most one condition
/// on the sort key; returns that value.
pub(crate) fn partition_of(
    condition: &Condition,
    keys: &KeyNames<'_>,
    table: &Table,
) -> Result<Attribute, Error> {
    let missed =
        |name: &str| Error::invalid(format!("Query condition missed key schema element: {name}"));
    let hash = partition(condition, keys.hash);
    let parts: Vec<_> = condition
        .all()
        .into_iter()
        .map(|part| subject(part).ok_or_else(|| misused(part)))
        .collect::<Result<_, _>>()?;
    let named = |name: &str| parts.iter().filter(|(n, _)| *n == name).count();
    if named(keys.hash) == 0 {
        return Err(missed(keys.hash));
    }
    let hash = hash.ok_or_else(unsupported)?;
    let range = keys.range.map_or(0, &named);
    if let Some(range) = keys.range.filter(|_| parts.len() > 1 && range == 0) {
        return Err(missed(range));
    }
    if named(keys.hash) > 1 || range > 1 {
        return Err(Error::invalid(
            "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key",
        ));
    }
    if parts.len() > 1 + range {
        return Err(unsupported());
    }
    for (name, value) in parts {
        let kind = table.kind(name).map(|k| k.as_str());
        if value.is_some_and(|v| Some(v.kind()) != kind) {
            return Err(Error::parameter("Condition parameter type does not match schema type"));
        }
    }
    Ok(hash)
}

/// The refusal of a part that has no place in a key condition.
fn misused(part: &Condition) -> Error {
    let shown = match part {
        Condition::Or(..) => "OR",
        Condition::Not(_) => "NOT",
        Condition::In(..) => "IN",
        Condition::Exists(_) => "attribute_exists",
        Condition::NotExists(_) => "attribute_not_exists",
        Condition::Type(..) => "attribute_type",
        Condition::Contains(..) => "contains",
        Condition::Compare(_, Comparator::Differs, _) => "<>",
        _ => return unsupported(),
    };
    Error::invalid(format!(
        "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: {shown}"
    ))
}

fn unsupported() -> Error {
    Error::invalid("Query key condition not supported")
}

/// The key attribute that part of a key condition speaks of, and a value it is held against.
fn subject(part: &Condition) -> Option<(&str, Option<&Attribute>)> {
    let value = |operand: &'_ Operand| matches!(operand, Operand::Value(_));
    fn literal(operand: &Operand) -> Option<&Attribute> {
        match operand {
            Operand::Value(value) => Some(value),
            _ => None,
        }
    }
    let (operand, against) = match part {
        Condition::Compare(_, Comparator::Differs, _) => return None,
        Condition::Compare(left, _, right) if value(right) => (left, literal(right)),
        Condition::Compare(left, _, right) if value(left) => (right, literal(left)),
        Condition::Between(operand, low, high) if value(low) && value(high) => {
            (operand, literal(low))
        }
        Condition::BeginsWith(operand, prefix) if value(prefix) => (operand, literal(prefix)),
        _ => return None,
    };
    match operand {
        Operand::Path(path) if path.steps.is_empty() => Some((path.root.as_str(), against)),
        _ => None,
    }
}
