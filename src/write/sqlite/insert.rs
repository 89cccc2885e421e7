use std::collections::HashMap;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Result, ToSql, params};
use serde::Serialize;

use super::tables::Table;
use crate::catalog::{Catalog, Item, about};
use crate::write::column::{COLUMNS, Cell, Kind, json_name};
use crate::write::{DocumentStatus, FlatRow, Imported, Outcome, Run};

/// The statements that fill the tables.
pub(super) struct Insertions {
    by_table: HashMap<&'static str, String>,
}

impl Insertions {
    pub(super) fn new(tables: &[Table]) -> Self {
        let filled = tables.iter().filter(|t| t.query.is_none());
        Insertions {
            by_table: filled.map(|t| (t.name, t.insertion())).collect(),
        }
    }

    fn insert(&self, to: &Connection, table: &'static str, cells: &[&dyn ToSql]) -> Result<()> {
        let statement = self.by_table.get(table).map_or("", String::as_str);
        to.prepare_cached(statement)?.execute(cells).map(|_| ())
    }

    pub(super) fn item(
        &self,
        to: &Connection,
        position: i64,
        catalog: &Catalog,
        item: &Item,
    ) -> Result<()> {
        let cells = params![
            item.id,
            catalog.id,
            position,
            item.no,
            item.section,
            item.category,
            item.name,
            item.name_en,
            item.description,
            item.unit,
        ];
        self.insert(to, "items", cells)
    }

    /// A document that was imported, without its place among the inputs, and its warnings.
    pub(super) fn document(&self, to: &Connection, id: i64, imported: &Imported) -> Result<()> {
        let document = &imported.document;
        let outcome = Outcome::imported(&document.source.path, &imported.file, document);
        let (title, vendor) = (&document.title, &document.vendor);
        self.outcome(to, id, None, &outcome, [title, vendor, &document.date])?;
        for (position, warning) in (1i64..).zip(&document.warnings) {
            let [first, last] = warning.rows.map_or([None; 2], |rows| rows.map(Some));
            let code = json_name(&warning.code);
            let (message, place) = (&warning.message, &warning.place);
            let cells = params![id, position, code, message, first, last, place];
            self.insert(to, "warnings", cells)?;
        }
        Ok(())
    }

    fn outcome(
        &self,
        to: &Connection,
        id: i64,
        position: Option<i64>,
        outcome: &Outcome,
        [title, vendor, date]: [&Option<String>; 3],
    ) -> Result<()> {
        let (error, skip) = (outcome.error.as_ref(), outcome.skipped.as_ref());
        let reason = error.map(|e| e.reason.name());
        let message = error.map(|e| &e.message);
        let cells = params![
            id,
            position,
            outcome.path,
            json_name(&outcome.status),
            outcome.document,
            outcome.format.map(|f| f.name()),
            outcome.sha256,
            title,
            vendor,
            date,
            count(outcome.rows),
            count(outcome.accepted),
            count(outcome.review),
            count(outcome.unmapped),
            count(outcome.blank),
            count(outcome.outside),
            count(outcome.warnings),
            reason.or(skip.map(|s| s.reason.as_str())),
            error.and_then(|e| e.place.as_ref()),
            message.or(skip.map(|s| &s.message)),
            error.map(|e| &e.hint),
        ];
        self.insert(to, "documents", cells)
    }

    /// The catalogs that a document is about.
    pub(super) fn about(
        &self,
        to: &Connection,
        id: i64,
        imported: &Imported,
        catalogs: &[Catalog],
    ) -> Result<()> {
        let rows = &imported.document.rows;
        let mapped = rows.iter().map(|r| &r.mapping);
        let mapped = mapped.filter_map(|m| Some((m.catalog.as_deref()?, m.item_id.as_deref()?)));
        for catalog in about(catalogs, rows.len(), mapped) {
            self.insert(to, "about", params![id, catalog])?;
        }
        Ok(())
    }

    /// The statements for the rows of a document: looked up once for all of them.
    pub(super) fn rows<'c>(&self, to: &'c Connection) -> Result<RowInsertions<'c>> {
        let of = |table| to.prepare_cached(self.by_table.get(table).map_or("", String::as_str));
        Ok(RowInsertions {
            rows: of("rows")?,
            candidates: of("candidates")?,
            values: of("values")?,
            reasons: of("reasons")?,
        })
    }

    /// The places of the `imported` documents among the inputs, and the inputs that are none.
    pub(super) fn account(&self, to: &Connection, imported: i64, run: &Run) -> Result<()> {
        let mut place =
            to.prepare_cached("UPDATE documents SET position = ? WHERE document_id = ?")?;
        let (mut next_imported, mut next_other) = (1, imported + 1);
        for (position, outcome) in (1i64..).zip(&run.documents) {
            if outcome.status == DocumentStatus::Imported {
                place.execute([position, next_imported])?;
                next_imported += 1;
            } else {
                self.outcome(to, next_other, Some(position), outcome, [&None; 3])?;
                next_other += 1;
            }
        }
        Ok(())
    }
}

/// The statements that fill the tables of rows.
pub(super) struct RowInsertions<'c> {
    rows: CachedStatement<'c>,
    candidates: CachedStatement<'c>,
    values: CachedStatement<'c>,
    reasons: CachedStatement<'c>,
}

impl RowInsertions<'_> {
    /// A row with what hangs on it.
    pub(super) fn row(&mut self, id: i64, document: i64, row: &FlatRow<'_>) -> Result<()> {
        let flat = COLUMNS.iter().map(|c| SqlCell(c.kind, c.cell(row)));
        let flat: Vec<SqlCell<'_>> = flat.collect();
        let keys: [&dyn ToSql; 2] = [&id, &document];
        let flat = flat.iter().map(|cell| cell as &dyn ToSql);
        let cells: Vec<&dyn ToSql> = keys.into_iter().chain(flat).collect();
        self.rows.execute(cells.as_slice())?;
        for (position, candidate) in (1i64..).zip(row.candidates) {
            let cells = params![id, position, candidate.item_id, candidate.score];
            self.candidates.execute(cells)?;
        }
        for (position, value) in (1i64..).zip(row.values) {
            let (kind, op) = (json_name(&value.kind), value.op.as_ref().map(json_name));
            let (number, max) = (value.number, value.max);
            let (unit, iso, text) = (&value.unit, &value.iso, &value.text);
            let cells = params![id, position, kind, op, number, max, unit, iso, text];
            self.values.execute(cells)?;
        }
        for (position, reason) in (1i64..).zip(row.reasons) {
            self.reasons.execute(params![id, position, reason.name()])?;
        }
        Ok(())
    }
}

/// No run has more than SQLite can count.
fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A cell as SQLite takes it: lists are JSON, and those of texts are never null.
struct SqlCell<'a>(Kind, Cell<'a>);

impl ToSql for SqlCell<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let plain = |value| Ok(ToSqlOutput::Borrowed(value));
        Ok(match &self.1 {
            Cell::Empty if self.0 == Kind::List => return plain(ValueRef::Text(b"[]")),
            Cell::Empty => return plain(ValueRef::Null),
            Cell::Text(text) => return plain(ValueRef::Text(text.as_bytes())),
            Cell::Integer(n) => return plain(ValueRef::Integer(*n)),
            Cell::Number(n) => return plain(ValueRef::Real(*n)),
            Cell::List(list) => json(list),
            Cell::Integers(list) => json(list),
            Cell::Numbers(list) => json(list),
        })
    }
}

fn json(list: &impl Serialize) -> ToSqlOutput<'static> {
    serde_json::to_string(list).unwrap_or_default().into()
}
