//! `UpdateItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute::{self, Attributes};
use crate::error::Error;
use crate::expression::parse::Parser;
use crate::expression::path::{Path, project};
use crate::expression::update::{self, Update};
use crate::expression::words::Words;
use crate::item::Item;
use crate::item::write::{ReturnValues, Written, hold};
use crate::table::Table;

/// `UpdateItemInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateItemInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    key: Value,
    update_expression: Option<String>,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    return_values: Option<ReturnValues>,
}

/// Changes attributes of an item; one that is not there is made.
#[operation(signed, access = access::items)]
pub(crate) fn update_item(cx: &mut Cx<'_>, input: UpdateItemInput) -> Result<Written, Stop> {
    let key = attribute::read(&input.key)?;
    let values = input.expression_attribute_values.as_ref();
    let mut words = Words::new(input.expression_attribute_names, values)?;
    let (changes, tests) = (input.update_expression, input.condition_expression);
    let update = changes.as_deref().map(|t| update::parse(t, &mut words)).transpose()?;
    let update = update.unwrap_or_default();
    let member = "ConditionExpression";
    let condition = tests.as_deref().map(|t| Parser::new(member, t, &mut words)?.condition());
    let condition = condition.transpose()?;
    words.check(&[("UpdateExpression", changes.is_some()), (member, tests.is_some())])?;
    let table = Table::open(cx, &input.table_name)?;
    table.check_key(&key)?;
    keys_untouched(&table, &update)?;
    let old = Item::find(cx, &table, &key);
    hold(condition.as_ref(), old.as_ref())?;
    let new = update.apply(old.as_ref().unwrap_or(&key))?;
    cx.world.put(&Item::new(&table, &new)?);
    Ok(returned(input.return_values.unwrap_or_default(), &update, old.as_ref(), &new))
}

fn keys_untouched(table: &Table, update: &Update) -> Result<(), Error> {
    let names = table.names();
    match update.paths().find(|path| names.iter().any(|name| name == path.root)) {
        Some(path) => Err(Error::parameter(&format!(
            "Cannot update attribute {}. This attribute is part of the key",
            path.root
        ))),
        None => Ok(()),
    }
}

fn returned(
    wanted: ReturnValues,
    update: &Update,
    old: Option<&Attributes>,
    new: &Attributes,
) -> Written {
    let touched = |item: &Attributes| {
        let paths: Vec<Path> = update.paths().cloned().collect();
        Some(project(item, &paths)).filter(|part| !part.is_empty())
    };
    let attributes = match wanted {
        ReturnValues::None => None,
        ReturnValues::AllOld => old.cloned(),
        ReturnValues::AllNew => Some(new.clone()),
        ReturnValues::UpdatedOld => old.and_then(touched),
        ReturnValues::UpdatedNew => touched(new),
    };
    Written { attributes: attributes.as_ref().map(attribute::write) }
}
