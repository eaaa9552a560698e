//! The world: all state as one value, a persistent ordered map from (table, key) to a row.
//!
//! A clone shares its rows, so an operation works on a clone and either commits as a whole or leaves
//! no trace. A row is kept as JSON text: what is stored is what is in memory, a host saves the
//! difference of two worlds without encoding, and loading a world decodes nothing. A decoded row is
//! cached beside its text, so that a pool is not decoded again for each sign-in.

use std::any::Any;
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use cognitab_wire::{Shape, json};
use imbl::OrdMap;
use imbl::ordmap::DiffItem;

/// Separates table and key. It sorts before every character of a table name.
const SEPARATOR: char = '\u{0}';

/// What the name of a table of index rows ends with.
const INDEX: &str = ".index";

/// A kind of row.
pub trait Row: Shape + Clone + Any + Send + Sync {
    /// Name of its table: the service and the kind of row, joined by a dot. Rows that only say where
    /// rows of another table are found append `.index`; events leave them out.
    const TABLE: &'static str;
    /// Its key within the table.
    fn key(&self) -> String;
}

/// All accounts and their resources, and the event log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    rows: OrdMap<Arc<str>, Arc<Cell>>,
}

/// A row: its text, and what it was decoded as.
#[derive(Debug)]
struct Cell {
    text: Arc<str>,
    read: OnceLock<Option<Box<dyn Any + Send + Sync>>>,
}

/// Rows are equal if their texts are.
impl PartialEq for Cell {
    fn eq(&self, other: &Cell) -> bool {
        self.text == other.text
    }
}

impl Eq for Cell {}

impl Cell {
    fn of(text: impl Into<Arc<str>>) -> Arc<Cell> {
        Arc::new(Cell { text: text.into(), read: OnceLock::new() })
    }

    /// The decoded row; `None` if the text is not one of this type.
    fn row<R: Row>(&self) -> Option<R> {
        let read = self.read.get_or_init(|| Some(Box::new(decode::<R>(&self.text)?)));
        read.as_ref()?.downcast_ref().cloned()
    }

    /// The same without caching: a scan meets most rows once.
    fn row_uncached<R: Row>(&self) -> Option<R> {
        if self.read.get().is_some() { self.row() } else { decode(&self.text) }
    }
}

/// A row that differs between two worlds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Table of the row.
    pub table: String,
    /// Key of the row in its table.
    pub key: String,
    /// The text of the row; `None` if it was removed.
    pub text: Option<Arc<str>>,
    /// Whether the row is new.
    pub new: bool,
}

impl Write {
    /// Whether it is an index row.
    pub fn is_index(&self) -> bool {
        self.table.ends_with(INDEX)
    }
}

impl World {
    /// A world from stored rows: table, key, text.
    pub fn load(rows: impl IntoIterator<Item = (String, String, String)>) -> World {
        let rows = rows.into_iter().map(|(t, k, text)| (address(&t, &k), Cell::of(text)));
        World { rows: rows.collect() }
    }

