//! Tables, their keys and their indexes.

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

use crate::attribute_value::{AttributeMap, AttributeValue};
use crate::error::Error;

/// Operations on tables.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_table::CreateTable>(),
    entry::<delete_table::DeleteTable>(),
    entry::<describe_table::DescribeTable>(),
    entry::<list_tables::ListTables>(),
];

/// Most bytes of the value of a partition key.
const MAX_PARTITION_KEY_BYTES: usize = 2048;
/// Most bytes of the value of a sort key.
const MAX_SORT_KEY_BYTES: usize = 1024;

/// The name of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
pub(crate) struct TableName(String);

/// The name of a table, or its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 1..=1024)]
pub(crate) struct TableArn(String);

/// The name of a secondary index.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
pub(crate) struct IndexName(String);

/// The name of an attribute that is part of a key.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 1..=255)]
pub(crate) struct KeySchemaAttributeName(String);

/// The attributes of a key: the partition key, and the sort key if there is one.
#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(length = 1..=2)]
pub(crate) struct KeySchema(Vec<KeySchemaElement>);

/// Attributes that an index projects beside those of its key.
#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(length = 1..=20)]
pub(crate) struct NonKeyAttributeNameList(Vec<String>);

/// A number of capacity units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Shape)]
#[shape(range = 1..)]
pub(crate) struct PositiveLongObject(i64);

/// A table.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Table {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) name: TableName,
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) attribute_definitions: Vec<AttributeDefinition>,
    pub(crate) key_schema: KeySchema,
    pub(crate) billing_mode: BillingMode,
    pub(crate) provisioned_throughput: Option<ProvisionedThroughput>,
    #[shape(name = "Global")]
    pub(crate) global_secondary_indexes: Vec<SecondaryIndex>,
    #[shape(name = "Local")]
    pub(crate) local_secondary_indexes: Vec<SecondaryIndex>,
}

impl Row for Table {
    const TABLE: &'static str = "dynamodb.table";
    fn key(&self) -> String {
        Table::address(&self.account, &self.region, &self.name)
    }
}

/// See [`cognitab_kernel::Service::resources`].
pub(crate) fn resources(world: &World) -> Vec<Resource> {
    let resource =
        |table: Table| Resource { arn: table.arn(), account: table.account, ..Resource::default() };
    world.scan("").map(resource).collect()
}

/// Name and type of an attribute that is part of a key.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct AttributeDefinition {
    pub(crate) attribute_name: KeySchemaAttributeName,
    pub(crate) attribute_type: ScalarAttributeType,
}

/// The data type of an attribute that is part of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum ScalarAttributeType {
    S,
    N,
    B,
}

/// An attribute of a key.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct KeySchemaElement {
    pub(crate) attribute_name: KeySchemaAttributeName,
    pub(crate) key_type: KeyType,
}

/// Whether an attribute is the partition key or the sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum KeyType {
    Hash,
    Range,
}

/// How a table's capacity is charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum BillingMode {
    #[default]
    Provisioned,
    PayPerRequest,
}

/// `ProvisionedThroughput`. It is stored and described; no request is throttled.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct ProvisionedThroughput {
    pub(crate) read_capacity_units: PositiveLongObject,
    pub(crate) write_capacity_units: PositiveLongObject,
}

/// `GlobalSecondaryIndex` and `LocalSecondaryIndex`.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct SecondaryIndex {
    pub(crate) index_name: IndexName,
    pub(crate) key_schema: KeySchema,
    pub(crate) projection: Projection,
    /// That of a global secondary index.
    pub(crate) provisioned_throughput: Option<ProvisionedThroughput>,
}

/// The attributes that an index projects.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Projection {
    pub(crate) projection_type: Option<ProjectionType>,
    pub(crate) non_key_attributes: Option<NonKeyAttributeNameList>,
}

/// Which attributes an index projects beside those of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum ProjectionType {
    All,
    KeysOnly,
    Include,
}

/// The names of the attributes of a key.
pub(crate) struct KeyNames<'a> {
    /// The partition key.
    pub(crate) hash: &'a str,
    /// The sort key.
    pub(crate) range: Option<&'a str>,
}

impl KeyNames<'_> {
    /// The names, that of the partition key first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.hash).chain(self.range)
    }
}

impl KeySchema {
    /// The names of its attributes.
    pub(crate) fn names(&self) -> KeyNames<'_> {
        let name = |key_type| {
            let element = self.iter().find(|element| element.key_type == key_type);
            element.map(|element| element.attribute_name.as_str())
        };
        KeyNames { hash: name(KeyType::Hash).unwrap_or_default(), range: name(KeyType::Range) }
    }
}

impl SecondaryIndex {
    /// The names of the attributes of its key.
    pub(crate) fn key_names(&self) -> KeyNames<'_> {
        self.key_schema.names()
    }

    /// Whether it projects every attribute.
    pub(crate) fn projects_all(&self) -> bool {
        self.projection.projection_type.is_none_or(|kind| kind == ProjectionType::All)
    }
}

impl Table {
    /// The row key of the table of this name, or with an empty name the prefix of all tables.
    pub(crate) fn address(account: &str, region: &str, name: &str) -> String {
        format!("{account}/{region}/{name}")
    }

