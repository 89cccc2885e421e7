//! Every row, flat, written as documents come.

use rust_xlsxwriter::{ColNum, Format, RowNum, Url, Workbook, Worksheet, XlsxError};

use super::super::{COLUMNS, Cell, Column, FlatRow, Imported};
use super::items::Items;
use super::label::{self, Label};
use super::page::{MOST_ROWS, Page};
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

/// The worksheets of rows. Each row goes to a temporary file beside the workbook as soon as the
/// next one begins.
pub(super) struct Rows {
    /// Full ones, then the one that is being filled.
    sheets: Vec<Worksheet>,
    columns: Vec<Shows>,
    /// Where the next row goes.
    next: RowNum,
    /// How many rows a sheet has.
    pub(super) most: RowNum,
    links: usize,
    language: Language,
}

impl Rows {
    pub(super) fn new(
        workbook: &mut Workbook,
        styles: &Styles,
        language: Language,
    ) -> Result<Self, XlsxError> {
        let mut rows = Rows {
            sheets: Vec::new(),
            columns: SHOWN.iter().map(|(name, ..)| shows(name)).collect(),
            next: MOST_ROWS,
            most: MOST_ROWS,
            links: 0,
            language,
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
            self.write(row, link, items, &styles.link)?;
            self.next += 1;
        }
        Ok(())
    }

    /// The worksheets, whole.
    pub(super) fn finish(mut self) -> Result<Vec<Worksheet>, XlsxError> {
        self.close()?;
        Ok(self.sheets)
    }

    /// Begins a further worksheet where the last one is full.
    fn make_room(&mut self, workbook: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
        if self.next < self.most {
            return Ok(());
        }
        if !self.sheets.is_empty() {
            self.close()?;
        }
        let language = self.language;
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        let name = label::ROWS.of(language);
        sheet.set_name(super::numbered_sheet(name, self.sheets.len()))?;
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
        (self.next, self.links) = (1, 0);
        self.sheets.push(sheet);
        Ok(())
    }

    fn close(&mut self) -> Result<(), XlsxError> {
        let last = (self.next - 1).max(1);
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.autofilter(0, 0, last, SHOWN.len() as ColNum - 1)?;
        }
        Ok(())
    }

    fn write(
        &mut self,
        row: &FlatRow<'_>,
        link: Option<&str>,
        items: &Items,
        linked: &Format,
    ) -> Result<(), XlsxError> {
        let (at, language) = (self.next, self.language);
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        // No format: looking one up takes longer than writing the cell.
        let mut put = |col: ColNum, said: &str| match said {
            "" => Ok(()),
            said => sheet
                .write_string(at, col, text::cell(said, language))
                .map(drop),
        };
        let mut numbers = Vec::new();
        for (col, shows) in (0..).zip(&self.columns) {
            match shows {
                Shows::Path if link.is_some() => {}
                Shows::Path => put(col, row.path)?,
                Shows::Status => put(col, label::status(row.status).of(language))?,
                Shows::Decision => put(col, label::decision(row.decision).of(language))?,
                Shows::ItemName => put(col, row.item_id.map_or("", |id| items.name_of(id)))?,
                Shows::Reasons if row.reasons.is_empty() => {}
                Shows::Reasons => {
                    let reasons = row.reasons.iter().map(|r| label::reason(*r).of(language));
                    put(col, &reasons.collect::<Vec<_>>().join(BETWEEN))?;
                }
                Shows::Value(column) => match column.cell(row) {
                    Cell::Empty => {}
                    Cell::Text(said) => put(col, said)?,
                    Cell::List(list) => put(col, &list.join(BETWEEN))?,
                    Cell::Integers(list) => put(col, &joined(list))?,
                    Cell::Numbers(list) => put(col, &joined(list))?,
                    Cell::Integer(n) => numbers.push((col, n as f64)),
                    Cell::Number(n) => numbers.push((col, n)),
                },
            }
        }
        for (col, number) in numbers {
            sheet.write_number(at, col, number)?;
        }
        if let Some(link) = link {
            let url = Url::new(link).set_text(text::cell(row.path, language));
            let path = self.columns.iter().position(|s| matches!(s, Shows::Path));
            sheet.write_url_with_format(at, path.unwrap_or(0) as ColNum, &url, linked)?;
        }
        Ok(())
    }
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
    }
}
