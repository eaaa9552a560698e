//! The world in a file: each row is a row of an embedded store, and a change is committed before its
//! request is answered.

use std::path::Path;

use cognitab_broker::{World, Write};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

const ROWS: TableDefinition<'_, (&str, &str), &str> = TableDefinition::new("rows");
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");

/// Version of the stored form of rows.
const SCHEMA: u64 = 3;

/// An open store.
pub(crate) struct Store(Database);

impl Store {
    /// Opens or creates the file; returns the world in it, if there is one.
    pub(crate) fn open(path: &Path) -> Result<(Store, Option<World>), String> {
        let shown = path.display();
        let database = Database::create(path)
            .map_err(|e| format!("`{shown}` cannot be opened and was not changed: {e}"))?;
        let read = read(&database)
            .map_err(|e| format!("`{shown}` cannot be read and was not changed: {e}"))?;
        Ok((Store(database), read))
    }

    /// Commits a change. It is on disk when this returns.
    pub(crate) fn commit(&self, writes: &[Write]) -> Result<(), String> {
        self.write(writes).map_err(|e| e.to_string())
    }

    fn write(&self, writes: &[Write]) -> Result<(), redb::Error> {
        let transaction = self.0.begin_write()?;
        {
            let mut rows = transaction.open_table(ROWS)?;
            for write in writes {
                let key = (write.table.as_str(), write.key.as_str());
                match &write.text {
                    Some(text) => rows.insert(key, &**text)?,
                    None => rows.remove(key)?,
                };
            }
            transaction.open_table(META)?.insert("schema", SCHEMA)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

fn read(database: &Database) -> Result<Option<World>, String> {
    let text = |e: redb::Error| e.to_string();
    let transaction = database.begin_read().map_err(|e| text(e.into()))?;
    let meta = match transaction.open_table(META) {
        Ok(meta) => meta,
        Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
        Err(error) => return Err(text(error.into())),
    };
    let schema = meta.get("schema").map_err(|e| text(e.into()))?.map(|v| v.value());
    if schema != Some(SCHEMA) {
        return Err(format!("its form is {schema:?}, and this build knows only {SCHEMA}"));
    }
    let rows = transaction.open_table(ROWS).map_err(|e| text(e.into()))?;
    let mut all = Vec::new();
    for row in rows.iter().map_err(|e| text(e.into()))? {
        let (key, value) = row.map_err(|e| text(e.into()))?;
        let (table, key) = key.value();
        all.push((table.to_owned(), key.to_owned(), value.value().to_owned()));
    }
    Ok(Some(World::load(all)))
}
