//! Every row, flat, written as documents come.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ColNum, RowNum, Url, Workbook, Worksheet, XlsxError};

use super::super::{COLUMNS, Cell, Column, FlatRow, Imported};
use super::items::Items;
use super::label::{self, Label};
use super::markup::Look;
use super::page::{MOST_ROWS, Page};
use super::part::Part;
use super::style::Styles;
use super::text;
use crate::config::Language;

/// What lists are joined with inside a cell.
const BETWEEN: &str = "; ";

/// Rows that lead to their file: beyond, the first row of each document does. Excel takes 65,530
/// links in a worksheet, and each is kept in memory.
const MOST_LINKED_ROWS: usize = 5_000;
const MOST_LINKS: usize = 60_000;

/// Height of a row, in points.
const ROW_HEIGHT: f64 = 17.0;

/// The columns, in the order in which they are read: who, where, what, the answer, the mapping.
/// The long and seldom used ones (`raw`, `candidates`, `related`, `other`, `bbox` …) are in
/// `rows.csv`, and so is what others imply (`document`, `catalog`). The name of the item stands after `item_id`.
const SHOWN: [(&str, Label, f64); 23] = [
    ("vendor", label::VENDOR, 20.0),
    ("path", label::FILE, 28.0),
    ("row", label::ROW, 6.0),
    ("sheet", label::SHEET, 12.0),
    ("cells", label::CELLS, 10.0),
    ("page", label::PAGE, 7.0),
    ("line", label::LINE, 7.0),
    ("number_raw", label::NUMBER, 8.0),
    ("section", label::SECTION, 18.0),
    ("category", label::CATEGORY, 14.0),
    ("item", label::ITEM, 24.0),
    ("description", label::DESCRIPTION, 34.0),
    ("unit", label::UNIT, 8.0),
    ("mark", label::MARK, 8.0),
    ("status", label::STATUS, 10.0),
    ("text", label::ANSWER, 40.0),
    ("values", label::VALUES, 20.0),
    ("item_id", label::ITEM_ID, 12.0),
    ("", label::ITEM_NAME, 24.0),
    ("decision", label::DECISION, 12.0),
    ("confidence", label::CONFIDENCE, 8.0),
    ("reasons", label::REASONS, 26.0),
    ("date", label::DATE, 11.0),
];

/// Where the input stands in [`SHOWN`].
const PATH: ColNum = 1;

/// What a cell shows.
enum Shows {
    /// What the flat row has.
    Value(&'static Column),
    /// The input, with a link to it.
    Path,
    /// The answer's status in words.
    Status,
    /// The decision in words.
    Decision,
    /// The reasons in words.
    Reasons,
    /// What the item is called.
    ItemName,
}

/// The worksheets of rows. The library makes all of each but its rows, which are compressed as they
/// come.
pub(super) struct Rows {
    /// Full ones, then the one that is being filled.
    sheets: Vec<(Worksheet, Part)>,
    columns: Vec<Shows>,
    look: Look,
    /// Where the next row goes.
    next: RowNum,
    /// How many rows a sheet has.
    pub(super) most: RowNum,
    links: usize,
    language: Language,
    /// Where temporary files go.
    folder: PathBuf,
    /// The document's rows as XML.
    xml: Vec<u8>,
}

impl Rows {
    pub(super) fn new(
        workbook: &mut Workbook,
        styles: &Styles,
        folder: &Path,
        language: Language,
    ) -> Result<Self, XlsxError> {
        let mut rows = Rows {
            sheets: Vec::new(),
            columns: SHOWN.iter().map(|(name, ..)| shows(name)).collect(),
            next: MOST_ROWS,
            most: MOST_ROWS,
            look: look(super::workbook(folder, styles)?, styles, language)?,
            links: 0,
            language,
            folder: folder.to_owned(),
            xml: Vec::new(),
        };
        rows.make_room(workbook, styles)?;
        Ok(rows)
    }

    /// Adds a document's rows.
    pub(super) fn add(
        &mut self,
        imported: &Imported,
        link: Option<&str>,
        workbook: &mut Workbook,
        items: &Items,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        for (n, row) in imported.rows().iter().enumerate() {
            self.make_room(workbook, styles)?;
            let wanted = self.links < MOST_LINKED_ROWS || (n == 0 && self.links < MOST_LINKS);
            let link = link.filter(|_| wanted);
            self.links += usize::from(link.is_some());
            if let (Some(link), Some((sheet, _))) = (link, self.sheets.last_mut()) {
                let url = Url::new(link).set_text(text::cell(row.path, self.language));
                sheet.write_url_with_format(self.next, PATH, &url, &styles.link)?;
            }
            self.push(row, link.is_some(), items);
            self.next += 1;
        }
        self.flush()
    }

    /// The worksheets, and their rows.
    pub(super) fn finish(mut self) -> Result<Vec<(Worksheet, Part)>, XlsxError> {
        self.close()?;
        Ok(self.sheets)
    }

