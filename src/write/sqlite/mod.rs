//! `torikomi.sqlite`: the run as a database.
//!
//! Filled in one transaction with prepared statements; keys are made on the way, and so is the index
//! that rows come in the order of; other indexes at the end. Page size, encoding and journal are fixed, so that the bytes depend on what is in it and on
//! the versions of the program and of SQLite alone. What memory holds does not grow with the run:
//! SQLite keeps 4 MB of pages, and sorts larger indexes in a temporary file.

mod insert;
mod tables;

use std::io;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Imported, Plan, Run, RunFile};
use crate::catalog::Catalog;
use insert::Insertions;
pub use tables::{Field, Table, tables};

/// `PRAGMA user_version`: the version of the tables. They may gain columns without a new one.
const VERSION: u32 = 1;

/// Nothing is synchronized or journaled: until it is whole, the file has a temporary name.
const SETTINGS: &str = "\
PRAGMA page_size = 16384;
PRAGMA cache_size = -4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA foreign_keys = OFF;
BEGIN;
";

/// Begins the file.
pub(super) fn begin(path: &Path, plan: &Arc<Plan>) -> io::Result<Box<dyn RunFile>> {
    let database = Database::new(path, plan.catalogs.clone()).map_err(failed)?;
    Ok(Box::new(database))
}

struct Database {
    connection: Connection,
    insertions: Insertions,
    catalogs: Vec<Catalog>,
    /// How many documents and rows it holds.
    documents: i64,
    rows: i64,
}

impl Database {
    fn new(path: &Path, catalogs: Vec<Catalog>) -> rusqlite::Result<Self> {
        let connection = connect(path)?;
        connection.set_prepared_statement_cache_capacity(16);
        connection.execute_batch(SETTINGS)?;
        let tables = tables();
        for table in &tables {
            connection.execute_batch(&table.statement())?;
        }
        connection.execute_batch(tables::IN_ORDER)?;
        let database = Database {
            connection,
            insertions: Insertions::new(&tables),
            catalogs,
            documents: 0,
            rows: 0,
        };
        let items = database.catalogs.iter();
        let items = items.flat_map(|c| c.items.iter().map(move |i| (c, i)));
        for (position, (catalog, item)) in (1..).zip(items) {
            database
                .insertions
                .item(&database.connection, position, catalog, item)?;
        }
        Ok(database)
    }

    fn add(&mut self, imported: &Imported) -> rusqlite::Result<()> {
        let (connection, insertions) = (&self.connection, &self.insertions);
        self.documents += 1;
        insertions.document(connection, self.documents, imported)?;
        insertions.about(connection, self.documents, imported, &self.catalogs)?;
        let mut rows = insertions.rows(connection)?;
        let flat = imported.rows();
        rows.rows(self.rows + 1, self.documents, &flat)?;
        self.rows += flat.len() as i64;
        Ok(())
    }

    fn finish(&mut self, run: &Run) -> rusqlite::Result<()> {
        self.insertions
            .account(&self.connection, self.documents, run)?;
        self.connection.execute_batch(tables::INDEXES)?;
        self.connection
            .execute_batch(&format!("PRAGMA user_version = {VERSION}; COMMIT;"))
    }
}

/// Without locks where SQLite can do without: nobody else knows the temporary file, and folders on
/// a network often have no locks to give.
fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match cfg!(unix) {
        true => Connection::open_with_flags_and_vfs(path, flags, "unix-none"),
        false => Connection::open_with_flags(path, flags),
    }
}

impl RunFile for Database {
    fn add(&mut self, imported: &Imported) -> io::Result<()> {
        Database::add(self, imported).map_err(failed)
    }

    fn finish(mut self: Box<Self>, run: &Run) -> io::Result<()> {
        Database::finish(&mut self, run).map_err(failed)?;
        self.connection.close().map_err(|(_, error)| failed(error))
    }
}

fn failed(error: rusqlite::Error) -> io::Error {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => io::ErrorKind::StorageFull,
        Some(ErrorCode::ReadOnly) => io::ErrorKind::PermissionDenied,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

#[cfg(test)]
mod tests;
