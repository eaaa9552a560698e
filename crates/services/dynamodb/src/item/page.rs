//! A page of a table or an index, as `Query` and `Scan` answer it.

use std::collections::BTreeSet;

use cognitab_kernel::Cx;
use cognitab_macros::Shape;
use cognitab_wire::Value;

use crate::attribute::{self, Attribute, Attributes, weight};
use crate::error::Error;
use crate::expression::condition::Condition;
use crate::expression::key_condition::partition_of;
use crate::expression::path::{Path, project};
use crate::item::{Item, sorted};
use crate::table::{Index, KeyNames, ProjectionType, Table, names};

/// Most bytes on a page.
const MOST: usize = 1024 * 1024;

/// What comes back of each item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum Select {
    AllAttributes,
    AllProjectedAttributes,
    SpecificAttributes,
    Count,
}

/// What is request for.
pub(crate) struct ReadRequest<'a> {
    pub(crate) table: &'a Table,
    pub(crate) index: Option<&'a str>,
    pub(crate) key: Option<Condition>,
    pub(crate) filter: Option<Condition>,
    pub(crate) projection: Option<Vec<Path>>,
    pub(crate) select: Option<Select>,
    pub(crate) forward: bool,
    pub(crate) limit: Option<i64>,
    pub(crate) start: Option<&'a Value>,
    /// One part of a table out of several.
    pub(crate) segment: Option<(i64, i64)>,
}

/// `QueryOutput` and `ScanOutput`.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct Page {
    pub(crate) items: Option<Vec<Value>>,
    pub(crate) count: i64,
    pub(crate) scanned_count: i64,
    pub(crate) last_evaluated_key: Option<Value>,
}

/// Reads a page.
pub(crate) fn read(cx: &Cx<'_>, request: &ReadRequest<'_>) -> Result<Page, Error> {
    let table = request.table;
    let index = request.index.map(|name| table.index(name)).transpose()?;
    let keys = names(index.map_or(&table.key_schema, |i| &i.key_schema));
    check_select(request, index)?;
    let hash = request.key.as_ref().map(|c| partition_of(c, &keys, table)).transpose()?;
    let mut found = ordered(cx, table, index, hash.as_ref());
    if !request.forward {
        found.reverse();
    }
    let start = request.start.map(|start| place(start, table, index)).transpose()?;
    // A local index can fetch the rest of an item from its table.
    let local = index.is_some_and(|i| table.local.contains(i));
    let fetched =
        local && (request.projection.is_some() || request.select == Some(Select::AllAttributes));
    let mut page = Page::default();
    let (mut items, mut size) = (Vec::new(), 0);
    for (order, item) in found {
        let behind =
            start.as_ref().is_none_or(|s| if request.forward { order > *s } else { order < *s });
        if !behind
            || !request.in_segment(&order)
            || request.key.as_ref().is_some_and(|c| !c.holds(&item))
        {
            continue;
        }
        page.scanned_count += 1;
        size += weight(&item);
        let key = whole_key(table, index, &item);
        let item = if fetched { item } else { projected(table, index, item) };
        if request.filter.as_ref().is_none_or(|f| f.holds(&item)) {
            items.push(item);
        }
        if request.limit == Some(page.scanned_count) || size > MOST {
            page.last_evaluated_key = Some(attribute::write(&key));
            break;
        }
    }
    page.count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let shown = |item: &Attributes| match &request.projection {
        Some(paths) => attribute::write(&project(item, paths)),
        None => attribute::write(item),
    };
    page.items = (request.select != Some(Select::Count)).then(|| items.iter().map(shown).collect());
    Ok(page)
}

