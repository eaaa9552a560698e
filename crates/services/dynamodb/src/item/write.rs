//! What the operations that write one item share.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::Value;

use crate::attribute_value::{self, AttributeMap};
use crate::error::Error;
use crate::expression::condition::Condition;
use crate::expression::parser;
use crate::expression::placeholders::Placeholders;

/// `PutItemOutput`, `UpdateItemOutput` and `DeleteItemOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct WriteOutput {
    pub(crate) attributes: Option<Value>,
}

/// The attributes that a write returns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum ReturnValue {
    #[default]
    None,
    AllOld,
    UpdatedOld,
    AllNew,
    UpdatedNew,
}

impl ReturnValue {
    /// What `PutItem` or `DeleteItem` returns. Fails for the values of `UpdateItem` alone.
    pub(crate) fn none_or_all_old(value: Option<ReturnValue>) -> Result<ReturnValue, Error> {
        match value.unwrap_or_default() {
            value @ (ReturnValue::None | ReturnValue::AllOld) => Ok(value),
            _ => Err(Error::validation("Return values set to invalid value")),
        }
    }

    /// The output of `PutItem` or `DeleteItem`.
    pub(crate) fn output(self, old: Option<&AttributeMap>) -> WriteOutput {
        let old = old.filter(|_| self == ReturnValue::AllOld);
        WriteOutput { attributes: old.map(attribute_value::write) }
    }
}

/// Parses `ConditionExpression`, which must use every placeholder.
pub(crate) fn parse_condition(
    text: Option<&str>,
    names: Option<BTreeMap<String, String>>,
    values: Option<&Value>,
) -> Result<Option<Condition>, Error> {
    let member = "ConditionExpression";
    let mut placeholders = Placeholders::new(names, values)?;
    let condition = parser::condition(member, text, &mut placeholders)?;
    placeholders.check_all_used(&[(member, text.is_some())])?;
    Ok(condition)
}

/// Checks that an item meets the condition of a write; one that does not exist has no attributes.
pub(crate) fn check_condition(
    condition: Option<&Condition>,
    item: Option<&AttributeMap>,
) -> Result<(), Error> {
    let absent = AttributeMap::new();
    let holds = condition.is_none_or(|condition| condition.holds(item.unwrap_or(&absent)));
    if holds { Ok(()) } else { Err(Error::ConditionalCheckFailed) }
}
