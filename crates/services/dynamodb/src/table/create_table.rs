//! `CreateTable`.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::error::Error;
use crate::table::description::TableDescription;
use crate::table::{
    AttributeDefinition, BillingMode, KeySchema, KeyType, ProjectionType, ProvisionedThroughput,
    SecondaryIndex, Table, TableName,
};

/// `CreateTableInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateTableInput {
    table_name: TableName,
    attribute_definitions: Vec<AttributeDefinition>,
    key_schema: KeySchema,
    billing_mode: Option<BillingMode>,
    provisioned_throughput: Option<ProvisionedThroughput>,
    global_secondary_indexes: Option<Vec<SecondaryIndex>>,
    local_secondary_indexes: Option<Vec<SecondaryIndex>>,
}

/// `CreateTableOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateTableOutput {
    table_description: TableDescription,
}

/// Creates a table. Its status is `CREATING` in the response and `ACTIVE` at once after it.
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
        global_secondary_indexes: input.global_secondary_indexes.unwrap_or_default(),
        local_secondary_indexes: input.local_secondary_indexes.unwrap_or_default(),
    };
    check_throughput(&table)?;
    check_attribute_definitions(&table)?;
    check_indexes(&table)?;
    if cx.world.has::<Table>(&table.key()) {
        return Err(Error::TableAlreadyExists(table.name).into());
    }
    cx.world.put(&table);
    Ok(CreateTableOutput { table_description: table.describe(&cx.world, "CREATING") })
}

fn check_throughput(table: &Table) -> Result<(), Error> {
    match (table.billing_mode, table.provisioned_throughput.is_some()) {
        (BillingMode::Provisioned, false) => Err(Error::invalid_parameter(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        )),
        (BillingMode::PayPerRequest, true) => Err(Error::invalid_parameter(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        )),
        _ => Ok(()),
    }
}

/// Checks the key schemas of the table and its indexes: their attributes are defined, and no other
/// attribute is.
fn check_attribute_definitions(table: &Table) -> Result<(), Error> {
    let schemas =
        || std::iter::once(&table.key_schema).chain(table.indexes().map(|index| &index.key_schema));
    let definitions = &table.attribute_definitions;
    let defined: Vec<&str> = definitions.iter().map(|d| d.attribute_name.as_str()).collect();
    for schema in schemas() {
        check_key_schema(schema)?;
        if let Some(name) = schema.names().iter().find(|name| !defined.contains(name)) {
            return Err(Error::invalid_parameter(&format!(
                "Some index key attributes are not defined in AttributeDefinitions. Keys: [{name}], AttributeDefinitions: [{}]",
                defined.join(", ")
            )));
        }
    }
    let is_used = |name: &&str| schemas().any(|schema| schema.names().iter().any(|n| n == *name));
    if defined.iter().all(is_used) {
        return Ok(());
    }
    Err(Error::invalid_parameter(&format!(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions: AttributeDefinitions: [{}]",
        defined.join(", ")
    )))
}

fn check_key_schema(schema: &KeySchema) -> Result<(), Error> {
    let invalid = |message: &str| Err(Error::validation(format!("Invalid KeySchema: {message}")));
    match schema.as_slice() {
        [hash] | [hash, _] if hash.key_type != KeyType::Hash => {
            invalid("The first KeySchemaElement is not a HASH key type")
        }
        [_, range] if range.key_type != KeyType::Range => {
            invalid("The second KeySchemaElement is not a RANGE key type")
        }
        [hash, range] if hash.attribute_name == range.attribute_name => Err(Error::validation(
            "Both the Hash Key and the Range Key element in the KeySchema have the same name",
        )),
        [_] | [_, _] => Ok(()),
        _ => invalid("Some index key attribute have no definition"),
    }
}

fn check_indexes(table: &Table) -> Result<(), Error> {
    let mut names = Vec::new();
    for index in table.indexes() {
        if names.contains(&&index.index_name) {
            return Err(Error::invalid_parameter(&format!(
                "Duplicate index name: {}",
                index.index_name
            )));
        }
        names.push(&index.index_name);
        check_projection(index)?;
    }
    for index in &table.local_secondary_indexes {
        let keys = index.key_names();
        if keys.hash != table.key_names().hash || keys.range.is_none() {
            return Err(Error::invalid_parameter(&format!(
                "Index KeySchema does not have the same leading hash key as table KeySchema for index: {}",
                index.index_name
            )));
        }
    }
    if !table.local_secondary_indexes.is_empty() && table.key_names().range.is_none() {
        return Err(Error::invalid_parameter(
            "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
        ));
    }
    Ok(())
}

fn check_projection(index: &SecondaryIndex) -> Result<(), Error> {
    let projection = &index.projection;
    let Some(projection_type) = projection.projection_type else {
        return Err(Error::invalid_parameter("Unknown ProjectionType: null"));
    };
    match (projection_type, projection.non_key_attributes.is_some()) {
        (ProjectionType::Include, true)
        | (ProjectionType::All | ProjectionType::KeysOnly, false) => Ok(()),
        (ProjectionType::Include, false) => Err(Error::invalid_parameter(
            "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
        )),
        (projection_type, true) => Err(Error::invalid_parameter(&format!(
            "ProjectionType is {}, but NonKeyAttributes is specified",
            projection_type.as_str()
        ))),
    }
}
