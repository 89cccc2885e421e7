//! XLSX and XLSM: values through calamine's streaming reader, everything else from the parts.

pub mod book;
mod comments;
pub mod drawing;
mod marks;
mod place;
mod plain;
pub mod relations;
mod strings;
mod styles;
pub mod vml;

use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use memchr::memmem;

use super::draft::{Budget, Draft, DraftCell, LAST, sheet_place};
use super::package::Package;
use super::styles::Styles;
use super::{guard, left_out_sheets, too_many};
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{CellKind, Warning};
use book::{Book, SheetPart};
use marks::Marks;
use plain::Plain;
use strings::RichStrings;

/// Reads a workbook.
///
/// # Errors
/// It is encrypted, damaged or too large.
pub fn read(
    bytes: &[u8],
    config: &ExtractConfig,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Draft>, FileError> {
    let mut package = Package::open(bytes, config.max_inflated_bytes)?;
    let book = book::read(&mut package)?;
    let sheets = shown(&book.sheets, config, warnings)?;
    let mut plain = Plain::new(book.is_1904);
    let styles = read_styles(&mut package, &book)?;
    let mut rich = RichStrings::default();
    if let Some(part) = &book.strings
        && let Some(mut text) = package.text(part)?
    {
        let struck_font = styles.cells.iter().any(|s| s.struck);
        let has = |pattern: &str| memmem::find(text.as_bytes(), pattern.as_bytes()).is_some();
        let strings = memmem::find_iter(text.as_bytes(), b"<si").count();
        if strings as u64 > config.max_cells {
            return Err(too_many("shared strings", config.max_cells));
        }
        if has("strike") || struck_font && has("rPr") {
            (rich, text) = RichStrings::take_out(&text);
        }
        plain.strings(text.into_bytes());
    }
    let mut drafts = Vec::new();
    for sheet in sheets {
        let Some(text) = package.text(&sheet.part)? else {
            return Err(damaged("the part is missing", &sheet.name));
        };
        let marks = marks::read(&text);
        let attached = read_attached(&mut package, &sheet.part, &text)?;
        let draft = Draft {
            name: Arc::from(sheet.name.as_str()),
            hidden: sheet.hidden,
            attached,
            ..Draft::default()
        };
        let id = plain.sheet(text.into_bytes());
        drafts.push((id, draft, marks));
    }
    let plain = plain.finish()?;
    let mut budget = Budget::new(config);
    guard::guarded(|| {
        let open = Xlsx::new(Cursor::new(plain.as_slice()));
        let mut values = open.map_err(|e| damaged(&e.to_string(), ""))?;
        let fill = |(id, mut draft, marks): (String, Draft, Marks)| {
            let look = Look {
                styles: &styles,
                rich: &rich,
            };
            cells(&mut values, &id, &mut draft, marks, look, &mut budget)?;
            Ok(draft)
        };
        drafts.into_iter().map(fill).collect()
    })
}

/// Worksheets that a workbook may list. Real ones have tens, the largest hundreds.
const MAX_SHEETS: usize = 10_000;

/// The sheets to read; warns of the hidden ones that are not.
///
/// # Errors
/// There are too many.
pub fn shown<'b>(
    sheets: &'b [SheetPart],
    config: &ExtractConfig,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<&'b SheetPart>, FileError> {
    if sheets.len() > MAX_SHEETS {
        return Err(too_many("sheets", MAX_SHEETS as u64));
    }
    let (hidden, shown): (Vec<_>, Vec<_>) = sheets
        .iter()
        .partition(|s| s.hidden && !config.include_hidden);
    left_out_sheets(hidden.iter().map(|s| s.name.as_str()), warnings);
    Ok(shown)
}

fn read_styles(package: &mut Package<'_>, book: &Book) -> Result<Styles, FileError> {
    let text = match &book.styles {
        Some(part) => package.text(part)?.unwrap_or_default(),
        None => String::new(),
    };
    let mut checkboxes = false;
    if memmem::find(text.as_bytes(), b"xfComplement").is_some() {
        let bag = package.part("xl/featurePropertyBag/featurePropertyBag.xml")?;
        checkboxes = bag.is_some_and(|b| memmem::find(&b, b"Checkbox").is_some());
    }
    Ok(styles::read(&text, book.is_1904, checkboxes))
}

