use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Candidate, Decision, Document, Format, Moved, OtherCell, Reason, Related, Row, Status, Value,
};

/// A row with everything that an analyst needs beside it: one line of `rows.jsonl`, one record of
/// `rows.csv`, `rows.parquet` and `torikomi.sqlite`. Every field is always present.
///
/// What is said of each field here is what the JSON Schema, the Parquet file, the database and
/// `docs/schema.md` say of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "torikomi row")]
pub struct FlatRow<'a> {
    /// The document it is part of, relative to the out folder.
    pub document: &'a str,
    /// The input, as given.
    pub path: &'a str,
    /// What the input is.
    pub format: Format,
    /// Who answers; null when not stated.
    pub vendor: Option<&'a str>,
    /// When it was answered, ISO 8601.
    pub date: Option<&'a str>,
    /// The sheet's title.
    pub title: Option<&'a str>,
    /// 1-based, in the document's reading order.
    pub row: u32,
    /// 1-based table of the document.
    pub table: u32,
    /// 1-based page.
    pub page: Option<u32>,
    /// Worksheet name.
    pub sheet: Option<&'a str>,
    /// Worksheet cells, e.g. `A6:F6`.
    pub cells: Option<&'a str>,
    /// 1-based physical line of a text file, or paragraph outside tables of a Word document.
    pub line: Option<u32>,
    /// Box on the page in points, y down: left, top, right, bottom.
    pub bbox: Option<[f32; 4]>,
    /// The sheet's own number, as written.
    pub number_raw: Option<&'a str>,
    /// The levels of the sheet's own number, each counted from 1; null when the row has none.
    pub number_path: Option<&'a [u32]>,
    /// The section it stands under.
    pub section: Option<&'a str>,
    /// The category it stands under.
    pub category: Option<&'a str>,
    /// The item's name.
    pub item: Option<&'a str>,
    /// What is asked.
    pub description: Option<&'a str>,
    /// The kind of answer expected.
    pub unit: Option<&'a str>,
    /// The answer's yes/no mark, as written.
    pub mark: Option<&'a str>,
    /// What the answer amounts to.
    pub status: Status,
    /// What the answer says after its mark.
    pub text: &'a str,
    /// Quantities in the answer, in their order.
    pub values: &'a [Value],
    /// The canonical item; null when unmapped.
    pub item_id: Option<&'a str>,
    /// The catalog the canonical item is in.
    pub catalog: Option<&'a str>,
    /// 0..1: how sure the mapping is; when unmapped, how sure it is that no item fits.
    pub confidence: f64,
    /// Whether somebody needs to look.
    pub decision: Decision,
    /// Why it is under review or unmapped.
    pub reasons: &'a [Reason],
    /// The best items, best first.
    pub candidates: &'a [Candidate],
    /// Items of other catalogs that have to do with the item.
    pub related: &'a [Related],
    /// Cells without a field of their own.
    pub other: &'a [OtherCell],
    /// Set when cells were moved back to the columns they belong to.
    pub moved: Option<Moved>,
    /// What the sheet says where normalization changed it, by field name.
    pub raw: &'a BTreeMap<&'static str, String>,
}

impl<'a> FlatRow<'a> {
    /// The rows of a document that is written to `file`, relative to the out folder.
    pub fn all(document: &'a Document, file: &'a str) -> Vec<FlatRow<'a>> {
        let rows = document.rows.iter();
        rows.map(|row| FlatRow::new(document, file, row)).collect()
    }

    fn new(document: &'a Document, file: &'a str, row: &'a Row) -> Self {
        let (place, answer, mapping) = (&row.provenance, &row.answer, &row.mapping);
        FlatRow {
            document: file,
            path: &document.source.path,
            format: document.source.format,
            vendor: document.vendor.as_deref(),
            date: document.date.as_deref(),
            title: document.title.as_deref(),
            row: row.row,
            table: place.table,
            page: place.page,
            sheet: place.sheet.as_deref(),
            cells: place.cells.as_deref(),
            line: place.line,
            bbox: place.bbox,
            number_raw: row.number.as_ref().map(|n| n.raw.as_str()),
            number_path: row.number.as_ref().map(|n| n.path.as_slice()),
            section: row.section.as_deref(),
            category: row.category.as_deref(),
            item: row.item.as_deref(),
            description: row.description.as_deref(),
            unit: row.unit.as_deref(),
            mark: answer.mark.as_deref(),
            status: answer.status,
            text: &answer.text,
            values: &answer.values,
            item_id: mapping.item_id.as_deref(),
            catalog: mapping.catalog.as_deref(),
            confidence: mapping.confidence,
            decision: mapping.decision,
            reasons: &mapping.reasons,
            candidates: &mapping.candidates,
            related: &mapping.related,
            other: &row.other,
            moved: row.moved,
            raw: &row.raw,
        }
    }
}
