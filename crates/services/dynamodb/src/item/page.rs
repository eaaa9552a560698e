//! A page of a table or an index, which `Query` and `Scan` return.

use std::collections::BTreeSet;

use cognitab_kernel::Cx;
use cognitab_macros::Shape;
use cognitab_wire::Value;

use crate::attribute_value::{self, AttributeMap, AttributeValue, stored_bytes};
use crate::error::Error;
use crate::expression::condition::Condition;
use crate::expression::document_path::DocumentPath;
use crate::expression::key_condition;
use crate::expression::projection::project;
use crate::item::{Item, sort_position};
use crate::table::{IndexName, KeyNames, SecondaryIndex, Table};

/// Most bytes of the items that a page reads.
const MAX_PAGE_BYTES: usize = 1024 * 1024;

/// The most items that a page reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(range = 1..)]
pub(crate) struct PositiveIntegerObject(i64);

/// The attributes that a page returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum Select {
    AllAttributes,
    AllProjectedAttributes,
    SpecificAttributes,
    Count,
}

/// What a `Query` or a `Scan` reads.
pub(crate) struct PageRequest<'a> {
    pub(crate) table: &'a Table,
    pub(crate) index_name: Option<&'a IndexName>,
    pub(crate) key_condition: Option<Condition>,
    pub(crate) filter: Option<Condition>,
    pub(crate) projection: Option<Vec<DocumentPath>>,
    pub(crate) select: Option<Select>,
    /// Whether it reads in ascending order.
    pub(crate) forward: bool,
    pub(crate) limit: Option<PositiveIntegerObject>,
    pub(crate) exclusive_start_key: Option<&'a Value>,
    /// Number of a segment, and how many there are.
    pub(crate) segment: Option<(i64, i64)>,
}

/// `QueryOutput` and `ScanOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct Page {
    items: Option<Vec<Value>>,
    count: i64,
    scanned_count: i64,
    last_evaluated_key: Option<Value>,
}

