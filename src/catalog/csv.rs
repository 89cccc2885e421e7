//! Catalogs for people who edit in a spreadsheet.

use csv::{StringRecord, Terminator, WriterBuilder};

use super::spreadsheet::{self, plain, safe};
use super::{Catalog, Item};
use crate::model::DataError;

/// The columns, in order. Those of the catalog itself are filled in the first record only.
const COLUMNS: [&str; 13] = [
    "id",
    "no",
    "section",
    "category",
    "name",
    "name_en",
    "description",
    "unit",
    "aliases",
    "questions",
    "catalog",
    "title",
    "note",
];

/// UTF-8 with a byte order mark (without it, Excel reads Shift_JIS), records ended by CR LF, one
/// item a record. Aliases and questions stand one a line in their cell. A cell that a spreadsheet
/// could take for a formula gets a `'` before it, which [`from_csv`] takes away again.
pub fn to_csv(catalog: &Catalog) -> Vec<u8> {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    let mut csv = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(&mut bytes);
    // Writing to memory cannot fail.
    let _ = csv.write_record(COLUMNS);
    for (at, item) in catalog.items.iter().enumerate() {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut cells = vec![
            item.id.clone(),
            or_empty(&item.no),
            or_empty(&item.section),
            or_empty(&item.category),
            or_empty(&item.name),
            or_empty(&item.name_en),
            or_empty(&item.description),
            or_empty(&item.unit),
            joined(&item.aliases),
            joined(&item.questions),
        ];
        match at {
            0 => cells.extend([
                catalog.id.clone(),
                catalog.title.clone(),
                or_empty(&catalog.note),
            ]),
            _ => cells.extend([const { String::new() }; 3]),
        }
        let _ = csv.write_record(cells.iter().map(|c| safe(c).into_owned()));
    }
    let _ = csv.flush();
    drop(csv);
    bytes
}

/// Reads what [`to_csv`] wrote and somebody edited: UTF-8 or CP932; columns in any order, those
/// that are missing are empty. `id` and `title` are used where the file does not say them.
///
/// # Errors
/// It is no text, lacks the column `id` or both `name` and `description`, or names no catalog.
/// What is wrong with the items themselves is found when the catalog is loaded.
pub fn from_csv(
    file: &str,
    bytes: &[u8],
    id: Option<&str>,
    title: Option<&str>,
) -> Result<Catalog, DataError> {
    let text = spreadsheet::text(file, bytes)?;
    let mut reader = spreadsheet::records(&text);
    let wrong = |e: csv::Error| {
        let line = e.position().map_or(1, |p| p.line() as usize);
        DataError::at(file, line, e.to_string())
    };
    let titles = reader.headers().map_err(wrong)?.clone();
    let columns = Columns::new(&titles);
    if let Some(missing) = columns.missing() {
        let message = format!("no column {missing}; the first line names the columns");
        return Err(DataError::at(file, 1, message));
    }
    let mut catalog = Catalog::default();
    let keep = |known: &mut String, cell: Option<String>| {
        if let Some(cell) = cell.filter(|_| known.is_empty()) {
            *known = cell;
        }
    };
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue; // Spreadsheets write the empty rows below a table too.
        }
        let cell = |name: &str| columns.cell(&record, name);
        keep(&mut catalog.id, cell("catalog"));
        keep(&mut catalog.title, cell("title"));
        catalog.note = catalog.note.or_else(|| cell("note"));
        catalog.items.push(Item {
            id: cell("id").unwrap_or_default(),
            no: cell("no"),
            section: cell("section"),
            category: cell("category"),
            name: cell("name"),
            name_en: cell("name_en"),
            description: cell("description"),
            unit: cell("unit"),
            aliases: split(cell("aliases")),
            questions: split(cell("questions")),
        });
    }
    if let Some(id) = id {
        catalog.id = id.to_owned();
    }
    if catalog.id.is_empty() {
        let message = "names no catalog; fill the column `catalog` in the first row, or give --id";
        return Err(DataError::new(file, message));
    }
    match title {
        Some(title) => catalog.title = title.to_owned(),
        None if catalog.title.is_empty() => catalog.title = catalog.id.clone(),
        None => {}
    }
    Ok(catalog)
}

/// Where the columns are.
struct Columns(Vec<(&'static str, Option<usize>)>);

impl Columns {
    fn new(titles: &StringRecord) -> Self {
        let at = |name: &'static str| {
            let same = |t: &str| t.trim().eq_ignore_ascii_case(name);
            (name, titles.iter().position(same))
        };
        Columns(COLUMNS.into_iter().map(at).collect())
    }

    fn at(&self, name: &str) -> Option<usize> {
        let found = self.0.iter().find(|(n, _)| *n == name);
        found.and_then(|(_, at)| *at)
    }

    fn missing(&self) -> Option<&'static str> {
        match (self.at("id"), self.at("name").or(self.at("description"))) {
            (None, _) => Some("id"),
            (_, None) => Some("name or description"),
            _ => None,
        }
    }

    fn cell(&self, record: &StringRecord, name: &str) -> Option<String> {
        let cell = record.get(self.at(name)?)?;
        let cell = plain(cell);
        (!cell.is_empty()).then(|| cell.to_owned())
    }
}

/// One a line. Spreadsheets keep line breaks in cells; a text's own is written `\n`.
fn joined(list: &[String]) -> String {
    let one = |text: &String| {
        text.replace('\\', "\\\\")
            .replace('\n', "\\n")
            .replace('\r', "\\r")
    };
    list.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The lines of a cell.
fn split(cell: Option<String>) -> Vec<String> {
    let cell = cell.unwrap_or_default();
    let lines = cell.lines().map(unescaped);
    lines.filter(|l| !l.is_empty()).collect()
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}
