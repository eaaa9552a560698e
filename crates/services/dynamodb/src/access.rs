//! The IAM permissions that DynamoDB's operations need, with the condition keys for access to single
//! items and attributes.

use std::collections::BTreeSet;

use cognitab_kernel::{Access, Cx};
use cognitab_wire::Value;

use crate::attribute_value::AttributeValue;
use crate::expression::condition::Condition;
use crate::expression::key_condition::partition_key_value;
use crate::expression::parser::Parser;
use crate::expression::placeholders::Placeholders;
use crate::expression::update::Update;
use crate::table::{self, SecondaryIndex, Table};

/// The ARN of the table that a request names.
pub(crate) fn table(cx: &Cx<'_>, input: &Value) -> String {
    arn(cx, input.text("TableName"))
}

/// The ARN of a table of this name or ARN, whether or not it exists.
fn arn(cx: &Cx<'_>, name: &str) -> String {
    if name.starts_with("arn:") {
        return name.to_owned();
    }
    table::arn(&cx.call.region, &cx.call.account, name)
}

/// An action on items of the table or the index that a request names.
pub(crate) fn items(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let table = table(cx, input);
    let resource = match input.get("IndexName").str() {
        Some(index) => format!("{table}/index/{index}"),
        None => table,
    };
    let mut placeholders = Placeholders::lenient(input);
    let key_condition = parse_expressions(input, &mut placeholders);
    let mut attributes = placeholders.attributes;
    for member in ["Key", "Item"] {
        attributes.extend(input.get(member).members().iter().map(|(name, _)| name.clone()));
    }
    let leading_keys = leading_keys(cx, input, key_condition.as_ref());
    let mut access = with_keys(Access::new(action, resource), leading_keys, attributes);
    access = match action {
        "dynamodb:GetItem" | "dynamodb:Query" | "dynamodb:Scan" => {
            let select = input.get("Select").str().unwrap_or_else(|| default_select(input));
            access.key("dynamodb:Select", [select.to_owned()])
        }
        _ => {
            let return_values = input.get("ReturnValues").str().unwrap_or("NONE");
            access.key("dynamodb:ReturnValues", [return_values.to_owned()])
        }
    };
    if let Some(value) = input.get("ReturnConsumedCapacity").str() {
        access = access.key("dynamodb:ReturnConsumedCapacity", [value.to_owned()]);
    }
    vec![access]
}

/// An action on items of several tables: one permission for each table. `attributes` returns the
/// keys and items in the part of a request that is about one table.
pub(crate) fn batch(
    cx: &Cx<'_>,
    input: &Value,
    action: &str,
    attributes: fn(&Value) -> Vec<&Value>,
) -> Vec<Access> {
    let of_table = |(name, part): &(String, Value)| {
        let table = Table::find(cx, &name.as_str().into());
        let hash = table.as_ref().map(|table| table.key_names().hash);
        let (mut leading_keys, mut names) = (BTreeSet::new(), BTreeSet::new());
        for attributes in attributes(part) {
            names.extend(attributes.members().iter().map(|(name, _)| name.clone()));
            leading_keys.extend(hash.and_then(|hash| key_text(attributes.get(hash))));
        }
        let mut placeholders = Placeholders::lenient(part);
        parse_expressions(part, &mut placeholders);
        names.extend(placeholders.attributes);
        let access = with_keys(Access::new(action, arn(cx, name)), leading_keys, names);
        if action == "dynamodb:BatchGetItem" {
            return access.key("dynamodb:Select", [default_select(part).to_owned()]);
        }
        access
    };
    input.get("RequestItems").members().iter().map(of_table).collect()
}

/// The value of `Select` for a request that does not name one.
fn default_select(input: &Value) -> &'static str {
    let is_projected = input.get("ProjectionExpression").str().is_some();
    if is_projected { "SPECIFIC_ATTRIBUTES" } else { "ALL_ATTRIBUTES" }
}

fn with_keys(
    mut access: Access,
    leading_keys: BTreeSet<String>,
    attributes: BTreeSet<String>,
) -> Access {
    if !leading_keys.is_empty() {
        access = access
            .key("dynamodb:FirstPartitionKeyValues", leading_keys.clone())
            .key("dynamodb:LeadingKeys", leading_keys);
    }
    if attributes.is_empty() { access } else { access.key("dynamodb:Attributes", attributes) }
}

/// Parses the expressions of a request, so that the placeholders know the attributes in them.
/// Returns the key condition. The operation refuses expressions that are not valid.
fn parse_expressions(input: &Value, placeholders: &mut Placeholders) -> Option<Condition> {
    let mut condition = |member: &'static str| {
        let text = input.get(member).str()?;
        Parser::new(member, text, placeholders).and_then(Parser::condition).ok()
    };
    condition("FilterExpression");
    condition("ConditionExpression");
    let key_condition = condition("KeyConditionExpression");
    if let Some(text) = input.get("ProjectionExpression").str() {
        let _ =
            Parser::new("ProjectionExpression", text, placeholders).and_then(Parser::projection);
    }
    if let Some(text) = input.get("UpdateExpression").str() {
        let _ = Update::parse(text, placeholders);
    }
    key_condition
}

/// The values of the partition key in a request. A scan has none.
fn leading_keys(cx: &Cx<'_>, input: &Value, key_condition: Option<&Condition>) -> BTreeSet<String> {
    let Some(table) = Table::find(cx, &input.text("TableName").into()) else {
        return BTreeSet::new();
    };
    let index = input.get("IndexName").str().and_then(|name| table.index(&name.into()).ok());
    let hash = index.map_or_else(|| table.key_names(), SecondaryIndex::key_names).hash;
    let keys = ["Key", "Item"].into_iter().filter_map(|m| key_text(input.get(m).get(hash)));
    let queried = key_condition.and_then(|condition| partition_key_value(condition, hash));
    keys.chain(queried.map(|value| value.key_text())).collect()
}

fn key_text(value: &Value) -> Option<String> {
    AttributeValue::read(value).ok().map(|value| value.key_text())
}
