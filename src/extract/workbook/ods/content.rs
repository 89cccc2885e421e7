//! `content.xml`: sheets, rows, cells.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::date::trim_iso;
use super::super::decimal::general;
use super::super::draft::{Attached, Attachment, Budget, Draft, DraftCell, LAST, Region, Spans};
use super::super::xml;
use super::styles::{Family, Styles};
use super::text::{self, Content};
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::CellKind;

/// The sheets of a spreadsheet.
#[derive(Debug, Default)]
pub struct Sheets {
    /// Those that are read.
    pub drafts: Vec<Draft>,
    /// Names of hidden ones that are not.
    pub left_out: Vec<String>,
}

/// Reads all sheets.
///
/// # Errors
/// The part is damaged, or holds more than allowed.
pub fn read(part: &str, styles: &Styles, config: &ExtractConfig) -> Result<Sheets, FileError> {
    let mut reader = xml::reader(part);
    let mut budget = Budget::new(config);
    let mut sheets = Sheets::default();
    loop {
        match xml::next(&mut reader) {
            Event::Start(e) if e.local_name().as_ref() == "table" => {
                let name = xml::attr(&e, "name").unwrap_or_default().into_owned();
                let style = xml::attr(&e, "style-name").unwrap_or_default();
                let hidden = styles.hides(&style) || xml::truth(&e, "display") == Some(false);
                let mut sheet = Sheet::new(&name, styles, &mut budget);
                sheet.read(&mut reader)?;
                let draft = sheet.finish(hidden);
                // Cached cells of another file, which formulas refer to.
                if name.starts_with("'file:") {
                    continue;
                }
                if hidden && !config.include_hidden {
                    sheets.left_out.push(name);
                } else {
                    sheets.drafts.push(draft);
                }
            }
            Event::End(e) if e.local_name().as_ref() == "spreadsheet" => return Ok(sheets),
            // Rows that are not there cannot be told from rows that were cut off.
            Event::Eof => {
                return Err(FileError::new(
                    Failure::Corrupt,
                    "the part is damaged or cut off",
                    "ask for the file again; if it opens in a spreadsheet program, save it there first",
                )
                .at("part content.xml"));
            }
            _ => {}
        }
    }
}

struct Sheet<'s> {
    draft: Draft,
    styles: &'s Styles,
    budget: &'s mut Budget,
    hidden_rows: Vec<(u32, u32)>,
    hidden_cols: Vec<(u32, u32)>,
    /// Columns whose default style is struck through, and the same once the rows begin.
    struck_ranges: Vec<(u32, u32)>,
    struck_cols: Option<Spans>,
    /// Checkboxes by ID: ticked, caption.
    boxes: HashMap<String, (bool, String)>,
    row: u32,
    col: u32,
}

/// A row while it is read.
#[derive(Default)]
struct Row {
    cells: Vec<DraftCell>,
    merges: Vec<Region>,
    struck: Option<bool>,
}

impl<'s> Sheet<'s> {
    fn new(name: &str, styles: &'s Styles, budget: &'s mut Budget) -> Self {
        Sheet {
            draft: Draft {
                name: name.into(),
                ..Draft::default()
            },
            styles,
            budget,
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            struck_ranges: Vec::new(),
            struck_cols: None,
            boxes: HashMap::new(),
            row: 0,
            col: 0,
        }
    }

