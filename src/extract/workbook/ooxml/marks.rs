//! What a worksheet part says besides its values: merged regions, hidden rows and columns, formulas
//! without a result, struck-through runs.
//!
//! Most sheets have little of it. The part's head and tail are small; its body is parsed a second
//! time only when a scan of its bytes finds something that asks for it.

use std::collections::HashMap;

use memchr::{memchr2, memmem};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::draft::{Region, Spans};
use super::super::rich::Rich;
use super::super::xml;
use super::place::{cell_place, region};
use super::strings;

/// The marks of one sheet.
#[derive(Debug, Default)]
pub struct Marks {
    /// Merged regions.
    pub merges: Vec<Region>,
    /// Hidden rows.
    pub hidden_rows: Spans,
    /// Hidden columns.
    pub hidden_cols: Spans,
    /// Formulas without a stored result: row, column, formula with its `=`.
    pub uncomputed: Vec<(u32, u32, String)>,
    /// Rich text that stands in cells themselves; read only where some of it is struck.
    pub rich: HashMap<(u32, u32), Rich>,
}

/// Reads the marks of a worksheet part.
pub fn read(part: &str) -> Marks {
    let bytes = part.as_bytes();
    let first = memmem::find(bytes, b"sheetData").unwrap_or(0);
    let last = memmem::rfind(bytes, b"sheetData").unwrap_or(0);
    // Both lie just behind a `<`, a `/` or a prefix: one byte characters.
    let head = part.get(..first).unwrap_or("");
    let body = part.get(first..last).unwrap_or("");
    let tail = part.get(last..).unwrap_or("");
    let mut marks = Marks {
        hidden_cols: hidden_cols(head),
        merges: merges(tail),
        ..Marks::default()
    };
    let hidden_rows = hidden_rows(body);
    let has = |pattern: &[u8]| memmem::find(body.as_bytes(), pattern).is_some();
    if hidden_rows.is_none() || has(b"strike") || lacks_result(body.as_bytes()) {
        Body::new(body).read(&mut marks);
    } else {
        marks.hidden_rows = hidden_rows.unwrap_or_default();
    }
    marks
}

/// Hidden rows, from the row tags alone. `None` when the rows have to be parsed: they go without
/// numbers, or under a prefix.
fn hidden_rows(body: &str) -> Option<Spans> {
    let bytes = body.as_bytes();
    let (hidden, zero) = (
        memmem::Finder::new("hidden="),
        memmem::Finder::new(" ht=\"0"),
    );
    if hidden.find(bytes).is_none() && zero.find(bytes).is_none() {
        return Some(Spans::default());
    }
    if memmem::find(bytes, b":row").is_some() {
        return None;
    }
    let mut rows = Vec::new();
    for start in memmem::find_iter(bytes, b"<row ") {
        let tag = body.get(start + 1..)?;
        let end = memchr2(b'>', b'<', tag.as_bytes())?;
        if tag.as_bytes().get(end) == Some(&b'<') {
            return None;
        }
        let tag = tag.get(..end)?;
        if hidden.find(tag.as_bytes()).is_none() && zero.find(tag.as_bytes()).is_none() {
            continue;
        }
        let row = BytesStart::from_content(tag.trim_end_matches('/'), "row".len());
        if is_hidden(&row) {
            let number = xml::number(&row, "r")?.saturating_sub(1);
            rows.push((number, number));
        }
    }
    Some(Spans::new(rows))
}

fn is_hidden(row: &BytesStart<'_>) -> bool {
    let height = || xml::attr(row, "ht").and_then(|h| h.trim().parse::<f64>().ok());
    xml::truth(row, "hidden") == Some(true) || height() == Some(0.0)
}

/// Whether any formula seems to have no stored result. Looks from each `<f` to the end of its cell.
fn lacks_result(body: &[u8]) -> bool {
    let end_of_cell = memmem::Finder::new(b"</c>");
    let value = memmem::Finder::new(b"<v>");
    let mut rest = body;
    while let Some(at) = memmem::find(rest, b"<f") {
        rest = rest.get(at + 2..).unwrap_or(&[]);
        if !matches!(rest.first(), Some(b'>' | b' ' | b'/')) {
            continue;
        }
        let end = end_of_cell.find(rest).unwrap_or(rest.len());
        let cell = rest.get(..end).unwrap_or(&[]);
        let result = value.find(cell).and_then(|v| cell.get(v + 3..));
        if result.is_none_or(|r| r.starts_with(b"</v>")) {
            return true;
        }
        rest = rest.get(end..).unwrap_or(&[]);
    }
    // Elements under a prefix are rare; they are looked at one by one.
    memmem::find(body, b":f>").is_some() || memmem::find(body, b":f ").is_some()
}