    /// Begins a further worksheet where the last one is full.
    fn make_room(&mut self, workbook: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
        let has_room = |(_, part): &(Worksheet, Part)| !part.is_full();
        if self.next < self.most && self.sheets.last().is_some_and(has_room) {
            return Ok(());
        }
        self.close()?;
        let sheet = begun(workbook, styles, self.sheets.len(), self.language)?;
        (self.next, self.links) = (1, 0);
        self.sheets.push((sheet, Part::begin(&self.folder)?));
        Ok(())
    }

    /// Ends the worksheet that is being filled, if there is one.
    fn close(&mut self) -> Result<(), XlsxError> {
        self.flush()?;
        let (last, right) = ((self.next - 1).max(1), SHOWN.len() as ColNum - 1);
        if let Some((sheet, _)) = self.sheets.last_mut() {
            sheet.autofilter(0, 0, last, right)?;
            // The library tells the range of cells that it knows of.
            if self.next > 1 {
                sheet.write_string(last, right, "last")?;
            }
        }
        Ok(())
    }

    /// Hands over the rows that there are.
    fn flush(&mut self) -> Result<(), XlsxError> {
        if let Some((_, part)) = self.sheets.last_mut() {
            part.push(&self.xml)?;
        }
        self.xml.clear();
        Ok(())
    }

    /// Appends a row.
    fn push(&mut self, row: &FlatRow<'_>, is_linked: bool, items: &Items) {
        let (number, language) = (self.next + 1, self.language);
        let number = number.to_string();
        let mut cells = self.look.row(&number, &mut self.xml);
        for (col, shows) in (0..).zip(&self.columns) {
            let mut put = |said: &str| {
                if !said.is_empty() {
                    cells.text(col, false, &text::cell(said, language));
                }
            };
            match shows {
                Shows::Path if row.path.is_empty() => {}
                Shows::Path => cells.text(col, is_linked, &text::cell(row.path, language)),
                Shows::Status => put(label::status(row.status).of(language)),
                Shows::Decision => put(label::decision(row.decision).of(language)),
                Shows::ItemName => put(row.item_id.map_or("", |id| items.name_of(id))),
                Shows::Reasons if row.reasons.is_empty() => {}
                Shows::Reasons => {
                    let reasons = row.reasons.iter().map(|r| label::reason(*r).of(language));
                    put(&reasons.collect::<Vec<_>>().join(BETWEEN));
                }
                Shows::Value(column) => match column.cell(row) {
                    Cell::Empty => {}
                    Cell::Text(said) => put(said),
                    Cell::List(list) => put(&list.join(BETWEEN)),
                    Cell::Integers(list) => put(&joined(list)),
                    Cell::Numbers(list) => put(&joined(list)),
                    Cell::Integer(n) => cells.number(col, n),
                    Cell::Number(n) => cells.number(col, n),
                },
            }
        }
        cells.end();
    }
}

/// How the rows of a workbook look whose first sheet is one of rows.
fn look(mut workbook: Workbook, styles: &Styles, language: Language) -> Result<Look, XlsxError> {
    let mut sheet = begun(&mut workbook, styles, 0, language)?;
    sheet.write_string(1, 0, "text")?;
    let link = Url::new("file:///link");
    sheet.write_url_with_format(1, PATH, &link, &styles.link)?;
    workbook.push_worksheet(sheet);
    Look::of(&workbook.save_to_buffer()?)
}

/// A worksheet without rows but that of titles, number `n` from 0 on.
fn begun(
    workbook: &mut Workbook,
    styles: &Styles,
    n: usize,
    language: Language,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(super::numbered_sheet(label::ROWS.of(language), n))?;
    let mut page = Page {
        sheet: &mut sheet,
        language,
    };
    let titles = SHOWN.map(|(_, title, width)| (title, width));
    page.header(0, &titles, &styles.header)?;
    // One line each, cut at the edge of the cell.
    let (rows, columns) = (ROW_HEIGHT, SHOWN.len() as ColNum);
    page.sheet.set_default_row_height(rows);
    page.sheet.set_row_height(0, 2.0 * rows)?;
    page.sheet
        .set_column_range_format(0, columns - 1, &styles.flat)?;
    page.sheet.set_freeze_panes(1, 2)?;
    page.finish(0, 2)?;
    Ok(sheet)
}

fn joined<T: ToString>(list: &[T]) -> String {
    let list: Vec<String> = list.iter().map(T::to_string).collect();
    list.join(BETWEEN)
}

fn shows(name: &str) -> Shows {
    match name {
        "path" => Shows::Path,
        "status" => Shows::Status,
        "decision" => Shows::Decision,
        "reasons" => Shows::Reasons,
        name => match COLUMNS.iter().find(|c| c.name == name) {
            Some(column) => Shows::Value(column),
            None => Shows::ItemName,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_columns_but_one_are_those_of_the_flat_rows() {
        let named = SHOWN.iter().map(|(name, ..)| shows(name));
        assert_eq!(named.filter(|s| matches!(s, Shows::ItemName)).count(), 1);
        for (name, ..) in SHOWN.iter().filter(|(name, ..)| !name.is_empty()) {
            assert!(COLUMNS.iter().any(|c| c.name == *name), "{name}");
        }
        assert_eq!(SHOWN[usize::from(PATH)].0, "path");
    }
}
