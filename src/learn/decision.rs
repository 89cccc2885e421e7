use csv::StringRecord;
use serde_json::{Map, Value};

use super::workbook;
use crate::catalog::spreadsheet;
use crate::model::{DataError, Decision};

/// What the reviewer writes for a row that is in no catalog.
const NONE: [&str; 2] = ["none", "なし"];

/// Where a decision stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// A line, from 1 on.
    Line(usize),
    /// A worksheet's cell: `要確認!M5`.
    Cell(String),
}

impl At {
    /// A fault there.
    pub(super) fn fault(&self, file: &str, message: impl Into<String>) -> DataError {
        match self {
            At::Line(line) => DataError::at(file, *line, message),
            At::Cell(cell) => DataError::new(&format!("{file}: {cell}"), message),
        }
    }
}

/// A reviewed row, as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Where it stands in the file of decisions.
    pub at: At,
    /// The document: its file in the out folder, or the input it was read from.
    pub document: String,
    /// The row of that document.
    pub row: u32,
    /// The item; none when the row is in no catalog.
    pub item_id: Option<String>,
    /// What the reviewer wrote beside it.
    pub remark: Option<String>,
    /// When it was decided, where the file says so.
    pub date: Option<String>,
    /// What became of the row, where the file says so (`rows.csv`, `rows.jsonl`).
    pub decision: Option<String>,
}

/// A file of reviewed rows: JSON lines, CSV with a header, or a workbook (XLSX) in which some sheets
/// have such a header.
///
/// The columns (or fields) `document`, `row` and `item_id` are needed; `remark` and `date` are kept;
/// others are passed over, so that an edited `rows.csv` will do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The decided rows, in order.
    pub rows: Vec<Decided>,
    /// Rows whose `item_id` is empty: not decided.
    pub open: usize,
}

impl Decisions {
    /// Reads a file: UTF-8, UTF-16 with a byte order mark, or CP932 (what Excel saves in Japan).
    ///
    /// # Errors
    /// Every line or cell that is no decision, with its place.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<DataError>> {
        let mut decisions = Decisions::default();
        let mut faults = Vec::new();
        for (at, entry) in entries(file, bytes)? {
            let fault = match entry.and_then(|e| e.decided(at.clone())) {
                Ok(Some(decided)) => {
                    decisions.rows.push(decided);
                    continue;
                }
                Ok(None) => {
                    decisions.open += 1;
                    continue;
                }
                Err(message) => at.fault(file, message),
            };
            faults.push(fault);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(decisions)
    }
}

fn entries(file: &str, bytes: &[u8]) -> Result<Entries, Vec<DataError>> {
    if workbook::is_one(bytes) {
        return workbook::entries(bytes).map_err(|m| vec![DataError::new(file, m)]);
    }
    let text = spreadsheet::text(file, bytes).map_err(|e| vec![e])?;
    // The reader of CSV counts lines by LF.
    let text = text.replace("\r\n", "\n");
    match text.trim_start().starts_with(['{', '[']) {
        true => Ok(json_lines(&text)),
        false => records(&text).map_err(|m| vec![DataError::at(file, 1, m)]),
    }
}

/// The fields of one decision, as text.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) document: String,
    pub(super) row: String,
    pub(super) item_id: String,
    pub(super) remark: String,
    pub(super) date: String,
    pub(super) decision: String,
}

impl Entry {
    /// What was decided; none when nothing was.
    fn decided(self, at: At) -> Result<Option<Decided>, String> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        let Some(item) = some(&self.item_id) else {
            return Ok(None);
        };
        let document = some(&self.document).ok_or("document is empty; name the document")?;
        let row = self.row.trim();
        let row = row.parse().ok().filter(|r| *r > 0);
        let row = row.ok_or_else(|| {
            let said = &self.row;
            format!("row is {said:?}; give the row's number in its document, from 1 on")
        })?;
        let date = some(&self.date).filter(|d| is_date(d));
        Ok(Some(Decided {
            at,
            document,
            row,
            item_id: (!NONE.iter().any(|n| item.eq_ignore_ascii_case(n))).then_some(item),
            remark: some(&self.remark),
            date,
            decision: some(&self.decision),
        }))
    }
}

impl Decided {
    /// Whether the file says that the row still waits for a decision.
    pub fn is_undecided(&self) -> bool {
        let waiting = [Decision::Review, Decision::Unmapped].map(Decision::name);
        let said = self.decision.as_deref();
        said.is_some_and(|d| waiting.contains(&d))
    }
}

fn is_date(text: &str) -> bool {
    let digit_or_dash = |(at, c): (usize, char)| match at {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    };
    text.len() == 10 && text.chars().enumerate().all(digit_or_dash)
}

pub(super) type Entries = Vec<(At, Result<Entry, String>)>;

fn json_lines(text: &str) -> Entries {
    let lines = (1..).zip(text.lines());
    let lines = lines.filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(n, l)| (At::Line(n), object(l))).collect()
}

fn object(line: &str) -> Result<Entry, String> {
    let object: Map<String, Value> = serde_json::from_str(line)
        .map_err(|e| format!("no JSON object ({e}); write one decision a line"))?;
    for needed in ["document", "row", "item_id"] {
        if !object.contains_key(needed) {
            return Err(format!("{needed} is missing; add it"));
        }
    }
    let field = |name: &str| match object.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    Ok(Entry {
        document: field("document"),
        row: field("row"),
        item_id: field("item_id"),
        remark: field("remark"),
        date: field("date"),
        decision: field("decision"),
    })
}

/// The records below a header; separated by whatever the header is.
fn records(text: &str) -> Result<Entries, String> {
    let mut reader = spreadsheet::records(text);
    let titles = reader.headers().map_err(|e| e.to_string())?.clone();
    let column = |name: &str| {
        let same = |t: &str| t.trim().eq_ignore_ascii_case(name);
        titles.iter().position(same)
    };
    let needed = |name: &str| {
        column(name).ok_or_else(|| {
            format!("no column {name}; the first line names the columns document,row,item_id")
        })
    };
    let (document, row, item_id) = (needed("document")?, needed("row")?, needed("item_id")?);
    let (remark, date, decision) = (column("remark"), column("date"), column("decision"));
    // Of `rows.csv`, the date is the sheet's.
    let date = date.filter(|_| decision.is_none());
    let entry = |record: &StringRecord| {
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| record.get(at)).unwrap_or_default();
            spreadsheet::plain(cell).to_owned()
        };
        Entry {
            document: cell(Some(document)),
            row: cell(Some(row)),
            item_id: cell(Some(item_id)),
            remark: cell(remark),
            date: cell(date),
            decision: cell(decision),
        }
    };
    let mut entries = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |p| p.line() as usize);
                entries.push((At::Line(line), Ok(entry(&record))));
            }
            Err(e) => {
                let line = e.position().map_or(0, |p| p.line() as usize);
                entries.push((At::Line(line), Err(e.to_string())));
            }
        }
    }
    Ok(entries)
}