    /// The table of this name or ARN, if it belongs to the account and the region of the call.
    pub(crate) fn find(cx: &Cx<'_>, name: &TableArn) -> Option<Table> {
        let (account, region) = (&cx.call.account, &cx.call.region);
        let name = match Arn::parse(name) {
            Some(arn) => {
                let is_here = Arn::new(region, "dynamodb", account, arn.resource()) == arn;
                arn.resource_id("dynamodb", "table").filter(|_| is_here)?
            }
            None => name,
        };
        cx.world.get(&Table::address(account, region, name))
    }

    /// The table for an operation on items. Fails if the request has a legacy parameter.
    pub(crate) fn for_items(cx: &Cx<'_>, name: &TableArn) -> Result<Table, Error> {
        check_legacy_parameters(cx)?;
        Table::find(cx, name).ok_or(Error::ResourceNotFound)
    }

    /// Its ARN, in the partition of its region.
    pub(crate) fn arn(&self) -> String {
        arn(&self.region, &self.account, &self.name)
    }

    /// The names of the attributes of its primary key.
    pub(crate) fn key_names(&self) -> KeyNames<'_> {
        self.key_schema.names()
    }

    /// Its global, then its local secondary indexes.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = &SecondaryIndex> {
        self.global_secondary_indexes.iter().chain(&self.local_secondary_indexes)
    }

    /// The index of this name.
    pub(crate) fn index(&self, name: &IndexName) -> Result<&SecondaryIndex, Error> {
        self.indexes().find(|index| index.index_name == *name).ok_or_else(|| {
            Error::validation(format!("The table does not have the specified index: {name}"))
        })
    }

    /// The data type of an attribute that is part of a key.
    pub(crate) fn attribute_type(&self, name: &str) -> Option<ScalarAttributeType> {
        let mut definitions = self.attribute_definitions.iter();
        let definition = definitions.find(|definition| definition.attribute_name == name);
        definition.map(|definition| definition.attribute_type)
    }

    /// Checks that an item has a valid primary key, and no attribute of another type than an index
    /// key requires.
    pub(crate) fn check_item(&self, item: &AttributeMap) -> Result<(), Error> {
        for name in self.key_names().iter() {
            let missing =
                || Error::invalid_parameter(&format!("Missing the key {name} in the item"));
            self.check_key_attribute(name, item.get(name).ok_or_else(missing)?)?;
        }
        for index in self.indexes() {
            for name in index.key_names().iter() {
                if let (Some(value), Some(expected)) = (item.get(name), self.attribute_type(name))
                    && value.data_type() != expected.as_str()
                {
                    return Err(Error::invalid_parameter(&format!(
                        "Type mismatch for Index Key {name} Expected: {} Actual: {} IndexName: {}",
                        expected.as_str(),
                        value.data_type(),
                        index.index_name
                    )));
                }
            }
        }
        Ok(())
    }

    fn check_key_attribute(&self, name: &str, value: &AttributeValue) -> Result<(), Error> {
        let expected = self.attribute_type(name).map_or("", |data_type| data_type.as_str());
        if value.data_type() != expected {
            return Err(Error::invalid_parameter(&format!(
                "Type mismatch for key {name} expected: {expected} actual: {}",
                value.data_type()
            )));
        }
        if value.size() == Some(0) {
            let kind = if expected == "S" { "string" } else { "binary" };
            return Err(Error::validation(format!(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {kind} value. Key: {name}"
            )));
        }
        let is_hash = name == self.key_names().hash;
        let (kind, most) = if is_hash {
            ("hashkey", MAX_PARTITION_KEY_BYTES)
        } else {
            ("rangekey", MAX_SORT_KEY_BYTES)
        };
        if value.size().is_some_and(|size| size > most) {
            // AWS's message for a sort key has two spaces here.
            let limit = if is_hash { "limit of" } else { "limit of " };
            return Err(Error::invalid_parameter(&format!(
                "Size of {kind} has exceeded the maximum size {limit}{most} bytes"
            )));
        }
        Ok(())
    }

    /// Checks that attributes are exactly those of the primary key.
    pub(crate) fn check_key(&self, key: &AttributeMap) -> Result<(), Error> {
        let names = self.key_names();
        let is_typed = |name: &str| {
            let expected = self.attribute_type(name).map(|data_type| data_type.as_str());
            key.get(name).is_some_and(|value| Some(value.data_type()) == expected)
        };
        if !names.iter().all(is_typed) || key.len() != names.iter().count() {
            return Err(Error::validation("The provided key element does not match the schema"));
        }
        self.check_item(key)
    }
}

/// Parameters that expressions have replaced.
const LEGACY_PARAMETERS: [&str; 7] = [
    "AttributesToGet",
    "AttributeUpdates",
    "ConditionalOperator",
    "Expected",
    "KeyConditions",
    "QueryFilter",
    "ScanFilter",
];

/// Checks that the request has no legacy parameter: to ignore a condition would write what must
/// not be written.
fn check_legacy_parameters(cx: &Cx<'_>) -> Result<(), Error> {
    let text = cx.request().text();
    if !LEGACY_PARAMETERS.iter().any(|name| text.contains(name)) {
        return Ok(());
    }
    let body: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    match LEGACY_PARAMETERS.iter().find(|name| body.get(name).is_some_and(|v| !v.is_null())) {
        Some(name) => Err(Error::validation(format!(
            "The legacy parameter {name} is not simulated. Use an expression instead"
        ))),
        None => Ok(()),
    }
}

/// The ARN of the table of this name, whether or not the table exists.
pub(crate) fn arn(region: &str, account: &str, name: &str) -> String {
    Arn::new(region, "dynamodb", account, &format!("table/{name}")).to_string()
}
