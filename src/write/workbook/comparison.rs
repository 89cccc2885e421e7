//! Items down, documents across.

use rust_xlsxwriter::{Note, RowNum, Worksheet, XlsxError};

use super::items::{Coverage, Items};
use super::page::{MOST_COLUMNS, Page};
use super::said::{joined, note, shown, summary, weight};
use super::style::Styles;
use super::{Head, label, text};
use crate::catalog::Catalog;
use crate::config::Language;
use crate::model::{Decision, Document, Status};

/// Columns before the documents: ID, category, name.
const LEADING: u16 = 3;

/// Most documents side by side: what a worksheet has columns for.
const MOST_ACROSS: usize = (MOST_COLUMNS - LEADING) as usize;

/// Most documents whose cells have notes: each note is a drawing that a program keeps in memory.
const MOST_WITH_NOTES: usize = 30;

/// Most answers kept: what programs for spreadsheets still open.
const MOST_ANSWERS: usize = 1_000_000;

/// Documents on a printed page.
const ACROSS_A_PAGE: usize = 6;

/// All answers to items.
#[derive(Debug)]
pub(super) struct Comparison {
    /// Most documents on a sheet.
    pub(super) across: usize,
    documents: Vec<Compared>,
    /// By item, in the order of documents.
    answers: Vec<Vec<Answered>>,
    count: usize,
    left_out: usize,
}

/// A document as it is compared.
#[derive(Debug)]
struct Compared {
    /// Number of the document's head.
    head: u32,
    about: Vec<bool>,
    coverage: String,
}

/// An answer to an item.
#[derive(Debug)]
struct Answered {
    /// Index into the compared documents.
    document: u32,
    status: Status,
    review: bool,
    text: Box<str>,
    /// None with too many documents for notes.
    note: Box<str>,
}

/// Documents and items of a sheet.
struct Across<'a> {
    catalogs: &'a [Catalog],
    items: &'a Items,
    heads: &'a [Head],
    styles: &'a Styles,
    /// The compared documents on this sheet.
    documents: std::ops::Range<usize>,
    with_notes: bool,
}

impl Comparison {
    pub(super) fn new() -> Self {
        Comparison {
            across: MOST_ACROSS,
            documents: Vec::new(),
            answers: Vec::new(),
            count: 0,
            left_out: 0,
        }
    }

    /// Adds a document's answers.
    pub(super) fn add(
        &mut self,
        head: u32,
        document: &Document,
        items: &Items,
        coverage: &Coverage,
        language: Language,
    ) {
        self.answers.resize_with(items.all.len(), Vec::new);
        if self.count >= MOST_ANSWERS {
            self.left_out += 1;
            return;
        }
        let number = self.documents.len() as u32;
        let with_notes = self.documents.len() < MOST_WITH_NOTES;
        for row in &document.rows {
            let id = row.mapping.item_id.as_deref();
            let Some(item) = id.and_then(|id| items.find(id)) else {
                continue;
            };
            let note = match with_notes {
                true => note(document, row, language),
                false => String::new(),
            };
            self.answers[item].push(Answered {
                document: number,
                status: row.answer.status,
                review: row.mapping.decision != Decision::Accepted,
                text: shown(&row.answer, row.mapping.decision, language).into(),
                note: note.into(),
            });
            self.count += 1;
        }
        self.documents.push(Compared {
            head,
            about: coverage.about.clone(),
            coverage: summary(items, coverage, language),
        });
    }

    /// How many sheets it fills.
    pub(super) fn sheets(&self) -> usize {
        self.documents.len().div_ceil(self.across).max(1)
    }

    /// Fills its sheets.
    pub(super) fn write(
        &self,
        sheets: &mut [Worksheet],
        catalogs: &[Catalog],
        items: &Items,
        heads: &[Head],
        styles: &Styles,
        language: Language,
    ) -> Result<(), XlsxError> {
        for (n, sheet) in sheets.iter_mut().enumerate() {
            let first = n * self.across;
            let across = Across {
                catalogs,
                items,
                heads,
                styles,
                documents: first..self.documents.len().min(first + self.across),
                with_notes: self.documents.len() <= MOST_WITH_NOTES,
            };
            let mut page = Page { sheet, language };
            self.head(&mut page, &across, self.sheets())?;
            let last = self.body(&mut page, &across)?;
            let columns = LEADING + across.documents.len() as u16;
            page.sheet.autofilter(3, 0, last.max(3), columns - 1)?;
            page.sheet.set_freeze_panes(4, LEADING)?;
            page.sheet.set_repeat_columns(0, LEADING - 1)?;
            let wide = across.documents.len().div_ceil(ACROSS_A_PAGE).max(1);
            page.finish(3, wide as u16)?;
        }
        Ok(())
    }

