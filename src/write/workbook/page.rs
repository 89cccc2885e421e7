//! A worksheet being filled, and how it is printed.

use rust_xlsxwriter::{ColNum, Format, IgnoreError, RowNum, Url, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::text;
use super::{label, label::Label};
use crate::config::Language;

/// Rows of a worksheet (Excel's limit; ECMA-376 leaves it open).
pub(super) const MOST_ROWS: RowNum = 1_048_576;

/// Columns of a worksheet.
pub(super) const MOST_COLUMNS: ColNum = 16_384;

/// Height of a line of 10-point text, in points.
const LINE: f64 = 16.0;

/// What a row has above and below its text, in points.
const MARGIN: f64 = 3.0;

/// Most lines that a row is high: more are there, and shown when the cell is opened.
const MOST_LINES: usize = 12;

/// A4 (ECMA-376, 18.18.50).
const A4: u8 = 9;

/// A worksheet being filled.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) language: Language,
}

impl Page<'_> {
    /// A text, which is never a formula.
    pub(super) fn text(
        &mut self,
        row: RowNum,
        col: ColNum,
        said: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let said = text::cell(said, self.language);
        self.sheet
            .write_string_with_format(row, col, said, format)
            .map(drop)
    }

    /// A word of the workbook's own.
    pub(super) fn label(
        &mut self,
        row: RowNum,
        col: ColNum,
        label: Label,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.text(row, col, label.of(self.language), format)
    }

    /// A number.
    pub(super) fn number(
        &mut self,
        row: RowNum,
        col: ColNum,
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet
            .write_number_with_format(row, col, number, format)
            .map(drop)
    }

    /// A text that leads to a file, where there is a link to it.
    pub(super) fn link(
        &mut self,
        row: RowNum,
        col: ColNum,
        said: &str,
        link: Option<&str>,
        [linked, format]: [&Format; 2],
    ) -> Result<(), XlsxError> {
        let Some(link) = link else {
            return self.text(row, col, said, format);
        };
        let url = Url::new(link).set_text(text::cell(said, self.language));
        self.sheet
            .write_url_with_format(row, col, &url, linked)
            .map(drop)
    }

    /// Column titles, each with its width in characters.
    pub(super) fn header(
        &mut self,
        row: RowNum,
        columns: &[(Label, f64)],
        format: &Format,
    ) -> Result<(), XlsxError> {
        for (col, (title, width)) in (0..).zip(columns) {
            self.sheet.set_column_width(col, *width)?;
            self.label(row, col, *title, format)?;
        }
        Ok(())
    }

    /// Makes a row as high as its texts need in columns of so many characters. Programs that
    /// measure texts themselves do so only for rows without a height, and then without limit.
    pub(super) fn fit<'t>(
        &mut self,
        row: RowNum,
        texts: impl IntoIterator<Item = (&'t str, f64)>,
    ) -> Result<(), XlsxError> {
        let lines = texts.into_iter().map(|(text, width)| lines(text, width));
        let lines = lines.max().unwrap_or(1).min(MOST_LINES);
        self.sheet
            .set_row_height(row, lines as f64 * LINE + MARGIN)
            .map(drop)
    }

    /// The last touch: A4 landscape, `wide` pages wide, titles on every page; and no marks at texts
    /// that are numbers, as many answers are.
    pub(super) fn finish(&mut self, titles: RowNum, wide: u16) -> Result<(), XlsxError> {
        let text = IgnoreError::NumberStoredAsText;
        self.sheet
            .ignore_error_range(0, 0, MOST_ROWS - 1, MOST_COLUMNS - 1, text)?;
        let footer = format!("&L&A&R{}", label::PAGE_FOOTER.of(self.language));
        self.sheet
            .set_landscape()
            .set_paper_size(A4)
            .set_print_fit_to_pages(wide, 0)
            .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
            .set_footer(footer)
            .set_repeat_rows(0, titles)
            .map(drop)
    }
}

/// How many lines a text takes in a column of so many half-width characters.
fn lines(text: &str, width: f64) -> usize {
    // Programs break a little earlier than characters would fit.
    let room = (width - 1.5).max(1.0);
    let line = |l: &str| ((l.width() as f64 / room).ceil() as usize).max(1);
    // Beyond this many bytes every row is as high as rows get.
    let enough = text.len() > 8_000;
    match enough {
        true => MOST_LINES,
        false => text.split('\n').map(line).sum::<usize>().max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_texts() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("a\nb", 10.0, 2),
            ("12345678", 10.0, 1),
            ("123456789", 10.0, 2),
            ("計画停止予定通知", 10.0, 2),
        ] {
            assert_eq!(lines(text, width), expected, "{text:?}");
        }
    }
}