    /// Every row: table, key, text.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str, &Arc<str>)> {
        self.rows.iter().filter_map(|(address, cell)| {
            let (table, key) = address.split_once(SEPARATOR)?;
            Some((table, key, &cell.text))
        })
    }

    /// Applies writes of another writer. A row without a text is removed.
    pub fn apply(&mut self, rows: impl IntoIterator<Item = (String, String, Option<String>)>) {
        for (table, key, text) in rows {
            match text {
                Some(text) => self.put_text(&table, &key, text),
                None => drop(self.remove_text(&table, &key)),
            }
        }
    }

    /// The writes that turn this world into a newer one.
    pub fn diff(&self, newer: &World) -> Vec<Write> {
        let write = |address: &Arc<str>, cell: Option<&Arc<Cell>>, new| {
            let (table, key) = address.split_once(SEPARATOR).unwrap_or((address, ""));
            let text = cell.map(|cell| cell.text.clone());
            Write { table: table.to_owned(), key: key.to_owned(), text, new }
        };
        self.rows
            .diff(&newer.rows)
            .map(|item| match item {
                DiffItem::Add(key, cell) => write(key, Some(cell), true),
                DiffItem::Update { new: (key, cell), .. } => write(key, Some(cell), false),
                DiffItem::Remove(key, _) => write(key, None, false),
            })
            .collect()
    }

    /// The row of this key; `None` if there is none or it cannot be decoded.
    pub fn get<R: Row>(&self, key: &str) -> Option<R> {
        self.rows.get(&address(R::TABLE, key))?.row()
    }

    /// Whether there is a row of this key.
    pub fn has<R: Row>(&self, key: &str) -> bool {
        self.text(R::TABLE, key).is_some()
    }

    /// Adds or replaces a row.
    pub fn put<R: Row>(&mut self, row: &R) {
        let text = json::to_json(&row.write()).to_string();
        self.put_text(R::TABLE, &row.key(), text);
    }

    /// Removes a row; returns whether there was one.
    pub fn remove<R: Row>(&mut self, key: &str) -> bool {
        self.remove_text(R::TABLE, key)
    }

    /// Removes all rows whose key begins with a prefix.
    pub fn remove_all<R: Row>(&mut self, prefix: &str) {
        let keys: Vec<String> =
            self.texts(R::TABLE, prefix).map(|(key, _)| key.to_owned()).collect();
        for key in keys {
            self.remove_text(R::TABLE, &key);
        }
    }

    /// All rows whose key has this prefix, in the order of their keys.
    pub fn scan<'a, R: Row>(&'a self, prefix: &str) -> impl Iterator<Item = R> + use<'a, R> {
        self.cells(R::TABLE, prefix).filter_map(|(_, cell)| cell.row_uncached())
    }

    /// A row's text.
    pub fn text(&self, table: &str, key: &str) -> Option<&Arc<str>> {
        self.rows.get(&address(table, key)).map(|cell| &cell.text)
    }

    /// Adds or replaces a row by its text. Writing the same text is no change.
    pub fn put_text(&mut self, table: &str, key: &str, text: String) {
        let address = address(table, key);
        if self.rows.get(&address).is_none_or(|old| *old.text != *text) {
            self.rows.insert(address, Cell::of(text));
        }
    }

    /// Removes a row; returns whether there was one.
    pub fn remove_text(&mut self, table: &str, key: &str) -> bool {
        self.rows.remove(&address(table, key)).is_some()
    }

    /// Keys and texts of the rows of a table whose key has this prefix.
    pub fn texts<'a>(
        &'a self,
        table: &str,
        prefix: &str,
    ) -> impl DoubleEndedIterator<Item = (&'a str, &'a Arc<str>)> + use<'a> {
        self.cells(table, prefix).map(|(key, cell)| (key, &cell.text))
    }

    fn cells<'a>(
        &'a self,
        table: &str,
        prefix: &str,
    ) -> impl DoubleEndedIterator<Item = (&'a str, &'a Arc<Cell>)> + use<'a> {
        let from = address(table, prefix);
        let mut past = String::from(&*from);
        // Every string with the prefix sorts before the prefix and the last character of all.
        past.push(char::MAX);
        let skip = table.len() + SEPARATOR.len_utf8();
        let range = (Bound::Included(from), Bound::Excluded(Arc::from(past)));
        self.rows
            .range::<_, Arc<str>>(range)
            .filter_map(move |(a, cell)| Some((a.get(skip..)?, cell)))
    }
}

fn address(table: &str, key: &str) -> Arc<str> {
    let mut address = String::with_capacity(table.len() + key.len() + 1);
    address.push_str(table);
    address.push(SEPARATOR);
    address.push_str(key);
    Arc::from(address)
}

fn decode<R: Row>(text: &str) -> Option<R> {
    R::read(json::decode(text.as_bytes(), R::SCHEMA).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(rows: &[(&str, &str)]) -> World {
        World::load(rows.iter().map(|(k, v)| ("t".into(), (*k).into(), (*v).into())))
    }

    #[test]
    fn a_prefix_finds_its_rows_and_no_others() {
        let world = world(&[("a", "1"), ("ab", "2"), ("b", "3")]);
        let keys = |p| world.texts("t", p).map(|(k, _)| k.to_owned()).collect::<Vec<_>>();
        assert_eq!(keys("a"), ["a", "ab"]);
        assert_eq!(keys(""), ["a", "ab", "b"]);
        assert_eq!(keys("c"), [""; 0]);
    }

    #[test]
    fn the_difference_names_every_row_that_changed() {
        let old = world(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let mut new = old.clone();
        new.put_text("t", "a", "1".into());
        new.put_text("t", "b", "20".into());
        new.put_text("t", "d", "4".into());
        new.remove_text("t", "c");
        let diff: Vec<_> =
            old.diff(&new).into_iter().map(|w| (w.key, w.text.map(|t| t.to_string()))).collect();
        assert_eq!(
            diff,
            [("b".into(), Some("20".into())), ("c".into(), None), ("d".into(), Some("4".into()))]
        );
        let mut followed = old;
        followed.apply(diff.into_iter().map(|(key, text)| ("t".into(), key, text)));
        assert_eq!(followed, new);
    }
}
