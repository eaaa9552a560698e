//! A table and its indexes, as they are kept and as they are described.

mod create_table;
mod delete_table;
mod describe_table;
mod description;
mod list_tables;

use cognitab_kernel::{Cx, Entry, Row, World, entry};
use cognitab_macros::Shape;
use cognitab_trace::control::Resource;
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::Timestamp;

use crate::attribute::{Attribute, Attributes};
use crate::error::Error;

/// Operations on tables.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_table::CreateTable>(),
    entry::<delete_table::DeleteTable>(),
    entry::<describe_table::DescribeTable>(),
    entry::<list_tables::ListTables>(),
];

/// A table.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Table {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) attribute_definitions: Vec<AttributeDefinition>,
    pub(crate) key_schema: Vec<KeySchemaElement>,
    pub(crate) billing_mode: BillingMode,
    pub(crate) provisioned_throughput: Option<ProvisionedThroughput>,
    pub(crate) global: Vec<Index>,
    pub(crate) local: Vec<Index>,
}

impl Row for Table {
    const TABLE: &'static str = "dynamodb.table";
    fn key(&self) -> String {
        Table::address(&self.account, &self.region, &self.name)
    }
}

/// What a policy may be asked about each table.
pub fn resources(world: &World) -> impl Iterator<Item = Resource> + use<'_> {
    world.scan("").map(|table: Table| Resource {
        arn: table.arn(),
        account: table.account,
        ..Resource::default()
    })
}

/// `AttributeDefinition`.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct AttributeDefinition {
    #[shape(length = 1..=255)]
    pub(crate) attribute_name: String,
    pub(crate) attribute_type: ScalarAttributeType,
}

/// Types that a key may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum ScalarAttributeType {
    S,
    N,
    B,
}

/// `KeySchemaElement`.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct KeySchemaElement {
    #[shape(length = 1..=255)]
    pub(crate) attribute_name: String,
    pub(crate) key_type: KeyType,
}

/// Part of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum KeyType {
    Hash,
    Range,
}

/// Who pays for what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum BillingMode {
    #[default]
    Provisioned,
    PayPerRequest,
}

/// `ProvisionedThroughput`. It is kept and described; nothing is throttled by it.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct ProvisionedThroughput {
    #[shape(range = 1..=i64::MAX)]
    pub(crate) read_capacity_units: i64,
    #[shape(range = 1..=i64::MAX)]
    pub(crate) write_capacity_units: i64,
}

/// A secondary index.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Index {
    #[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
    pub(crate) index_name: String,
    #[shape(length = 1..=2)]
    pub(crate) key_schema: Vec<KeySchemaElement>,
    pub(crate) projection: Projection,
    pub(crate) provisioned_throughput: Option<ProvisionedThroughput>,
}

/// Attributes that an index holds.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Projection {
    pub(crate) projection_type: Option<ProjectionType>,
    #[shape(length = 1..=20)]
    pub(crate) non_key_attributes: Option<Vec<String>>,
}

/// Which attributes an index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum ProjectionType {
    All,
    KeysOnly,
    Include,
}

/// Names of the parts of a key.
pub(crate) struct KeyNames<'a> {
    pub(crate) hash: &'a str,
    pub(crate) range: Option<&'a str>,
}

impl KeyNames<'_> {
    /// The names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.hash).chain(self.range)
    }
}

/// Parts of the key that these elements describe.
pub(crate) fn names(schema: &[KeySchemaElement]) -> KeyNames<'_> {
    let of = |kind| schema.iter().find(|e| e.key_type == kind).map(|e| e.attribute_name.as_str());
    KeyNames { hash: of(KeyType::Hash).unwrap_or_default(), range: of(KeyType::Range) }
}

impl Table {
    /// Where a table of this name is kept.
    pub(crate) fn address(account: &str, region: &str, name: &str) -> String {
        format!("{account}/{region}/{name}")
    }

    /// The table of this name or ARN, if it belongs to the account and the region of the call.
    pub(crate) fn find(cx: &Cx<'_>, name: &str) -> Option<Table> {
        let (account, region) = (&cx.call.account, &cx.call.region);
        let name = match Arn::parse(name) {
            Some(arn) => {
                let here = Arn::new(region, "dynamodb", account, arn.resource()) == arn;
                arn.resource_id("dynamodb", "table").filter(|_| here)?
            }
            None => name,
        };
        cx.world.get(&Table::address(account, region, name))
    }

