//! Key conditions: one value of the partition key, and at most one condition on the sort key.

use crate::attribute_value::AttributeValue;
use crate::error::Error;
use crate::expression::condition::{Comparator, Condition, Operand};
use crate::table::{KeyNames, Table};

/// The value that a condition requires the partition key to equal.
pub(crate) fn partition_key_value(condition: &Condition, hash: &str) -> Option<AttributeValue> {
    condition.conjuncts().into_iter().find_map(|part| match part {
        Condition::Compare(Operand::Path(path), Comparator::Equal, Operand::Value(value))
        | Condition::Compare(Operand::Value(value), Comparator::Equal, Operand::Path(path))
            if path.attribute == hash && path.elements.is_empty() =>
        {
            Some(value.clone())
        }
        _ => None,
    })
}

/// Checks that a condition is a key condition for this key; returns the value of the partition key.
pub(crate) fn check(
    condition: &Condition,
    keys: &KeyNames<'_>,
    table: &Table,
) -> Result<AttributeValue, Error> {
    let missing = |name: &str| {
        Error::validation(format!("Query condition missed key schema element: {name}"))
    };
    let parts: Vec<_> = condition
        .conjuncts()
        .into_iter()
        .map(|part| key_and_value(part).ok_or_else(|| invalid_operator(part)))
        .collect::<Result<_, _>>()?;
    let count = |name: &str| parts.iter().filter(|(attribute, _)| *attribute == name).count();
    if count(keys.hash) == 0 {
        return Err(missing(keys.hash));
    }
    let hash = partition_key_value(condition, keys.hash).ok_or_else(not_supported)?;
    let range_conditions = keys.range.map_or(0, &count);
    if let Some(range) = keys.range.filter(|_| parts.len() > 1 && range_conditions == 0) {
        return Err(missing(range));
    }
    if count(keys.hash) > 1 || range_conditions > 1 {
        return Err(Error::validation(
            "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key",
        ));
    }
    if parts.len() > 1 + range_conditions {
        return Err(not_supported());
    }
    for (name, value) in parts {
        let expected = table.attribute_type(name).map(|data_type| data_type.as_str());
        if value.is_some_and(|value| Some(value.data_type()) != expected) {
            return Err(Error::invalid_parameter(
                "Condition parameter type does not match schema type",
            ));
        }
    }
    Ok(hash)
}

/// The error for a condition that a key condition cannot contain.
fn invalid_operator(condition: &Condition) -> Error {
    let operator = match condition {
        Condition::Or(..) => "OR",
        Condition::Not(_) => "NOT",
        Condition::In(..) => "IN",
        Condition::AttributeExists(_) => "attribute_exists",
        Condition::AttributeNotExists(_) => "attribute_not_exists",
        Condition::AttributeType(..) => "attribute_type",
        Condition::Contains(..) => "contains",
        Condition::Compare(_, Comparator::NotEqual, _) => "<>",
        _ => return not_supported(),
    };
    Error::validation(format!(
        "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: {operator}"
    ))
}

fn not_supported() -> Error {
    Error::validation("Query key condition not supported")
}

/// The attribute that a condition compares with a value, and that value. `None` if a key condition
/// cannot contain it.
fn key_and_value(condition: &Condition) -> Option<(&str, Option<&AttributeValue>)> {
    fn value(operand: &Operand) -> Option<&AttributeValue> {
        match operand {
            Operand::Value(value) => Some(value),
            _ => None,
        }
    }
    let is_value = |operand: &Operand| value(operand).is_some();
    let (operand, value) = match condition {
        Condition::Compare(_, Comparator::NotEqual, _) => return None,
        Condition::Compare(left, _, right) if is_value(right) => (left, value(right)),
        Condition::Compare(left, _, right) if is_value(left) => (right, value(left)),
        Condition::Between(operand, low, high) if is_value(low) && is_value(high) => {
            (operand, value(low))
        }
        Condition::BeginsWith(operand, prefix) if is_value(prefix) => (operand, value(prefix)),
        _ => return None,
    };
    match operand {
        Operand::Path(path) if path.elements.is_empty() => Some((path.attribute.as_str(), value)),
        _ => None,
    }
}
