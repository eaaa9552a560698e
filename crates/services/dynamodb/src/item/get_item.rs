//! `GetItem`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use crate::access;
use crate::attribute;
use crate::error::Error;
use crate::expression::parse::Parser;
use crate::expression::path::{Path, project};
use crate::expression::words::Words;
use crate::item::Item;
use crate::table::Table;

/// `GetItemInput`. Every read here is consistent.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetItemInput {
    #[shape(length = 1..=1024)]
    table_name: String,
    key: Value,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
}

/// `GetItemOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct GetItemOutput {
    item: Option<Value>,
}

/// Reads the item of a key, if there is one.
#[operation(signed, access = access::items)]
pub(crate) fn get_item(cx: &mut Cx<'_>, input: GetItemInput) -> Result<GetItemOutput, Stop> {
    let key = attribute::read(&input.key)?;
    let paths =
        projection(input.projection_expression.as_deref(), input.expression_attribute_names)?;
    let table = Table::open(cx, &input.table_name)?;
    table.check_key(&key)?;
    let item = Item::find(cx, &table, &key);
    let item = item.map(|item| match &paths {
        Some(paths) => project(&item, paths),
        None => item,
    });
    Ok(GetItemOutput { item: item.as_ref().map(attribute::write) })
}

/// A projection with its placeholders, all of which it must use.
pub(crate) fn projection(
    text: Option<&str>,
    names: Option<BTreeMap<String, String>>,
) -> Result<Option<Vec<Path>>, Error> {
    let member = "ProjectionExpression";
    let mut words = Words::new(names, None)?;
    let paths = text.map(|t| Parser::new(member, t, &mut words)?.projection()).transpose()?;
    words.check(&[(member, text.is_some())])?;
    Ok(paths)
}