/// Items in the order of a table or an index, each with the text that orders it.
fn ordered(
    cx: &Cx<'_>,
    table: &Table,
    index: Option<&Index>,
    hash: Option<&Attribute>,
) -> Vec<(String, Attributes)> {
    let base = table.names();
    let Some(index) = index else {
        let order = |item: Item| {
            let attributes = item.attributes();
            (sorted(&base, &attributes), attributes)
        };
        return match hash {
            Some(hash) => Item::partition(&cx.world, table, hash).map(order).collect(),
            None => Item::all(&cx.world, table).map(order).collect(),
        };
    };
    let keys = names(&index.key_schema);
    let held = Item::all(&cx.world, table).map(|i| i.attributes());
    // An index holds the items that have its key.
    let held = held.filter(|item| keys.iter().all(|name| item.contains_key(name)));
    let mut all: Vec<_> = held.map(|item| (index_order(&keys, &base, &item), item)).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// Items of the same index key follow the order of the table's.
fn index_order(keys: &KeyNames<'_>, base: &KeyNames<'_>, item: &Attributes) -> String {
    format!("{}\u{0}{}", sorted(keys, item), sorted(base, item))
}

/// Where `ExclusiveStartKey` stands in the order.
fn place(start: &Value, table: &Table, index: Option<&Index>) -> Result<String, Error> {
    let refused = || Error::invalid("The provided starting key is invalid");
    let key = attribute::read(start)?;
    let Some(index) = index else {
        table.check_key(&key).map_err(|_| {
            Error::invalid("The provided starting key is invalid: The provided key element does not match the schema")
        })?;
        return Ok(sorted(&table.names(), &key));
    };
    let (keys, base) = (names(&index.key_schema), table.names());
    let wanted: BTreeSet<&str> = keys.iter().chain(base.iter()).collect();
    if !key.keys().map(String::as_str).eq(wanted.iter().copied()) {
        return Err(refused());
    }
    table.check(&key).map_err(|_| refused())?;
    Ok(index_order(&keys, &base, &key))
}

/// The key of the table with that of the index.
fn whole_key(table: &Table, index: Option<&Index>, item: &Attributes) -> Attributes {
    let (base, keys) = (table.names(), index.map(|i| names(&i.key_schema)));
    let all = base.iter().chain(keys.iter().flat_map(KeyNames::iter));
    all.filter_map(|name| Some((name.to_owned(), item.get(name)?.clone()))).collect()
}

/// What an index holds of an item.
fn projected(table: &Table, index: Option<&Index>, item: Attributes) -> Attributes {
    let Some(index) = index else { return item };
    let kind = index.projection.projection_type;
    if kind.is_none_or(|kind| kind == ProjectionType::All) {
        return item;
    }
    let mut held = whole_key(table, Some(index), &item);
    for name in index.projection.non_key_attributes.iter().flatten() {
        if let Some(value) = item.get(name) {
            held.insert(name.clone(), value.clone());
        }
    }
    held
}

fn check_select(request: &ReadRequest<'_>, index: Option<&Index>) -> Result<(), Error> {
    let cannot = |select: &str| {
        Error::invalid(format!(
            "Cannot specify the ProjectionExpression when choosing to get {select}"
        ))
    };
    match (request.select, request.projection.is_some()) {
        (Some(Select::AllAttributes), true) => Err(cannot("ALL_ATTRIBUTES")),
        (Some(Select::AllProjectedAttributes), true) => Err(cannot("ALL_PROJECTED_ATTRIBUTES")),
        (Some(Select::Count), true) => Err(cannot("only the Count")),
        (Some(Select::SpecificAttributes), false) => Err(Error::invalid(
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
        )),
        (Some(Select::AllProjectedAttributes), false) if index.is_none() => Err(Error::invalid(
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
        )),
        (Some(Select::AllAttributes), false)
            if index.is_some_and(|i| {
                request.table.global.contains(i)
                    && i.projection.projection_type.is_some_and(|kind| kind != ProjectionType::All)
            }) =>
        {
            Err(Error::parameter(&format!(
                "Select type ALL_ATTRIBUTES is not supported for global secondary index {} because its projection type is not ALL",
                index.map(|i| i.index_name.as_str()).unwrap_or_default()
            )))
        }
        _ => Ok(()),
    }
}

impl ReadRequest<'_> {
    fn in_segment(&self, order: &str) -> bool {
        self.segment.is_none_or(|(segment, total)| {
            // Whole partitions go to one segment.
            let hash = order.split('/').next().unwrap_or_default();
            i64::from(crc32fast::hash(hash.as_bytes())) % total.max(1) == segment
        })
    }
}
