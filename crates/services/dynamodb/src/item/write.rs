//! What the three operations on one item share: conditions, and what they hand back.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::Value;

use crate::attribute::{self, Attributes};
use crate::error::Error;
use crate::expression::condition::Condition;
use crate::expression::parse::Parser;
use crate::expression::words::Words;

/// `PutItemOutput` and its kin.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct Written {
    pub(crate) attributes: Option<Value>,
}

/// What a write hands back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum ReturnValues {
    #[default]
    None,
    AllOld,
    UpdatedOld,
    AllNew,
    UpdatedNew,
}

impl ReturnValues {
    /// Refuses what only an update can hand back.
    pub(crate) fn of_whole(wanted: Option<ReturnValues>) -> Result<ReturnValues, Error> {
        match wanted.unwrap_or_default() {
            wanted @ (ReturnValues::None | ReturnValues::AllOld) => Ok(wanted),
            _ => Err(Error::invalid("Return values set to invalid value")),
        }
    }

    /// The old item, if it is wanted.
    pub(crate) fn old(self, old: Option<&Attributes>) -> Written {
        let old = old.filter(|_| self == ReturnValues::AllOld);
        Written { attributes: old.map(attribute::write) }
    }
}

/// A condition with its placeholders, all of which it must use.
pub(crate) fn condition(
    text: Option<&str>,
    names: Option<BTreeMap<String, String>>,
    values: Option<&Value>,
) -> Result<Option<Condition>, Error> {
    let member = "ConditionExpression";
    let mut words = Words::new(names, values)?;
    let parsed = text.map(|t| Parser::new(member, t, &mut words)?.condition()).transpose()?;
    words.check(&[(member, text.is_some())])?;
    Ok(parsed)
}

/// Refuses a write whose condition does not hold.
pub(crate) fn hold(condition: Option<&Condition>, item: Option<&Attributes>) -> Result<(), Error> {
    let nothing = Attributes::new();
    if condition.is_none_or(|c| c.holds(item.unwrap_or(&nothing))) {
        Ok(())
    } else {
        Err(Error::ConditionFailed)
    }
}
