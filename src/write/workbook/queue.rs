//! The rows that wait for a decision, the most useful ones first.
//!
//! The order: rows that are probably about an item before rows that are mapped to nothing, as the
//! first are quick to settle, and rows without words, from which nothing can be learned, last. Within
//! these, the words that most rows share come first, because one decision settles all of them; then
//! documents in input order and rows in reading order, so that a reviewer opens each sheet once.
//!
//! `torikomi learn` finds the decisions by the names in a hidden row above the titles (`document`,
//! `row`, `item_id`, `remark`), whatever the language and wherever the columns are moved.

use rust_xlsxwriter::{Worksheet, XlsxError};
use rustc_hash::FxHashMap;

use super::choices::Choices;
use super::items::Items;
use super::page::Page;
use super::style::Styles;
use super::{Head, label, place};
use crate::config::Language;
use crate::model::{Candidate, Decision, Document, Reason, Row};
use crate::notation::fold;

/// Most rows that are listed: those of later documents are counted.
const MOST: usize = 50_000;

/// Rows whose drop-down has their own candidates first.
const MOST_WITH_CANDIDATES: usize = 2_000;

/// Names of the columns that are read back, and where they are.
const KEYS: [(u16, &str); 4] = [
    (CHOICE, "item_id"),
    (REMARK, "remark"),
    (DOCUMENT, "document"),
    (ROW, "row"),
];
const SHARED: u16 = 10;
const CHOICE: u16 = 12;
const REMARK: u16 = 13;
const DOCUMENT: u16 = 14;
const ROW: u16 = 15;

/// The row of the names, hidden, and that of the titles.
const NAMES: u32 = 2;
const TITLES: u32 = 3;

/// The rows that wait.
#[derive(Debug, Default)]
pub(super) struct Queue {
    rows: Vec<Open>,
    /// By name and description, folded: the number of the wording.
    wordings: FxHashMap<(String, String), u32>,
    /// By wording: how many rows have it.
    counts: Vec<u32>,
    left_out: u64,
}

/// A row that waits.
#[derive(Debug)]
struct Open {
    head: u32,
    row: u32,
    class: Class,
    wording: u32,
    decision: Decision,
    place: String,
    number: String,
    heading: String,
    item: String,
    description: String,
    answer: String,
    reasons: Vec<Reason>,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Review,
    Unmapped,
    Wordless,
}

impl Queue {
    /// Adds the rows of a document that wait.
    pub(super) fn add(&mut self, head: u32, document: &Document, language: Language) {
        for row in &document.rows {
            let Some(class) = class(row) else {
                continue;
            };
            // Not `row.compare`: a document that was read back from its file has none.
            let folded = |field: &Option<String>| fold(field.as_deref().unwrap_or_default());
            let wording = (folded(&row.item), folded(&row.description));
            let next = self.counts.len() as u32;
            if self.rows.len() >= MOST {
                self.left_out += 1;
                if let Some(known) = self.wordings.get(&wording) {
                    self.counts[*known as usize] += 1;
                }
                continue;
            }
            let wording = *self.wordings.entry(wording).or_insert(next);
            if wording == next {
                self.counts.push(0);
            }
            self.counts[wording as usize] += 1;
            self.rows
                .push(Open::new(head, row, class, wording, language));
        }
    }

    /// Fills the sheet.
    pub(super) fn write(
        &mut self,
        sheet: &mut Worksheet,
        heads: &[Head],
        items: &Items,
        choices: &mut Choices<'_>,
        styles: &Styles,
        language: Language,
    ) -> Result<(), XlsxError> {
        let counts = &self.counts;
        self.rows.sort_by_key(|r| {
            let shared = std::cmp::Reverse(counts[r.wording as usize]);
            (r.class, shared, r.head, r.row)
        });
        let mut page = Page { sheet, language };
        page.label(0, 0, label::QUEUE_TITLE, &styles.title)?;
        let mut help = match self.rows.is_empty() {
            true => label::QUEUE_NONE.of(language).to_owned(),
            false => label::QUEUE_HELP.of(language).to_owned(),
        };
        if self.left_out > 0 {
            let n = self.left_out.to_string();
            help.push_str(&label::QUEUE_MORE.fill(language, &[("n", &n)]));
        }
        page.text(1, 0, &help, &styles.help)?;
        for (col, name) in KEYS {
            page.text(NAMES, col, name, &styles.faint)?;
        }
        page.sheet.set_row_hidden(NAMES)?;
        let titles = titles();
        page.header(TITLES, &titles, &styles.header)?;
        let widths = titles.map(|(_, width)| width);
        for (at, open) in (TITLES + 1..).zip(&self.rows) {
            let shared = self.counts[open.wording as usize];
            let cells = open.cells(&heads[open.head as usize], items, language);
            page.fit(at, cells.iter().map(String::as_str).zip(widths))?;
            for (col, said) in (0..).zip(&cells) {
                let format = match (col, open.class) {
                    (CHOICE, Class::Wordless) => &styles.closed,
                    (CHOICE | REMARK, _) => &styles.input,
                    (DOCUMENT, _) => &styles.faint,
                    _ => &styles.body,
                };
                page.text(at, col, said, format)?;
            }
            page.number(at, SHARED, f64::from(shared), &styles.body)?;
            page.number(at, ROW, f64::from(open.row), &styles.faint)?;
        }
        self.drop_downs(page.sheet, choices)?;
        let last = TITLES + self.rows.len() as u32;
        page.sheet.autofilter(TITLES, 0, last, ROW)?;
        page.sheet.set_freeze_panes(TITLES + 1, 0)?;
        page.finish(TITLES, 1)
    }

