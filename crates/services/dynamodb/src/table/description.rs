//! The descriptions of tables and indexes.

use cognitab_kernel::World;
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::attribute_value::stored_bytes;
use crate::item::Item;
use crate::table::{
    AttributeDefinition, BillingMode, IndexName, KeySchema, Projection, ProvisionedThroughput,
    SecondaryIndex, Table, TableName,
};

impl Table {
    /// Its description, with this status of the table and its global secondary indexes.
    pub(crate) fn describe(&self, world: &World, status: &str) -> TableDescription {
        let items: Vec<Item> = Item::all(world, self).collect();
        let bytes = items.iter().map(|item| stored_bytes(&item.attributes())).sum::<usize>();
        TableDescription {
            attribute_definitions: self.attribute_definitions.clone(),
            table_name: self.name.clone(),
            key_schema: self.key_schema.clone(),
            table_status: status.to_owned(),
            creation_date_time: self.created,
            provisioned_throughput: describe_throughput(self.provisioned_throughput.as_ref()),
            table_size_bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            item_count: i64::try_from(items.len()).unwrap_or(i64::MAX),
            table_arn: self.arn(),
            table_id: self.id.clone(),
            billing_mode_summary: (self.billing_mode == BillingMode::PayPerRequest)
                .then_some(BillingModeSummary { billing_mode: self.billing_mode }),
            global_secondary_indexes: self
                .describe_indexes(&self.global_secondary_indexes, Some(status)),
            local_secondary_indexes: self.describe_indexes(&self.local_secondary_indexes, None),
            deletion_protection_enabled: false,
        }
    }

    /// The descriptions of indexes; `status` is that of global secondary indexes.
    fn describe_indexes(
        &self,
        indexes: &[SecondaryIndex],
        status: Option<&str>,
    ) -> Option<Vec<IndexDescription>> {
        let describe = |index: &SecondaryIndex| IndexDescription {
            index_name: index.index_name.clone(),
            key_schema: index.key_schema.clone(),
            projection: index.projection.clone(),
            index_status: status.map(str::to_owned),
            provisioned_throughput: status
                .map(|_| describe_throughput(index.provisioned_throughput.as_ref())),
            index_size_bytes: 0,
            item_count: 0,
            index_arn: format!("{}/index/{}", self.arn(), index.index_name),
        };
        (!indexes.is_empty()).then(|| indexes.iter().map(describe).collect())
    }
}

/// The description of a throughput; one that is not provisioned has zero units.
fn describe_throughput(
    throughput: Option<&ProvisionedThroughput>,
) -> ProvisionedThroughputDescription {
    ProvisionedThroughputDescription {
        number_of_decreases_today: 0,
        read_capacity_units: throughput.map_or(0, |t| *t.read_capacity_units),
        write_capacity_units: throughput.map_or(0, |t| *t.write_capacity_units),
    }
}

/// `TableDescription`.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct TableDescription {
    attribute_definitions: Vec<AttributeDefinition>,
    table_name: TableName,
    key_schema: KeySchema,
    table_status: String,
    creation_date_time: Timestamp,
    provisioned_throughput: ProvisionedThroughputDescription,
    table_size_bytes: i64,
    item_count: i64,
    table_arn: String,
    table_id: String,
    billing_mode_summary: Option<BillingModeSummary>,
    global_secondary_indexes: Option<Vec<IndexDescription>>,
    local_secondary_indexes: Option<Vec<IndexDescription>>,
    deletion_protection_enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Shape)]
struct BillingModeSummary {
    billing_mode: BillingMode,
}

#[derive(Clone, Debug, PartialEq, Shape)]
struct ProvisionedThroughputDescription {
    number_of_decreases_today: i64,
    read_capacity_units: i64,
    write_capacity_units: i64,
}

/// `GlobalSecondaryIndexDescription` and `LocalSecondaryIndexDescription`.
#[derive(Clone, Debug, PartialEq, Shape)]
struct IndexDescription {
    index_name: IndexName,
    key_schema: KeySchema,
    projection: Projection,
    index_status: Option<String>,
    provisioned_throughput: Option<ProvisionedThroughputDescription>,
    index_size_bytes: i64,
    item_count: i64,
    index_arn: String,
}
