//! `CreateTable`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::error::Error;
use crate::table::description::TableDescription;
use crate::table::{
    AttributeDefinition, BillingMode, Index, KeySchemaElement, KeyType, ProjectionType,
    ProvisionedThroughput, Table, names,
};

/// `CreateTableInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateTableInput {
    #[shape(length = 3..=255, pattern = "[a-zA-Z0-9_.-]+")]
    table_name: String,
    attribute_definitions: Vec<AttributeDefinition>,
    #[shape(length = 1..=2)]
    key_schema: Vec<KeySchemaElement>,
    billing_mode: Option<BillingMode>,
    provisioned_throughput: Option<ProvisionedThroughput>,
    global_secondary_indexes: Option<Vec<Index>>,
    local_secondary_indexes: Option<Vec<Index>>,
}

/// `CreateTableOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateTableOutput {
    table_description: TableDescription,
}

/// Makes a table. It is described as being created and is there at once.
#[operation(signed, resource = access::table)]
pub(crate) fn create_table(
    cx: &mut Cx<'_>,
    input: CreateTableInput,
) -> Result<CreateTableOutput, Stop> {
    let table = Table {
        account: cx.call.account.clone(),
        region: cx.call.region.clone(),
        name: input.table_name,
        id: cx.random.uuid(),
        created: Timestamp(cx.now),
        attribute_definitions: input.attribute_definitions,
        key_schema: input.key_schema,
        billing_mode: input.billing_mode.unwrap_or_default(),
        provisioned_throughput: input.provisioned_throughput,
        global: input.global_secondary_indexes.unwrap_or_default(),
        local: input.local_secondary_indexes.unwrap_or_default(),
    };
    check_throughput(&table)?;
    check_keys(&table)?;
    check_indexes(&table)?;
    if Table::find(cx, &table.name).is_some() {
        return Err(Error::TableExists(table.name).into());
    }
    cx.world.put(&table);
    Ok(CreateTableOutput { table_description: table.describe(&cx.world, "CREATING") })
}

fn check_throughput(table: &Table) -> Result<(), Error> {
    match (table.billing_mode, table.provisioned_throughput.is_some()) {
        (BillingMode::Provisioned, false) => Err(Error::parameter(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        )),
        (BillingMode::PayPerRequest, true) => Err(Error::parameter(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        )),
        _ => Ok(()),
    }
}

/// One partition key, at most one sort key, both defined; and nothing defined that no key uses.
fn check_keys(table: &Table) -> Result<(), Error> {
    let indexes = || table.global.iter().chain(&table.local);
    for schema in std::iter::once(&table.key_schema).chain(indexes().map(|i| &i.key_schema)) {
        check_schema(schema)?;
        for name in names(schema).iter() {
            if table.kind(name).is_none() {
                return Err(Error::parameter(&format!(
                    "Some index key attributes are not defined in AttributeDefinitions. Keys: [{name}], AttributeDefinitions: [{}]",
                    defined(table)
                )));
            }
        }
    }
    let used = |name: &str| {
        let mut all = std::iter::once(&table.key_schema).chain(indexes().map(|i| &i.key_schema));
        all.any(|schema| names(schema).iter().any(|n| n == name))
    };
    if table.attribute_definitions.iter().all(|d| used(&d.attribute_name)) {
        return Ok(());
    }
    Err(Error::parameter(&format!(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions: AttributeDefinitions: [{}]",
        defined(table)
    )))
}

fn defined(table: &Table) -> String {
    let names: Vec<&str> =
        table.attribute_definitions.iter().map(|d| d.attribute_name.as_str()).collect();
    names.join(", ")
}

fn check_schema(schema: &[KeySchemaElement]) -> Result<(), Error> {
    let refused = |message: &str| Err(Error::invalid(format!("Invalid KeySchema: {message}")));
    match schema {
        [hash] | [hash, _] if hash.key_type != KeyType::Hash => {
            refused("The first KeySchemaElement is not a HASH key type")
        }
        [_, range] if range.key_type != KeyType::Range => {
            refused("The second KeySchemaElement is not a RANGE key type")
        }
        [hash, range] if hash.attribute_name == range.attribute_name => Err(Error::invalid(
            "Both the Hash Key and the Range Key element in the KeySchema have the same name",
        )),
        [_] | [_, _] => Ok(()),
        _ => refused("Some index key attribute have no definition"),
    }
}

fn check_indexes(table: &Table) -> Result<(), Error> {
    let mut seen = Vec::new();
    for index in table.global.iter().chain(&table.local) {
        let name = index.index_name.as_str();
        if seen.contains(&name) {
            return Err(Error::parameter(&format!("Duplicate index name: {name}")));
        }
        seen.push(name);
        let projection = &index.projection;
        let Some(kind) = projection.projection_type else {
            return Err(Error::parameter("Unknown ProjectionType: null"));
        };
        match (kind, projection.non_key_attributes.is_some()) {
            (ProjectionType::Include, true)
            | (ProjectionType::All | ProjectionType::KeysOnly, false) => {}
            (ProjectionType::Include, false) => {
                return Err(Error::parameter(
                    "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
                ));
            }
            (kind, true) => {
                return Err(Error::parameter(&format!(
                    "ProjectionType is {}, but NonKeyAttributes is specified",
                    kind.as_str()
                )));
            }
        }
    }
    for index in &table.local {
        let keys = names(&index.key_schema);
        if keys.hash != table.names().hash || keys.range.is_none() {
            return Err(Error::parameter(&format!(
                "Index KeySchema does not have the same leading hash key as table KeySchema for index: {}",
                index.index_name
            )));
        }
    }
    if !table.local.is_empty() && table.names().range.is_none() {
        return Err(Error::parameter(
            "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
        ));
    }
    Ok(())
}