    fn drop_downs(
        &self,
        sheet: &mut Worksheet,
        choices: &mut Choices<'_>,
    ) -> Result<(), XlsxError> {
        let open = self.rows.partition_point(|r| r.class < Class::Wordless);
        let own = open.min(MOST_WITH_CANDIDATES);
        let mut at = TITLES + 1;
        let mut lists = Vec::with_capacity(own);
        for row in &self.rows[..own] {
            lists.push(choices.list(row.candidates.iter().map(|c| c.item_id.as_str())));
        }
        for run in lists.chunk_by(|a, b| a == b) {
            let last = at + run.len() as u32 - 1;
            let validation = choices.validation(run[0])?;
            sheet.add_data_validation(at, CHOICE, last, CHOICE, &validation)?;
            at = last + 1;
        }
        if open > own {
            let last = TITLES + open as u32;
            let validation = choices.validation(0)?;
            sheet.add_data_validation(at, CHOICE, last, CHOICE, &validation)?;
        }
        Ok(())
    }
}

impl Open {
    fn new(head: u32, row: &Row, class: Class, wording: u32, language: Language) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let heading = [text(&row.section), text(&row.category)];
        let answer = [text(&row.answer.mark), row.answer.text.clone()];
        let joined = |parts: [String; 2], between: &str| {
            let parts = parts.into_iter().filter(|p| !p.is_empty());
            parts.collect::<Vec<_>>().join(between)
        };
        Open {
            head,
            row: row.row,
            class,
            wording,
            decision: row.mapping.decision,
            place: place::place(row, language),
            number: row.number.as_ref().map_or(String::new(), |n| n.raw.clone()),
            heading: joined(heading, " / "),
            item: text(&row.item),
            description: text(&row.description),
            answer: joined(answer, " "),
            reasons: row.mapping.reasons.clone(),
            candidates: row.mapping.candidates.clone(),
        }
    }

    /// Its cells as texts; those that are numbers are empty.
    fn cells(&self, head: &Head, items: &Items, language: Language) -> [String; 16] {
        let reasons = self.reasons.iter().map(|r| label::reason(*r).of(language));
        let candidate = |c: &Candidate| {
            let name = items.name_of(&c.item_id);
            format!("{} {name} {:.2}", c.item_id, c.score)
        };
        let candidates: Vec<String> = self.candidates.iter().map(candidate).collect();
        let remark = match self.class {
            Class::Wordless => label::NO_WORDS.of(language),
            _ => "",
        };
        [
            head.vendor.clone().unwrap_or_default(),
            head.file.clone(),
            self.place.clone(),
            self.number.clone(),
            self.heading.clone(),
            self.item.clone(),
            self.description.clone(),
            self.answer.clone(),
            label::decision(self.decision).of(language).to_owned(),
            reasons.collect::<Vec<_>>().join("\n"),
            String::new(),
            candidates.join("\n"),
            String::new(),
            remark.to_owned(),
            head.document.clone(),
            String::new(),
        ]
    }
}

/// Where a row stands in the queue; none when it does not wait: it is accepted, or was decided to
/// be in no catalog.
fn class(row: &Row) -> Option<Class> {
    let has = |reason| row.mapping.reasons.contains(&reason);
    match row.mapping.decision {
        Decision::Accepted => None,
        Decision::Unmapped if has(Reason::Learned) => None,
        _ if row.item.is_none() && row.description.is_none() => Some(Class::Wordless),
        Decision::Review => Some(Class::Review),
        Decision::Unmapped => Some(Class::Unmapped),
    }
}

fn titles() -> [(label::Label, f64); 16] {
    [
        (label::VENDOR, 16.0),
        (label::FILE, 20.0),
        (label::PLACE, 16.0),
        (label::NUMBER, 8.0),
        (label::SECTION_AND_CATEGORY, 18.0),
        (label::ITEM, 24.0),
        (label::DESCRIPTION, 36.0),
        (label::ANSWER, 32.0),
        (label::DECISION, 12.0),
        (label::REASONS, 24.0),
        (label::SAME_WORDS, 8.0),
        (label::CANDIDATES, 36.0),
        (label::CHOICE, 32.0),
        (label::REMARK, 20.0),
        (label::DOCUMENT, 14.0),
        (label::ROW, 6.0),
    ]
}