impl PageRequest<'_> {
    /// Reads the page.
    pub(crate) fn read(&self, cx: &Cx<'_>) -> Result<Page, Error> {
        let index = self.index_name.map(|name| self.table.index(name)).transpose()?;
        self.check_select(index)?;
        let partition_key = self.partition_key(index)?;
        let mut candidates = in_order(cx, self.table, index, partition_key.as_ref());
        if !self.forward {
            candidates.reverse();
        }
        let start = self.start_position(index)?;
        let fetches = self.fetches_from_table(index);
        let mut page = Page::default();
        let (mut items, mut bytes) = (Vec::new(), 0);
        for (position, item) in candidates {
            let follows = start.as_ref().is_none_or(|start| {
                if self.forward { position > *start } else { position < *start }
            });
            if !follows || !self.is_in_segment(&position) || !holds(&self.key_condition, &item) {
                continue;
            }
            page.scanned_count += 1;
            bytes += stored_bytes(&item);
            let key = primary_and_index_key(self.table, index, &item);
            let item = if fetches { item } else { projected(self.table, index, item) };
            if holds(&self.filter, &item) {
                items.push(item);
            }
            let is_full = self.limit.is_some_and(|limit| *limit == page.scanned_count);
            if is_full || bytes > MAX_PAGE_BYTES {
                page.last_evaluated_key = Some(attribute_value::write(&key));
                break;
            }
        }
        page.count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        page.items = (self.select != Some(Select::Count))
            .then(|| items.iter().map(|item| self.write(item)).collect());
        Ok(page)
    }

    fn write(&self, item: &AttributeMap) -> Value {
        match &self.projection {
            Some(paths) => attribute_value::write(&project(item, paths)),
            None => attribute_value::write(item),
        }
    }

    /// The value of the partition key that the key condition names.
    fn partition_key(
        &self,
        index: Option<&SecondaryIndex>,
    ) -> Result<Option<AttributeValue>, Error> {
        let keys = index.map_or_else(|| self.table.key_names(), SecondaryIndex::key_names);
        let condition = self.key_condition.as_ref();
        condition.map(|condition| key_condition::check(condition, &keys, self.table)).transpose()
    }

    /// Whether attributes that a local secondary index does not project are read from its table.
    fn fetches_from_table(&self, index: Option<&SecondaryIndex>) -> bool {
        index.is_some_and(|index| self.table.local_secondary_indexes.contains(index))
            && (self.projection.is_some() || self.select == Some(Select::AllAttributes))
    }

    /// The position of `ExclusiveStartKey` in the order of the table or the index.
    fn start_position(&self, index: Option<&SecondaryIndex>) -> Result<Option<String>, Error> {
        let Some(start) = self.exclusive_start_key else { return Ok(None) };
        let invalid = || Error::validation("The provided starting key is invalid");
        let key = attribute_value::read(start)?;
        let primary = self.table.key_names();
        let Some(index) = index else {
            self.table.check_key(&key).map_err(|_| {
                Error::validation("The provided starting key is invalid: The provided key element does not match the schema")
            })?;
            return Ok(Some(sort_position(&primary, &key)));
        };
        let keys = index.key_names();
        let expected: BTreeSet<&str> = keys.iter().chain(primary.iter()).collect();
        if !key.keys().map(String::as_str).eq(expected.iter().copied()) {
            return Err(invalid());
        }
        self.table.check_item(&key).map_err(|_| invalid())?;
        Ok(Some(index_position(&keys, &primary, &key)))
    }

    fn check_select(&self, index: Option<&SecondaryIndex>) -> Result<(), Error> {
        let cannot = |select: &str| {
            Error::validation(format!(
                "Cannot specify the ProjectionExpression when choosing to get {select}"
            ))
        };
        match (self.select, self.projection.is_some()) {
            (Some(Select::AllAttributes), true) => Err(cannot("ALL_ATTRIBUTES")),
            (Some(Select::AllProjectedAttributes), true) => Err(cannot("ALL_PROJECTED_ATTRIBUTES")),
            (Some(Select::Count), true) => Err(cannot("only the Count")),
            (Some(Select::SpecificAttributes), false) => Err(Error::validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
            )),
            (Some(Select::AllProjectedAttributes), false) if index.is_none() => {
                Err(Error::validation(
                    "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
                ))
            }
            (Some(Select::AllAttributes), false) => match index {
                Some(index)
                    if self.table.global_secondary_indexes.contains(index)
                        && !index.projects_all() =>
                {
                    Err(Error::invalid_parameter(&format!(
                        "Select type ALL_ATTRIBUTES is not supported for global secondary index {} because its projection type is not ALL",
                        index.index_name
                    )))
                }
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn is_in_segment(&self, position: &str) -> bool {
        self.segment.is_none_or(|(segment, total_segments)| {
            // A partition belongs to one segment as a whole.
            let partition_key = position.split('/').next().unwrap_or_default();
            i64::from(crc32fast::hash(partition_key.as_bytes())) % total_segments.max(1) == segment
        })
    }
}

fn holds(condition: &Option<Condition>, item: &AttributeMap) -> bool {
    condition.as_ref().is_none_or(|condition| condition.holds(item))
}

/// The items of a table, a partition or an index in their order, each with its position.
fn in_order(
    cx: &Cx<'_>,
    table: &Table,
    index: Option<&SecondaryIndex>,
    partition_key: Option<&AttributeValue>,
) -> Vec<(String, AttributeMap)> {
    let primary = table.key_names();
    let Some(index) = index else {
        let positioned = |item: Item| {
            let attributes = item.attributes();
            (sort_position(&primary, &attributes), attributes)
        };
        return match partition_key {
            Some(value) => Item::partition(&cx.world, table, value).map(positioned).collect(),
            None => Item::all(&cx.world, table).map(positioned).collect(),
        };
    };
    let keys = index.key_names();
    // An index contains the items that have its key.
    let mut items: Vec<_> = Item::all(&cx.world, table)
        .map(|item| item.attributes())
        .filter(|item| keys.iter().all(|name| item.contains_key(name)))
        .map(|item| (index_position(&keys, &primary, &item), item))
        .collect();
    items.sort_by(|a, b| a.0.cmp(&b.0));
    items
}

/// The position of an item in an index: items of the same index key have the order of the table.
fn index_position(keys: &KeyNames<'_>, primary: &KeyNames<'_>, item: &AttributeMap) -> String {
    format!("{}\u{0}{}", sort_position(keys, item), sort_position(primary, item))
}

/// The attributes of an item that are part of the primary key or the key of the index.
fn primary_and_index_key(
    table: &Table,
    index: Option<&SecondaryIndex>,
    item: &AttributeMap,
) -> AttributeMap {
    let (primary, keys) = (table.key_names(), index.map(SecondaryIndex::key_names));
    let names = primary.iter().chain(keys.iter().flat_map(KeyNames::iter));
    names.filter_map(|name| Some((name.to_owned(), item.get(name)?.clone()))).collect()
}

/// The attributes of an item that the index, if any, projects.
fn projected(table: &Table, index: Option<&SecondaryIndex>, item: AttributeMap) -> AttributeMap {
    let Some(index) = index else { return item };
    if index.projects_all() {
        return item;
    }
    let mut projected = primary_and_index_key(table, Some(index), &item);
    for name in index.projection.non_key_attributes.iter().flat_map(|names| names.iter()) {
        if let Some(value) = item.get(name) {
            projected.insert(name.clone(), value.clone());
        }
    }
    projected
}