    /// Title, coverage and the documents' names.
    fn head(
        &self,
        page: &mut Page<'_>,
        across: &Across<'_>,
        sheets: usize,
    ) -> Result<(), XlsxError> {
        let (styles, language) = (across.styles, page.language);
        page.label(0, 0, label::COMPARISON_TITLE, &styles.title)?;
        page.sheet.set_row_height(0, 26)?;
        let source = match across.with_notes {
            true => label::SOURCE_IN_NOTES,
            false => label::SOURCE_IN_ROWS,
        };
        let mut help = vec![label::COMPARISON_HELP.of(language).to_owned()];
        help.push(source.of(language).to_owned());
        if sheets > 1 {
            help.push(label::FURTHER_SHEET.fill(language, &[("n", &sheets.to_string())]));
        }
        if self.left_out > 0 {
            let n = self.left_out.to_string();
            help.push(label::NOT_COMPARED.fill(language, &[("n", &n)]));
        }
        page.text(1, 0, &help.join(" "), &styles.help)?;
        let columns = [
            (label::ITEM_ID, 12.0),
            (label::CATEGORY, 16.0),
            (label::ITEM_NAME, 30.0),
        ];
        page.label(2, 0, label::COVERAGE, &styles.coverage)?;
        page.text(2, 1, "", &styles.coverage)?;
        page.text(2, 2, "", &styles.coverage)?;
        page.header(3, &columns, &styles.header)?;
        let width = width(across.documents.len());
        for (col, document) in (LEADING..).zip(&self.documents[across.documents.clone()]) {
            let head = &across.heads[document.head as usize];
            page.sheet.set_column_width(col, width)?;
            page.text(2, col, &document.coverage, &styles.coverage)?;
            let said = match &head.vendor {
                Some(vendor) => format!("{vendor}\n{}", head.file),
                None => head.file.clone(),
            };
            page.text(3, col, &said, &styles.header)?;
        }
        page.sheet.set_row_height(2, 20)?;
        page.sheet.set_row_height(3, 40)?;
        Ok(())
    }

    /// The items. Returns the last row.
    fn body(&self, page: &mut Page<'_>, across: &Across<'_>) -> Result<RowNum, XlsxError> {
        let mut row = 4;
        let about = |at: usize| self.documents.iter().filter(|d| d.about[at]).count();
        // First what most documents are about, last what is answered besides.
        let mut order: Vec<usize> = (0..across.catalogs.len()).collect();
        order.sort_by_cached_key(|at| std::cmp::Reverse(about(*at)));
        for at in order {
            let (catalog, whole) = (&across.catalogs[at], about(at) > 0);
            let items = across.items.all.iter().enumerate();
            let listed = items.filter(|(_, item)| item.catalog == at);
            let listed = listed.filter(|(n, _)| whole || self.is_answered(*n));
            let listed: Vec<usize> = listed.map(|(n, _)| n).collect();
            if listed.is_empty() {
                continue;
            }
            let title = match whole {
                true => catalog.title.clone(),
                false => label::ONLY_WITH_ROWS.fill(page.language, &[("title", &catalog.title)]),
            };
            banner(page, row, &title, &across.styles.catalog)?;
            row += 1;
            let mut section = None;
            for item in listed {
                let own = across.items.all[item].section.as_deref();
                if section != Some(own) {
                    let title = own.unwrap_or(label::NO_SECTION.of(page.language));
                    if own.is_some() || section.is_some() {
                        banner(page, row, title, &across.styles.section)?;
                        row += 1;
                    }
                    section = Some(own);
                }
                self.item(page, across, row, item)?;
                row += 1;
            }
        }
        Ok(row - 1)
    }

    fn is_answered(&self, item: usize) -> bool {
        self.answers.get(item).is_some_and(|a| !a.is_empty())
    }

    /// One item's row.
    fn item(
        &self,
        page: &mut Page<'_>,
        across: &Across<'_>,
        row: RowNum,
        number: usize,
    ) -> Result<(), XlsxError> {
        let (styles, language) = (across.styles, page.language);
        let item = &across.items.all[number];
        let name = item.name.as_str();
        page.text(row, 0, &item.id, &styles.id)?;
        page.text(
            row,
            1,
            item.category.as_deref().unwrap_or_default(),
            &styles.body,
        )?;
        page.text(row, 2, name, &styles.body)?;
        if let Some(asked) = &item.description {
            page.sheet.insert_note(row, 2, &comment(asked, language))?;
        }
        let width = width(across.documents.len());
        let mut fitted = vec![(name.to_owned(), 30.0)];
        let mut answers = self.answers[number].as_slice();
        let skipped = answers.partition_point(|a| (a.document as usize) < across.documents.start);
        answers = &answers[skipped..];
        for (col, document) in (LEADING..).zip(across.documents.clone()) {
            let count = answers.partition_point(|a| a.document as usize <= document);
            let (own, rest) = answers.split_at(count);
            answers = rest;
            if own.is_empty() {
                match self.documents[document].about[item.catalog] {
                    true => page.label(row, col, label::NO_ROW, &styles.no_row)?,
                    false => page.text(row, col, "", &styles.outside)?,
                }
                continue;
            }
            let said = joined(own.iter().map(|a| &*a.text), "\n");
            let worst = own.iter().map(|a| a.status).max_by_key(|s| weight(*s));
            let review = own.iter().any(|a| a.review);
            let format = styles.answer(worst.unwrap_or_default(), review);
            page.text(row, col, &said, format)?;
            if across.with_notes {
                let said = joined(own.iter().map(|a| &*a.note), "\n\n");
                page.sheet
                    .insert_note(row, col, &comment(&said, language))?;
            }
            fitted.push((said, width));
        }
        page.fit(
            row,
            fitted.iter().map(|(text, width)| (text.as_str(), *width)),
        )
    }
}

/// A heading over the items.
fn banner(
    page: &mut Page<'_>,
    row: RowNum,
    title: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    page.sheet.set_row_format(row, format)?;
    page.sheet.set_row_height(row, 20)?;
    page.text(row, 0, title, format)
}

fn comment(said: &str, language: Language) -> Note {
    Note::new(text::note(said, language))
        .add_author_prefix(false)
        .set_author("torikomi")
        .set_font_name("游ゴシック")
        .set_font_size(9)
        .set_width(300)
        .set_height(130)
}

/// Characters of a document's column.
fn width(documents: usize) -> f64 {
    match documents {
        0..=3 => 46.0,
        4..=8 => 36.0,
        _ => 28.0,
    }
}
