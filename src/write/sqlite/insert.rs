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
        let of = |table| self.by_table.get(table).map_or("", String::as_str);
        Ok(RowInsertions {
            rows: to.prepare_cached(of("rows"))?,
            candidates: Many::new(to, of("candidates"))?,
            values: Many::new(to, of("values"))?,
            reasons: Many::new(to, of("reasons"))?,
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
    candidates: Many<'c>,
    values: Many<'c>,
    reasons: Many<'c>,
}

impl RowInsertions<'_> {
    /// The rows of a document with what hangs on them; the first has the ID `first`.
    pub(super) fn rows(&mut self, first: i64, document: i64, rows: &[FlatRow<'_>]) -> Result<()> {
        self.flat(first, document, rows)?;
        let rows = || (first..).zip(rows);
        fn each<T>(id: i64, list: &[T]) -> impl Iterator<Item = (i64, i64, &T)> {
            (1i64..).zip(list).map(move |(at, member)| (id, at, member))
        }
        let candidates = rows().flat_map(|(id, row)| each(id, row.candidates));
        self.candidates.insert(candidates, |to, (id, at, c)| {
            to.cells(params![id, at, c.item_id, c.score])
        })?;
        let values = rows().flat_map(|(id, row)| each(id, row.values));
        self.values.insert(values, |to, (id, at, value)| {
            let (kind, op) = (json_name(&value.kind), value.op.as_ref().map(json_name));
            let (number, max) = (value.number, value.max);
            let (unit, iso, text) = (&value.unit, &value.iso, &value.text);
            to.cells(params![id, at, kind, op, number, max, unit, iso, text])
        })?;
        let reasons = rows().flat_map(|(id, row)| each(id, row.reasons));
        self.reasons.insert(reasons, |to, (id, at, reason)| {
            to.cells(params![id, at, reason.name()])
        })
    }

    /// The rows themselves. A statement keeps what it is given from one row to the next, so that
    /// cells as in the row above, of which there are many, need not be given again.
    fn flat(&mut self, first: i64, document: i64, rows: &[FlatRow<'_>]) -> Result<()> {
        self.rows.raw_bind_parameter(2, document)?;
        let mut above: Vec<Option<Cell<'_>>> = COLUMNS.iter().map(|_| None).collect();
        for (id, row) in (first..).zip(rows) {
            self.rows.raw_bind_parameter(1, id)?;
            for ((at, column), above) in (3..).zip(&COLUMNS).zip(&mut above) {
                let cell = column.cell(row);
                if above.as_ref() != Some(&cell) {
                    self.rows
                        .raw_bind_parameter(at, SqlCell(column.kind, &cell))?;
                    *above = Some(cell);
                }
            }
            self.rows.raw_execute()?;
        }
        Ok(())
    }
}

/// How many records one statement takes.
const MANY: usize = 16;

/// A statement for many records of a table at once, and one for those that are left.
struct Many<'c> {
    one: CachedStatement<'c>,
    many: CachedStatement<'c>,
}

/// A statement being given its cells.
struct Given<'s, 'c> {
    statement: &'s mut CachedStatement<'c>,
    cells: usize,
}

impl<'c> Many<'c> {
    fn new(to: &'c Connection, one: &str) -> Result<Self> {
        let (_, places) = one.split_once("VALUES ").unwrap_or_default();
        let more = format!(", {places}").repeat(MANY - 1);
        Ok(Many {
            one: to.prepare_cached(one)?,
            many: to.prepare_cached(&format!("{one}{more}"))?,
        })
    }

    /// Inserts all records, the cells of each given by `give`.
    fn insert<T: Copy>(
        &mut self,
        records: impl Iterator<Item = T>,
        give: impl Fn(&mut Given<'_, 'c>, T) -> Result<()>,
    ) -> Result<()> {
        let records: Vec<T> = records.collect();
        let (chunks, rest) = records.as_chunks::<MANY>();
        let whole = chunks.iter().map(|chunk| (chunk.as_slice(), true));
        let single = rest.chunks(1).map(|record| (record, false));
        for (records, is_many) in whole.chain(single) {
            let statement = match is_many {
                true => &mut self.many,
                false => &mut self.one,
            };
            let mut given = Given {
                statement,
                cells: 0,
            };
            records.iter().try_for_each(|r| give(&mut given, *r))?;
            statement.raw_execute()?;
        }
        Ok(())
    }
}

impl Given<'_, '_> {
    /// The cells of the next record.
    fn cells(&mut self, cells: &[&dyn ToSql]) -> Result<()> {
        for cell in cells {
            self.cells += 1;
            self.statement.raw_bind_parameter(self.cells, cell)?;
        }
        Ok(())
    }
}

/// No run has more than SQLite can count.
fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A cell as SQLite takes it: lists are JSON, and those of texts are never null.
struct SqlCell<'a>(Kind, &'a Cell<'a>);

impl ToSql for SqlCell<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let plain = |value| Ok(ToSqlOutput::Borrowed(value));
        Ok(match self.1 {
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