/// Comments, controls and text boxes of a sheet. Only a sheet that names a drawing or that has
/// relationships can have any.
fn read_attached(
    package: &mut Package<'_>,
    part: &str,
    text: &str,
) -> Result<Vec<super::draft::Attached>, FileError> {
    let relations = relations::of(package, part)?;
    let mut attached = comments::read(package, &relations)?;
    let mut boxes = vml::read(package, &relations)?;
    let shapes = drawing::read(package, &relations)?;
    if boxes.is_empty() {
        boxes = drawing::controls(package, &relations, text, &shapes)?;
    }
    attached.append(&mut boxes);
    attached.extend(drawing::text_boxes(shapes));
    Ok(attached)
}

/// What values look like.
#[derive(Clone, Copy)]
struct Look<'b> {
    styles: &'b Styles,
    rich: &'b RichStrings,
}

/// Streams a sheet's values into its draft.
fn cells(
    values: &mut Xlsx<Cursor<&[u8]>>,
    id: &str,
    draft: &mut Draft,
    mut marks: Marks,
    look: Look<'_>,
    budget: &mut Budget,
) -> Result<(), FileError> {
    let failed = |e: XlsxError| damaged(&e.to_string(), &draft.name);
    let mut reader = match values.worksheet_cells_reader(id) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(e) => return Err(failed(e)),
    };
    while let Some((value, style)) = reader.next_cell_with_style_id().map_err(failed)? {
        let (row, col) = value.get_position();
        if row > LAST.0 || col > LAST.1 {
            return Err(damaged("a cell lies outside the sheet", &draft.name));
        }
        let Some(mut cell) = show(value.get_value(), style, look) else {
            continue;
        };
        if cell.text.is_empty() {
            continue;
        }
        budget.take(&draft.name, cell.text.len())?;
        if !marks.rich.is_empty()
            && let Some(rich) = marks.rich.remove(&(row, col))
        {
            cell.struck = rich.struck(look.styles.is_struck(style));
        }
        draft.cells.push(DraftCell { row, col, ..cell });
    }
    for (row, col, text) in marks.uncomputed {
        budget.take(&draft.name, text.len())?;
        draft.cells.push(DraftCell {
            row,
            col,
            text,
            uncomputed: true,
            ..DraftCell::default()
        });
    }
    draft.merges = marks.merges;
    draft.hidden_rows = marks.hidden_rows;
    draft.hidden_cols = marks.hidden_cols;
    Ok(())
}

/// A value as text; `None` for an empty one.
fn show(value: &DataRef<'_>, style: usize, look: Look<'_>) -> Option<DraftCell> {
    let styles = look.styles;
    Some(match value {
        DataRef::Empty => return None,
        DataRef::SharedString(text) => match look.rich.find(text) {
            Some(rich) => DraftCell {
                struck: rich.struck(styles.is_struck(style)),
                ..styles.text(style, rich.text())
            },
            None => styles.text(style, (*text).to_owned()),
        },
        DataRef::String(text) => styles.text(style, text.clone()),
        DataRef::Int(number) => styles.number(style, *number as f64),
        DataRef::Float(number) => styles.number(style, *number),
        DataRef::DateTime(date) => styles.number(style, date.as_f64()),
        DataRef::Bool(value) => styles.truth(style, *value),
        DataRef::Error(error) => styles.error(style, error.to_string()),
        // An error value that calamine does not know: see `plain`.
        DataRef::DateTimeIso(text) if text.starts_with('#') => styles.error(style, text.clone()),
        DataRef::DateTimeIso(text) => DraftCell {
            kind: CellKind::Date,
            ..styles.text(style, super::date::trim_iso(text).to_owned())
        },
        DataRef::DurationIso(text) => DraftCell {
            kind: CellKind::Date,
            ..styles.text(style, text.clone())
        },
    })
}

fn damaged(what: &str, sheet: &str) -> FileError {
    let error = FileError::new(
        Failure::Corrupt,
        format!("the workbook is damaged: {what}"),
        "ask for the file again; if it opens in a spreadsheet program, save it there first",
    );
    if sheet.is_empty() {
        error
    } else {
        error.at(sheet_place(sheet))
    }
}

#[cfg(test)]
mod tests;
