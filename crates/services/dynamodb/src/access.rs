//! What DynamoDB asks of a caller, with the keys that policies of single items and attributes use.

use std::collections::BTreeSet;

use cognitab_kernel::{Access, Cx};
use cognitab_wire::Value;

use crate::attribute::Attribute;
use crate::expression::condition::Condition;
use crate::expression::key_condition::partition;
use crate::expression::parse::Parser;
use crate::expression::update;
use crate::expression::words::Words;
use crate::table::{self, Table, names};

/// ARN of the table that a request names.
pub(crate) fn table(cx: &Cx<'_>, input: &Value) -> String {
    arn(cx, input.text("TableName"))
}

/// ARN of a table of this name, whether or not there is one.
pub(crate) fn arn(cx: &Cx<'_>, name: &str) -> String {
    if name.starts_with("arn:") {
        return name.to_owned();
    }
    table::arn(&cx.call.region, &cx.call.account, name)
}

/// An action on items: with their partition keys, the attributes that the request speaks of and
/// what it wants back.
pub(crate) fn items(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let resource = arn(cx, input.text("TableName"));
    let resource = match input.get("IndexName").str() {
        Some(index) => format!("{resource}/index/{index}"),
        None => resource,
    };
    let mut words = Words::of(input);
    let key_condition = read(input, &mut words);
    let mut attributes = words.roots;
    for member in ["Key", "Item"] {
        attributes.extend(input.get(member).members().iter().map(|(name, _)| name.clone()));
    }
    let mut access = Access::new(action, resource);
    let leading = leading(cx, input, key_condition.as_ref());
    access = with(access, leading, attributes);
    match action {
        "dynamodb:GetItem" | "dynamodb:Query" | "dynamodb:Scan" => {
            let projected = input.get("ProjectionExpression").str().is_some();
            let usual = if projected { "SPECIFIC_ATTRIBUTES" } else { "ALL_ATTRIBUTES" };
            let select = input.get("Select").str().unwrap_or(usual).to_owned();
            access = access.key("dynamodb:Select", [select]);
        }
        _ => {
            let returned = input.get("ReturnValues").str().unwrap_or("NONE").to_owned();
            access = access.key("dynamodb:ReturnValues", [returned]);
        }
    }
    if let Some(shown) = input.get("ReturnConsumedCapacity").str() {
        access = access.key("dynamodb:ReturnConsumedCapacity", [shown.to_owned()]);
    }
    vec![access]
}

/// The same for an operation on several tables: one request each, `requests` taking keys and
/// attributes out of a table's part.
pub(crate) fn batch(
    cx: &Cx<'_>,
    input: &Value,
    action: &str,
    requests: fn(&Value) -> Vec<&Value>,
) -> Vec<Access> {
    let tables = input.get("RequestItems").members().iter();
    let accesses = tables.map(|(name, part)| {
        let hash = Table::find(cx, name).map(|t| t.names().hash.to_owned());
        let (mut leading, mut attributes) = (BTreeSet::new(), BTreeSet::new());
        for request in requests(part) {
            attributes.extend(request.members().iter().map(|(name, _)| name.clone()));
            leading.extend(hash.as_deref().and_then(|h| text(request.get(h))));
        }
        let mut words = Words::of(part);
        read(part, &mut words);
        attributes.extend(words.roots);
        let access = Access::new(action, arn(cx, name));
        let access = with(access, leading, attributes);
        if action == "dynamodb:BatchGetItem" {
            let projected = part.get("ProjectionExpression").str().is_some();
            let select = if projected { "SPECIFIC_ATTRIBUTES" } else { "ALL_ATTRIBUTES" };
            return access.key("dynamodb:Select", [select.to_owned()]);
        }
        access
    });
    accesses.collect()
}

fn with(access: Access, leading: BTreeSet<String>, attributes: BTreeSet<String>) -> Access {
    let access = if leading.is_empty() {
        access
    } else {
        access
            .key("dynamodb:FirstPartitionKeyValues", leading.clone())
            .key("dynamodb:LeadingKeys", leading)
    };
    if attributes.is_empty() { access } else { access.key("dynamodb:Attributes", attributes) }
}

/// Reads every expression of a request for the attributes in it; what cannot be read is refused
/// later. Returns the key condition.
fn read(input: &Value, words: &mut Words) -> Option<Condition> {
    let text = |member| input.get(member).str();
    for (member, text) in [
        ("FilterExpression", text("FilterExpression")),
        ("ConditionExpression", text("ConditionExpression")),
    ] {
        if let Some(text) = text {
            let _ = Parser::new(member, text, words).and_then(Parser::condition);
        }
    }
    if let Some(text) = text("ProjectionExpression") {
        let _ = Parser::new("ProjectionExpression", text, words).and_then(Parser::projection);
    }
    if let Some(text) = text("UpdateExpression") {
        let _ = update::parse(text, words);
    }
    let member = "KeyConditionExpression";
    let condition = text(member).map(|t| Parser::new(member, t, words).and_then(Parser::condition));
    condition.and_then(Result::ok)
}

/// Values of the partition key in a request; none for a scan, which has no partition.
fn leading(cx: &Cx<'_>, input: &Value, key_condition: Option<&Condition>) -> BTreeSet<String> {
    let Some(table) = Table::find(cx, input.text("TableName")) else {
        return BTreeSet::new();
    };
    let index = input.get("IndexName").str().and_then(|name| table.index(name).ok());
    let schema = index.map_or(&table.key_schema, |i| &i.key_schema);
    let hash = names(schema).hash;
    let stored = ["Key", "Item"].into_iter().filter_map(|m| text(input.get(m).get(hash)));
    let asked = key_condition.and_then(|c| partition(c, hash)).map(|value| value.text());
    stored.chain(asked).collect()
}

fn text(value: &Value) -> Option<String> {
    Attribute::read(value).ok().map(|a| a.text())
}