    /// The same for operations on items.
    pub(crate) fn open(cx: &Cx<'_>, name: &str) -> Result<Table, Error> {
        modern(cx)?;
        Table::find(cx, name).ok_or(Error::NoTable)
    }

    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        arn(&self.region, &self.account, &self.name)
    }

    /// Names of its key's parts.
    pub(crate) fn names(&self) -> KeyNames<'_> {
        names(&self.key_schema)
    }

    /// The index of this name.
    pub(crate) fn index(&self, name: &str) -> Result<&Index, Error> {
        let mut all = self.global.iter().chain(&self.local);
        all.find(|i| i.index_name == name).ok_or_else(|| {
            Error::invalid(format!("The table does not have the specified index: {name}"))
        })
    }

    /// Type of a key attribute.
    pub(crate) fn kind(&self, name: &str) -> Option<ScalarAttributeType> {
        let mut all = self.attribute_definitions.iter();
        all.find(|d| d.attribute_name == name).map(|d| d.attribute_type)
    }

    /// Refuses attributes whose key, or whose key of an index, has the wrong form.
    pub(crate) fn check(&self, item: &Attributes) -> Result<(), Error> {
        for name in self.names().iter() {
            let value = item.get(name);
            let missing = || Error::parameter(&format!("Missing the key {name} in the item"));
            self.check_part(name, value.ok_or_else(missing)?)?;
        }
        for index in self.global.iter().chain(&self.local) {
            for name in names(&index.key_schema).iter() {
                if let (Some(value), Some(kind)) = (item.get(name), self.kind(name))
                    && value.kind() != kind.as_str()
                {
                    return Err(Error::parameter(&format!(
                        "Type mismatch for Index Key {name} Expected: {} Actual: {} IndexName: {}",
                        kind.as_str(),
                        value.kind(),
                        index.index_name
                    )));
                }
            }
        }
        Ok(())
    }

    fn check_part(&self, name: &str, value: &Attribute) -> Result<(), Error> {
        let kind = self.kind(name).map_or("", |k| k.as_str());
        if value.kind() != kind {
            return Err(Error::parameter(&format!(
                "Type mismatch for key {name} expected: {kind} actual: {}",
                value.kind()
            )));
        }
        if matches!(value.size(), Some(0)) {
            let what = if kind == "S" { "string" } else { "binary" };
            return Err(Error::invalid(format!(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {what} value. Key: {name}"
            )));
        }
        let hash = name == self.names().hash;
        let (what, most) = if hash { ("hashkey", 2048) } else { ("rangekey", 1024) };
        if value.size().is_some_and(|size| size > most) {
            let unit = if hash { "limit of" } else { "limit of " };
            return Err(Error::parameter(&format!(
                "Size of {what} has exceeded the maximum size {unit}{most} bytes"
            )));
        }
        Ok(())
    }

    /// Refuses a key that is not exactly the table's.
    pub(crate) fn check_key(&self, key: &Attributes) -> Result<(), Error> {
        let names = self.names();
        let fits = names.iter().all(|n| {
            key.get(n).is_some_and(|v| Some(v.kind()) == self.kind(n).map(|k| k.as_str()))
        });
        if !fits || key.len() != names.iter().count() {
            return Err(Error::invalid("The provided key element does not match the schema"));
        }
        self.check(key)
    }
}

/// Parameters from before there were expressions.
const LEGACY: [&str; 7] = [
    "AttributesToGet",
    "AttributeUpdates",
    "ConditionalOperator",
    "Expected",
    "KeyConditions",
    "QueryFilter",
    "ScanFilter",
];

/// Refuses what only those parameters say: passing over a condition would write what must not be
/// written.
fn modern(cx: &Cx<'_>) -> Result<(), Error> {
    let text = cx.request().text();
    if !LEGACY.iter().any(|name| text.contains(name)) {
        return Ok(());
    }
    let body: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    match LEGACY.iter().find(|name| body.get(name).is_some_and(|v| !v.is_null())) {
        Some(name) => Err(Error::invalid(format!(
            "The legacy parameter {name} is not simulated. Use an expression instead"
        ))),
        None => Ok(()),
    }
}

/// The ARN of the table of this name, whether or not the table exists.
pub(crate) fn arn(region: &str, account: &str, name: &str) -> String {
    Arn::new(region, "dynamodb", account, &format!("table/{name}")).to_string()
}
