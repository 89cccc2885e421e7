//! What the run did: counts, outcomes, warnings, and how to read the workbook. No clock.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::super::{DocumentStatus, Outcome, Run, RunStatus};
use super::label::{self, Label};
use super::page::Page;
use super::style::Styles;
use super::{Head, numbered_sheet};
use crate::config::Language;
use crate::model::{Document, Status, Warning};

/// Most warnings, and most outcomes, that are listed.
const MOST: usize = 20_000;

/// Last column.
const LAST: u16 = 10;

/// The warnings of all documents.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    list: Vec<(u32, Warning)>,
    left_out: u64,
}

impl Warnings {
    /// Adds those of a document.
    pub(super) fn add(&mut self, head: u32, document: &Document) {
        for warning in &document.warnings {
            match self.list.len() < MOST {
                true => self.list.push((head, warning.clone())),
                false => self.left_out += 1,
            }
        }
    }
}

/// What the sheet tells of.
pub(super) struct Told<'a> {
    pub(super) run: &'a Run,
    pub(super) heads: &'a [Head],
    pub(super) warnings: &'a Warnings,
    pub(super) styles: &'a Styles,
    pub(super) language: Language,
}

impl Told<'_> {
    /// Fills the sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let mut page = Page {
            sheet,
            language: self.language,
        };
        let styles = self.styles;
        page.label(0, 0, label::RESULT_TITLE, &styles.title)?;
        let (said, format) = match self.run.status {
            RunStatus::Complete => (label::RESULT_OK, &styles.help),
            RunStatus::WithFailures => (label::RESULT_FAILED, &styles.plain),
        };
        page.label(1, 0, said, format)?;
        let after = self.counts(&mut page, 3)?;
        let after = self.guide(&mut page, after + 1)?;
        let after = self.catalogs(&mut page, after + 1)?;
        let after = self.documents(&mut page, after + 1)?;
        self.warnings(&mut page, after + 1)?;
        page.finish(1, 1)
    }

    /// Two columns of counts. Returns the row after them.
    fn counts(&self, page: &mut Page<'_>, first: RowNum) -> Result<RowNum, XlsxError> {
        let c = &self.run.counts;
        let counts = [
            (label::COUNT_DOCUMENTS, c.documents),
            (label::COUNT_IMPORTED, c.imported),
            (label::COUNT_FAILED, c.failed),
            (label::COUNT_SKIPPED, c.skipped),
            (label::COUNT_WARNINGS, c.warnings),
            (label::COUNT_ROWS, c.rows),
            (label::COUNT_ACCEPTED, c.accepted),
            (label::COUNT_REVIEW, c.review),
            (label::COUNT_UNMAPPED, c.unmapped),
            (label::COUNT_BLANK, c.blank),
        ];
        let (left, right) = counts.split_at(5);
        for (row, (left, right)) in (first..).zip(left.iter().zip(right)) {
            for (col, (label, count)) in [(0, left), (3, right)] {
                page.label(row, col, *label, &self.styles.body)?;
                page.number(row, col + 1, *count as f64, &self.styles.count)?;
            }
        }
        Ok(first + 5)
    }

    /// What each sheet and each colour is.
    fn guide(&self, page: &mut Page<'_>, first: RowNum) -> Result<RowNum, XlsxError> {
        let sheets = [
            (label::COMPARISON, label::GUIDE_COMPARISON),
            (label::ROWS, label::GUIDE_ROWS),
            (label::QUEUE, label::GUIDE_QUEUE),
            (label::ASKS, label::GUIDE_ASKS),
            (label::RESULT, label::GUIDE_RESULT),
        ];
        page.label(first, 0, label::GUIDE, &self.styles.section)?;
        page.sheet.set_row_format(first, &self.styles.section)?;
        for (row, (sheet, said)) in (first + 1..).zip(sheets) {
            let name = numbered_sheet(sheet.of(self.language), 0);
            page.text(row, 0, &name, &self.styles.body)?;
            page.label(row, 1, said, &self.styles.plain)?;
        }
        let legend = first + 7;
        page.label(legend, 0, label::LEGEND, &self.styles.body)?;
        let statuses = [
            Status::Yes,
            Status::Stated,
            Status::Partial,
            Status::No,
            Status::NotApplicable,
            Status::Undisclosed,
            Status::Blank,
        ];
        for (col, status) in (1..).zip(statuses) {
            let format = self.styles.answer(status, false);
            page.label(legend, col, label::status(status), format)?;
        }
        let review = self.styles.answer(Status::Yes, true);
        page.label(legend, 8, label::REVIEW, review)?;
        page.label(legend, 9, label::NO_ROW, &self.styles.no_row)?;
        Ok(legend + 1)
    }

    fn catalogs(&self, page: &mut Page<'_>, first: RowNum) -> Result<RowNum, XlsxError> {
        page.label(first, 0, label::CATALOGS, &self.styles.section)?;
        page.sheet.set_row_format(first, &self.styles.section)?;
        let mut row = first + 1;
        for catalog in &self.run.catalogs {
            page.text(row, 0, &catalog.id, &self.styles.body)?;
            page.number(row, 1, catalog.items as f64, &self.styles.count)?;
            page.text(row, 2, &catalog.title, &self.styles.plain)?;
            row += 1;
        }
        Ok(row)
    }

    fn documents(&self, page: &mut Page<'_>, first: RowNum) -> Result<RowNum, XlsxError> {
        let titles = [
            (label::FILE, 30.0),
            (label::OUTCOME, 12.0),
            (label::VENDOR, 22.0),
            (label::FORMAT, 16.0),
            (label::COUNT_ROWS, 11.0),
            (label::COUNT_ACCEPTED, 11.0),
            (label::COUNT_REVIEW, 11.0),
            (label::COUNT_UNMAPPED, 13.0),
            (label::COUNT_BLANK, 11.0),
            (label::COUNT_WARNINGS, 11.0),
            (label::WHAT_TO_DO, 70.0),
        ];
        page.header(first, &titles, &self.styles.header)?;
        let mut heads = self.heads.iter();
        let mut row = first + 1;
        for outcome in self.run.documents.iter().take(MOST) {
            let head = match outcome.status {
                DocumentStatus::Imported => heads.next(),
                _ => None,
            };
            self.outcome(page, row, outcome, head)?;
            row += 1;
        }
        Ok(row)
    }

    fn outcome(
        &self,
        page: &mut Page<'_>,
        row: RowNum,
        outcome: &Outcome,
        head: Option<&Head>,
    ) -> Result<(), XlsxError> {
        let (styles, language) = (self.styles, self.language);
        let link = head.and_then(|h| h.link.as_deref());
        page.link(row, 0, &outcome.path, link, [&styles.link, &styles.body])?;
        let (word, format): (Label, _) = match outcome.status {
            DocumentStatus::Imported => (label::IMPORTED, &styles.body),
            DocumentStatus::Failed => (label::FAILED, &styles.bad),
            DocumentStatus::Skipped => (label::SKIPPED, &styles.no_row),
        };
        page.label(row, 1, word, format)?;
        let vendor = head.and_then(|h| h.vendor.as_deref());
        page.text(row, 2, vendor.unwrap_or_default(), &styles.body)?;
        let kind = outcome.format.map_or("", crate::model::Format::name);
        page.text(row, 3, kind, &styles.body)?;
        let counts = [
            outcome.rows,
            outcome.accepted,
            outcome.review,
            outcome.unmapped,
            outcome.blank,
            outcome.warnings,
        ];
        for (col, count) in (4..).zip(counts) {
            match head {
                Some(_) => page.number(row, col, count as f64, &styles.count)?,
                None => page.text(row, col, "", &styles.body)?,
            }
        }
        let said = match (&outcome.error, &outcome.skipped) {
            (Some(error), _) => {
                let advice = label::failure(error.reason).of(language);
                let place = error.place.as_deref().map(|p| format!("{p}: "));
                let place = place.unwrap_or_default();
                format!("{advice}\n[{place}{}; {}]", error.message, error.hint)
            }
            (None, Some(skip)) => skip.message.clone(),
            (None, None) => String::new(),
        };
        page.fit(row, [(outcome.path.as_str(), 30.0), (&said, 70.0)])?;
        page.text(row, LAST, &said, &styles.body)
    }

    fn warnings(&self, page: &mut Page<'_>, first: RowNum) -> Result<(), XlsxError> {
        if self.warnings.list.is_empty() {
            return Ok(());
        }
        let styles = self.styles;
        page.label(first, 0, label::WARNINGS, &styles.section)?;
        page.sheet.set_row_format(first, &styles.section)?;
        page.label(first, 3, label::PLACE, &styles.section)?;
        page.label(first, 4, label::MESSAGE, &styles.section)?;
        let mut row = first + 1;
        for (head, warning) in &self.warnings.list {
            page.text(row, 0, &self.heads[*head as usize].path, &styles.body)?;
            let kind = label::warning(warning.code).of(self.language);
            page.text(row, 1, kind, &styles.plain)?;
            let place = match (&warning.place, warning.rows) {
                (Some(place), _) => place.clone(),
                (None, Some(rows)) => {
                    let [first, last] = rows.map(|n| n.to_string());
                    let with = [("first", first.as_str()), ("last", &last)];
                    label::AT_ROWS.fill(self.language, &with)
                }
                (None, None) => String::new(),
            };
            page.text(row, 3, &place, &styles.plain)?;
            page.text(row, 4, &warning.message, &styles.plain)?;
            row += 1;
        }
        if self.warnings.left_out > 0 {
            let n = self.warnings.left_out.to_string();
            let said = label::WARNINGS_MORE.fill(self.language, &[("n", &n)]);
            page.text(row, 0, &said, &styles.help)?;
        }
        Ok(())
    }
}
