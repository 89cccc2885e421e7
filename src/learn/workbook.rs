//! Decisions in a workbook: the sheet 要確認 of `torikomi.xlsx`, filled in and saved by whatever
//! program, or any sheet with the columns of a file of decisions.
//!
//! A sheet has decisions where one of its first rows names the columns `document`, `row` and
//! `item_id`, visibly or not; their order, the language of other titles and other sheets mean nothing.

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader, Xlsx};
use unicode_normalization::UnicodeNormalization;

use super::decision::{At, Entries, Entry};
use crate::model::column_letters;

/// In how many rows from the top the columns are named.
const NAMED_WITHIN: u32 = 50;

/// Most bytes that a workbook may inflate to.
const MOST_INFLATED: u64 = 512 << 20;

const NOT_READ: &str =
    "the workbook cannot be read; save it as .xlsx without a password, and try again";

const NO_COLUMNS: &str = "no sheet names the columns document, row and item_id; give the torikomi.xlsx that \
                          an import wrote, filled in, or a CSV with these columns";

/// Whether bytes are a workbook: a ZIP package, or an OLE2 file (XLS, or an encrypted XLSX).
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// The rows of all sheets with decisions.
pub(super) fn entries(bytes: &[u8]) -> Result<Entries, String> {
    inflates(bytes).map_err(|e| format!("{NOT_READ} ({e})"))?;
    // calamine may panic on what is no workbook.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes)));
    match read {
        Ok(Ok(Some(entries))) => Ok(entries),
        Ok(Ok(None)) => Err(NO_COLUMNS.to_owned()),
        Ok(Err(e)) => Err(format!("{NOT_READ} ({e})")),
        Err(_) => Err(NOT_READ.to_owned()),
    }
}

/// Whether the package can be inflated at all, and within the limit.
fn inflates(bytes: &[u8]) -> io::Result<()> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut room = MOST_INFLATED;
    for part in 0..package.len() {
        let part = package.by_index(part)?;
        room -= io::copy(&mut part.take(room), &mut io::sink())?;
        if room == 0 {
            return Err(io::Error::other("too large"));
        }
    }
    Ok(())
}

/// None when no sheet has decisions.
fn read(bytes: &[u8]) -> Result<Option<Entries>, calamine::XlsxError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let (mut entries, mut found) = (Entries::new(), false);
    for sheet in book.sheet_names() {
        let mut reader = Sheet::new(&sheet);
        let mut cells = match book.worksheet_cells_reader(&sheet) {
            Ok(cells) => cells,
            // A chart.
            Err(_) => continue,
        };
        while let Some(cell) = cells.next_cell()? {
            let (row, col) = cell.get_position();
            if reader.columns.is_none() && row >= NAMED_WITHIN {
                break;
            }
            reader.cell(row, col, shown(cell.get_value()), &mut entries);
        }
        reader.end(&mut entries);
        found |= reader.columns.is_some();
    }
    Ok(found.then_some(entries))
}

/// A sheet being read, cell by cell.
struct Sheet<'a> {
    name: &'a str,
    columns: Option<Columns>,
    /// The row being read, and its cells.
    at: u32,
    cells: Vec<(u32, String)>,
}

/// Which column has what.
struct Columns {
    /// The row that names them.
    named: u32,
    document: u32,
    row: u32,
    item_id: u32,
    remark: Option<u32>,
    date: Option<u32>,
    decision: Option<u32>,
}

impl<'a> Sheet<'a> {
    fn new(name: &'a str) -> Self {
        Sheet {
            name,
            columns: None,
            at: 0,
            cells: Vec::new(),
        }
    }

    fn cell(&mut self, row: u32, col: u32, text: String, entries: &mut Entries) {
        if row != self.at {
            self.end(entries);
            self.at = row;
        }
        if !text.trim().is_empty() {
            self.cells.push((col, text));
        }
    }

    /// Ends a row.
    fn end(&mut self, entries: &mut Entries) {
        let cells = std::mem::take(&mut self.cells);
        let Some(columns) = &self.columns else {
            self.columns = Columns::named_by(&cells, self.at);
            return;
        };
        let entry = columns.entry(&cells);
        let is_empty = [&entry.document, &entry.row, &entry.item_id]
            .iter()
            .all(|text| text.trim().is_empty());
        // Titles for people may stand below the names.
        let is_titles = self.at == columns.named + 1 && entry.row.parse::<f64>().is_err();
        if is_empty || is_titles {
            return;
        }
        let cell = format!("{}{}", column_letters(columns.item_id), self.at + 1);
        let at = At::Cell(format!("{}!{cell}", self.name));
        entries.push((at, Ok(entry)));
    }
}

impl Columns {
    /// Where a row names them; none when it does not.
    fn named_by(cells: &[(u32, String)], row: u32) -> Option<Self> {
        let column = |name: &str| {
            let named = cells
                .iter()
                .find(|(_, text)| text.trim().eq_ignore_ascii_case(name));
            named.map(|(col, _)| *col)
        };
        let decision = column("decision");
        Some(Columns {
            named: row,
            document: column("document")?,
            row: column("row")?,
            item_id: column("item_id")?,
            remark: column("remark"),
            // Of `rows.csv`, the date is the sheet's.
            date: column("date").filter(|_| decision.is_none()),
            decision,
        })
    }

    fn entry(&self, cells: &[(u32, String)]) -> Entry {
        let text = |col: Option<u32>| {
            let cell = cells.iter().find(|(at, _)| Some(*at) == col);
            cell.map_or(String::new(), |(_, text)| text.clone())
        };
        Entry {
            document: text(Some(self.document)),
            row: text(Some(self.row)),
            item_id: chosen(&text(Some(self.item_id))),
            remark: text(self.remark),
            date: text(self.date),
            decision: text(self.decision),
        }
    }
}

/// The ID of what was chosen or typed: `METI-02 計画停止予定通知` is `METI-02`, and so is `ＭＥＴＩ－０２`.
fn chosen(text: &str) -> String {
    let id = text.split_whitespace().next().unwrap_or_default();
    match id.contains(|c| ('！'..='～').contains(&c)) {
        true => id.nfkc().collect(),
        false => id.to_owned(),
    }
}

fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        value => Data::from(value.clone()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_or_typed_is_an_id() {
        for (text, id) in [
            ("METI-02 計画停止予定通知", "METI-02"),
            ("METI-02\u{3000}計画停止予定通知", "METI-02"),
            (" METI-02\n", "METI-02"),
            ("ＭＥＴＩ－０２", "METI-02"),
            ("なし", "なし"),
            ("none", "none"),
            ("", ""),
        ] {
            assert_eq!(chosen(text), id, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_workbook_is_said() {
        for bytes in [
            &b"PK\x03\x04"[..],
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            b"PK\x03\x04 and more",
        ] {
            assert!(is_one(bytes));
            let said = entries(bytes).unwrap_err();
            assert!(said.starts_with(NOT_READ), "{said}");
        }
        assert!(!is_one(b"document,row,item_id\n"));
    }
}