fn hidden_cols(head: &str) -> Spans {
    let mut ranges = Vec::new();
    let mut reader = xml::reader(head);
    loop {
        match xml::next(&mut reader) {
            Event::Start(e) if e.local_name().as_ref() == "col" => {
                let width = xml::attr(&e, "width");
                let zero = width.is_some_and(|w| w.trim().parse() == Ok(0.0));
                if zero || xml::truth(&e, "hidden") == Some(true) {
                    let (first, last) = (xml::number(&e, "min"), xml::number(&e, "max"));
                    if let (Some(first), Some(last)) = (first, last) {
                        ranges.push((first.saturating_sub(1), last.saturating_sub(1)));
                    }
                }
            }
            Event::Eof => return Spans::new(ranges),
            _ => {}
        }
    }
}

fn merges(tail: &str) -> Vec<Region> {
    let mut regions = Vec::new();
    let Some(start) = memmem::find(tail.as_bytes(), b"mergeCells") else {
        return regions;
    };
    let mut reader = xml::reader(tail.get(start..).unwrap_or(""));
    loop {
        match xml::next(&mut reader) {
            Event::Start(e) if e.local_name().as_ref() == "mergeCell" => {
                regions.extend(xml::attr(&e, "ref").and_then(|r| region(&r)));
            }
            Event::End(e) if e.local_name().as_ref() == "mergeCells" => return regions,
            Event::Eof => return regions,
            _ => {}
        }
    }
}

/// The second pass over the rows.
struct Body<'a> {
    reader: Reader<&'a [u8]>,
    /// Formulas that others share, by their index.
    formulas: HashMap<u32, String>,
    hidden: Vec<(u32, u32)>,
    row: u32,
    col: u32,
}

impl<'a> Body<'a> {
    fn new(body: &'a str) -> Self {
        Body {
            reader: xml::reader(body),
            formulas: HashMap::new(),
            hidden: Vec::new(),
            row: 0,
            col: 0,
        }
    }

    fn read(mut self, marks: &mut Marks) {
        loop {
            match xml::next(&mut self.reader) {
                Event::Start(e) => match e.local_name().as_ref() {
                    "row" => self.row(&e),
                    "c" => self.cell(&e, marks),
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "row" => {
                    self.row = self.row.saturating_add(1);
                    self.col = 0;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        marks.hidden_rows = Spans::new(self.hidden);
    }

    fn row(&mut self, e: &BytesStart<'_>) {
        if let Some(r) = xml::number(e, "r") {
            self.row = r.saturating_sub(1);
        }
        if is_hidden(e) {
            self.hidden.push((self.row, self.row));
        }
    }

    fn cell(&mut self, e: &BytesStart<'_>, marks: &mut Marks) {
        let place = xml::attr(e, "r").and_then(|r| cell_place(&r));
        let (row, col) = place.unwrap_or((self.row, self.col));
        let kind = xml::attr(e, "t").unwrap_or_default().into_owned();
        self.col = col.saturating_add(1);
        let mut formula = None;
        let mut value = String::new();
        loop {
            match xml::next(&mut self.reader) {
                Event::Start(e) => match e.local_name().as_ref() {
                    "f" => formula = Some(self.formula(&e)),
                    "v" => value = self.text("v"),
                    "is" => {
                        let rich = strings::read_one(&mut self.reader, "is");
                        marks.rich.insert((row, col), rich);
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "c" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        if let Some(formula) = formula
            && value.trim().is_empty()
            && kind != "str"
        {
            marks.uncomputed.push((row, col, format!("={formula}")));
        }
    }

    fn formula(&mut self, e: &BytesStart<'_>) -> String {
        let index = xml::number(e, "si");
        let text = self.text("f");
        match index {
            Some(index) if text.is_empty() => {
                self.formulas.get(&index).cloned().unwrap_or_default()
            }
            Some(index) => {
                self.formulas.insert(index, text.clone());
                text
            }
            None => text,
        }
    }

    fn text(&mut self, closing: &str) -> String {
        let mut text = String::new();
        loop {
            match xml::next(&mut self.reader) {
                Event::End(e) if e.local_name().as_ref() == closing => return text,
                Event::Eof => return text,
                event => xml::push_text(&event, &mut text),
            }
        }
    }
}