    /// Reads up to the end of the table.
    fn read(&mut self, reader: &mut Reader<&[u8]>) -> Result<(), FileError> {
        loop {
            match xml::next(reader) {
                Event::Start(e) => match e.local_name().as_ref() {
                    "table-column" => self.column(&e),
                    "table-row" => self.row(&e, reader)?,
                    "checkbox" | "radio" => self.checkbox(&e),
                    "shapes" => {
                        let shapes = text::read(reader, self.styles);
                        self.attach_to_sheet(shapes);
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "table" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn finish(mut self, hidden: bool) -> Draft {
        self.draft.hidden = hidden;
        self.draft.hidden_rows = Spans::new(self.hidden_rows);
        self.draft.hidden_cols = Spans::new(self.hidden_cols);
        self.draft
    }

    fn column(&mut self, e: &BytesStart<'_>) {
        let last = last_of(self.col, e, "number-columns-repeated");
        if is_collapsed(e) {
            self.hidden_cols.push((self.col, last));
        }
        let style = xml::attr(e, "default-cell-style-name").unwrap_or_default();
        if self.styles.struck(Family::Cell, &style) == Some(true) {
            self.struck_ranges.push((self.col, last));
        }
        self.col = last.saturating_add(1);
    }

    fn row(&mut self, e: &BytesStart<'_>, reader: &mut Reader<&[u8]>) -> Result<(), FileError> {
        let last = last_of(self.row, e, "number-rows-repeated");
        if is_collapsed(e) {
            self.hidden_rows.push((self.row, last));
        }
        let style = xml::attr(e, "default-cell-style-name").unwrap_or_default();
        let mut row = Row {
            struck: self.styles.struck(Family::Cell, &style),
            ..Row::default()
        };
        self.col = 0;
        loop {
            match xml::next(reader) {
                Event::Start(e) => match e.local_name().as_ref() {
                    "table-cell" | "covered-table-cell" => self.cell(&e, reader, &mut row)?,
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "table-row" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        if self.row > LAST.0 || row.cells.is_empty() && row.merges.is_empty() {
            self.row = last.saturating_add(1);
            return Ok(());
        }
        let first = self.row;
        for at in first..=last.min(LAST.0) {
            for cell in &row.cells {
                if at > first {
                    self.budget.take(&self.draft.name, cell.text.len())?;
                }
                self.draft.cells.push(DraftCell {
                    row: at,
                    ..cell.clone()
                });
            }
            for merge in &row.merges {
                // Room for a cell that spans, with or without text.
                self.budget.take(&self.draft.name, 0)?;
                let end = (merge.bottom.saturating_add(at - first), merge.right);
                self.draft.merges.push(Region::new((at, merge.left), end));
            }
        }
        self.row = last.saturating_add(1);
        Ok(())
    }

    fn cell(
        &mut self,
        e: &BytesStart<'_>,
        reader: &mut Reader<&[u8]>,
        row: &mut Row,
    ) -> Result<(), FileError> {
        let (first, last) = (self.col, last_of(self.col, e, "number-columns-repeated"));
        self.col = last.saturating_add(1);
        let content = text::read(reader, self.styles);
        let style = xml::attr(e, "style-name");
        let struck = style
            .and_then(|s| self.styles.struck(Family::Cell, &s))
            .or(row.struck)
            .unwrap_or_else(|| self.is_struck_col(first));
        let cell = value(e, &content, struck);
        self.attach(self.row, first, content);
        if first > LAST.1 {
            return Ok(());
        }
        let spanned = |name| xml::number(e, name).unwrap_or(1).max(1) - 1;
        let (down, right) = (
            spanned("number-rows-spanned"),
            spanned("number-columns-spanned"),
        );
        for col in first..=last.min(LAST.1) {
            if down > 0 || right > 0 {
                let end = (self.row.saturating_add(down), col.saturating_add(right));
                row.merges.push(Region::new((self.row, col), end));
            } else if cell.text.is_empty() {
                break;
            }
            if !cell.text.is_empty() {
                self.budget.take(&self.draft.name, cell.text.len())?;
                row.cells.push(DraftCell {
                    col,
                    ..cell.clone()
                });
            }
        }
        Ok(())
    }

    fn is_struck_col(&mut self, col: u32) -> bool {
        let ranges = &mut self.struck_ranges;
        let spans = self
            .struck_cols
            .get_or_insert_with(|| Spans::new(std::mem::take(ranges)));
        spans.cover(col, col)
    }

    /// Shapes that stand on the page: which cell is below them is not known.
    fn attach_to_sheet(&mut self, mut content: Content) {
        for id in std::mem::take(&mut content.controls) {
            if let Some((checked, label)) = self.boxes.get(&id) {
                let state = if *checked { '☑' } else { '☐' };
                content.shapes.push_str(&format!("\n{state}{label}"));
            }
        }
        self.attach(0, 0, content);
    }

    fn attach(&mut self, row: u32, col: u32, content: Content) {
        let mut add = |kind, text: &str| {
            if !text.trim().is_empty() || matches!(kind, Attachment::Checkbox { .. }) {
                self.draft.attached.push(Attached {
                    row,
                    col,
                    kind,
                    text: text.trim().to_owned(),
                });
            }
        };
        add(Attachment::Comment, &content.comment);
        add(Attachment::TextBox, &content.shapes);
        for id in &content.controls {
            if let Some((checked, label)) = self.boxes.get(id) {
                add(Attachment::Checkbox { checked: *checked }, label);
            }
        }
    }

    fn checkbox(&mut self, e: &BytesStart<'_>) {
        let label = xml::attr(e, "label").unwrap_or_default().into_owned();
        let state = xml::attr(e, "current-state").or_else(|| xml::attr(e, "current-selected"));
        let checked = state.is_some_and(|s| s == "checked" || s == "true");
        if let Some(id) = xml::attr(e, "id") {
            self.boxes.insert(id.into_owned(), (checked, label));
        }
    }
}

/// The last row or column of a repetition that starts at `first`.
fn last_of(first: u32, e: &BytesStart<'_>, name: &str) -> u32 {
    let n = xml::number(e, name).unwrap_or(1).max(1);
    first.saturating_add(n - 1)
}

fn is_collapsed(e: &BytesStart<'_>) -> bool {
    xml::attr(e, "visibility").is_some_and(|v| v == "collapse" || v == "filter")
}

/// A cell's value as its reader sees it: the text the program stored beside the value, except that
/// dates and times are ISO 8601.
fn value(e: &BytesStart<'_>, content: &Content, struck: bool) -> DraftCell {
    let shown = content.rich.text();
    let attr = |name: &str| xml::attr(e, name);
    let or = |stored: Option<String>| {
        if shown.is_empty() {
            stored
        } else {
            Some(shown.clone())
        }
    };
    let is_error = is_error(e);
    let (text, kind) = match attr("value-type").as_deref() {
        _ if is_error => (or(None), CellKind::Error),
        Some("date") => (
            attr("date-value").map(|d| trim_iso(&d).to_owned()),
            CellKind::Date,
        ),
        Some("time") => (attr("time-value").and_then(|t| clock(&t)), CellKind::Date),
        Some("boolean") => {
            let truth = attr("boolean-value").map(|b| b.to_ascii_uppercase());
            (truth.or_else(|| or(None)), CellKind::Bool)
        }
        Some("float" | "percentage" | "currency") => {
            let number = attr("value").and_then(|v| v.parse().ok()).map(general);
            (or(number), CellKind::Number)
        }
        _ => (
            or(attr("string-value").map(|s| s.into_owned())),
            CellKind::Text,
        ),
    };
    let mut cell = DraftCell {
        text: text.unwrap_or_else(|| shown.clone()),
        kind,
        struck: content.rich.struck(struck),
        ..DraftCell::default()
    };
    // A result, even an empty one, has a type.
    if let Some(formula) = attr("formula")
        && shown.is_empty()
        && attr("value-type").is_none()
    {
        let formula = formula.split_once('=').map_or(&*formula, |(_, f)| f);
        cell.text = format!("={formula}");
        cell.uncomputed = true;
    }
    cell
}

/// LibreOffice gives an error the type of an empty string, and says `error` in its own attribute.
fn is_error(e: &BytesStart<'_>) -> bool {
    let mut attributes = e.attributes();
    attributes.with_checks(false);
    attributes
        .flatten()
        .any(|a| a.key.local_name().as_ref() == "value-type" && a.value == "error")
}

/// `PT36H30M00S` to `36:30`.
fn clock(duration: &str) -> Option<String> {
    let (hours, rest) = duration.trim().strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.trim_end_matches('S').split(['.', ',']).next()?;
    let (hours, minutes): (u64, u64) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(match seconds.parse::<u64>().unwrap_or(0) {
        0 => format!("{hours:02}:{minutes:02}"),
        seconds => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    })
}
