//! Tables and indexes as they are described.

use cognitab_kernel::World;
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::attribute::weight;
use crate::item::Item;
use crate::table::{
    AttributeDefinition, BillingMode, Index, KeySchemaElement, Projection, ProvisionedThroughput,
    Table,
};

impl Table {
    /// Its description.
    pub(crate) fn describe(&self, world: &World, status: &str) -> TableDescription {
        let items: Vec<Item> = Item::all(world, self).collect();
        let size = items.iter().map(|i| weight(&i.attributes())).sum::<usize>();
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let units = self.provisioned_throughput.clone().unwrap_or_default();
        let index = |index: &Index, global: bool| IndexDescription {
            index_name: index.index_name.clone(),
            key_schema: index.key_schema.clone(),
            projection: index.projection.clone(),
            index_status: global.then(|| status.to_owned()),
            provisioned_throughput: global
                .then(|| throughput(index.provisioned_throughput.clone().unwrap_or_default())),
            index_size_bytes: 0,
            item_count: 0,
            index_arn: format!("{}/index/{}", self.arn(), index.index_name),
        };
        let all = |indexes: &[Index], global| -> Option<Vec<IndexDescription>> {
            (!indexes.is_empty()).then(|| indexes.iter().map(|i| index(i, global)).collect())
        };
        TableDescription {
            attribute_definitions: self.attribute_definitions.clone(),
            table_name: self.name.clone(),
            key_schema: self.key_schema.clone(),
            table_status: status.to_owned(),
            creation_date_time: self.created,
            provisioned_throughput: throughput(units),
            table_size_bytes: i64::try_from(size).unwrap_or(i64::MAX),
            item_count: count,
            table_arn: self.arn(),
            table_id: self.id.clone(),
            billing_mode_summary: (self.billing_mode == BillingMode::PayPerRequest)
                .then_some(BillingModeSummary { billing_mode: self.billing_mode }),
            global_secondary_indexes: all(&self.global, true),
            local_secondary_indexes: all(&self.local, false),
            deletion_protection_enabled: false,
        }
    }
}

fn throughput(units: ProvisionedThroughput) -> ThroughputDescription {
    ThroughputDescription {
        number_of_decreases_today: 0,
        read_capacity_units: units.read_capacity_units,
        write_capacity_units: units.write_capacity_units,
    }
}

/// `TableDescription`.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct TableDescription {
    attribute_definitions: Vec<AttributeDefinition>,
    table_name: String,
    key_schema: Vec<KeySchemaElement>,
    table_status: String,
    creation_date_time: Timestamp,
    provisioned_throughput: ThroughputDescription,
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
struct ThroughputDescription {
    number_of_decreases_today: i64,
    read_capacity_units: i64,
    write_capacity_units: i64,
}

#[derive(Clone, Debug, PartialEq, Shape)]
struct IndexDescription {
    index_name: String,
    key_schema: Vec<KeySchemaElement>,
    projection: Projection,
    index_status: Option<String>,
    provisioned_throughput: Option<ThroughputDescription>,
    index_size_bytes: i64,
    item_count: i64,
    index_arn: String,
}
