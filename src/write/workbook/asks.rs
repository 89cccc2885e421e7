//! What to ask the vendors, in words that can be sent.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::contradiction::contradicts;
use super::items::{Coverage, Covered, Items, Named};
use super::label::{self, Label};
use super::page::Page;
use super::style::Styles;
use super::text::excerpt;
use super::{Head, place};
use crate::config::Language;
use crate::model::{Decision, Document, Reason, Row, Status, Warning, WarningCode};

/// Most that are listed.
const MOST: usize = 100_000;

/// How much of an answer a sentence quotes, in characters.
const QUOTED: usize = 80;

/// What to ask, in the order of documents.
#[derive(Debug, Default)]
pub(super) struct Asks {
    list: Vec<Ask>,
    left_out: u64,
}

/// Something to ask a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ask {
    /// Number of the document's head.
    document: u32,
    kind: Label,
    item: String,
    place: String,
    said: String,
    request: String,
}

impl Asks {
    /// Adds what to ask about a document.
    pub(super) fn add(
        &mut self,
        number: u32,
        document: &Document,
        items: &Items,
        coverage: &Coverage,
        language: Language,
    ) {
        let about = About {
            number,
            document,
            items,
            language,
        };
        let mut asks = about.slips();
        asks.extend(document.rows.iter().filter_map(|row| about.row(row)));
        asks.extend(about.missing(coverage));
        let room = MOST - self.list.len();
        self.left_out += asks.len().saturating_sub(room) as u64;
        asks.truncate(room);
        self.list.extend(asks);
    }

    /// Fills the sheet.
    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        heads: &[Head],
        styles: &Styles,
        language: Language,
    ) -> Result<(), XlsxError> {
        let mut page = Page { sheet, language };
        page.label(0, 0, label::ASKS_TITLE, &styles.title)?;
        let help = match (self.list.is_empty(), self.left_out) {
            (true, _) => label::ASKS_NONE.of(language).to_owned(),
            (_, 0) => label::ASKS_HELP.of(language).to_owned(),
            (_, n) => label::ASKS_MORE.fill(language, &[("n", &n.to_string())]),
        };
        page.text(1, 0, &help, &styles.help)?;
        let columns = [
            (label::VENDOR, 20.0),
            (label::FILE, 24.0),
            (label::KIND, 14.0),
            (label::ITEM_NAME, 26.0),
            (label::PLACE, 22.0),
            (label::SAID, 36.0),
            (label::REQUEST, 62.0),
        ];
        page.header(2, &columns, &styles.header)?;
        let mut row = 3;
        for ask in &self.list {
            let head = &heads[ask.document as usize];
            let cells = [
                head.vendor.as_deref().unwrap_or_default(),
                &head.file,
                ask.kind.of(language),
                &ask.item,
                &ask.place,
                &ask.said,
                &ask.request,
            ];
            page.fit(row, cells.into_iter().zip(columns.map(|c| c.1)))?;
            for (col, cell) in (0..).zip(cells) {
                let format = match col {
                    6 => &styles.request,
                    _ => &styles.body,
                };
                page.text(row, col, cell, format)?;
            }
            row += 1;
        }
        page.sheet.autofilter(2, 0, (row - 1).max(2), 6)?;
        page.sheet.set_freeze_panes(3, 0)?;
        page.finish(2, 1)
    }
}

/// A document that is asked about.
struct About<'a> {
    number: u32,
    document: &'a Document,
    items: &'a Items,
    language: Language,
}

impl About<'_> {
    fn ask(&self, kind: Label, item: &str, request: String) -> Ask {
        Ask {
            document: self.number,
            kind,
            item: item.to_owned(),
            place: String::new(),
            said: String::new(),
            request,
        }
    }

    /// Runs of rows where a column slipped: one request each.
    fn slips(&self) -> Vec<Ask> {
        let warnings = self.document.warnings.iter();
        let slipped = warnings.filter(|w| w.code == WarningCode::ColumnSlip);
        slipped.filter_map(|w| self.slip(w)).collect()
    }

    fn slip(&self, warning: &Warning) -> Option<Ask> {
        let rows = &self.document.rows;
        let row = |number: u32| rows.iter().find(|r| r.row == number);
        let [first, last] = warning.rows?.map(row);
        let (first, last) = (first?, last?);
        let place = place::numbered(first, self.language);
        let end = place::numbered(last, self.language);
        let request = label::ASK_SLIP.fill(self.language, &[("place", &place), ("last", &end)]);
        Some(Ask {
            place,
            ..self.ask(label::KIND_SLIP, "", request)
        })
    }

    /// What to ask about a row: one thing at most. Rows that are mapped to nothing may be no
    /// questions at all, and of rows in a slipped run the answer may be another row's.
    fn row(&self, row: &Row) -> Option<Ask> {
        let (language, mapping, answer) = (self.language, &row.mapping, &row.answer);
        let id = mapping.item_id.as_deref()?;
        let doubtful = [Reason::ColumnSlip, Reason::CellsMoved];
        if mapping.decision == Decision::Unmapped
            || doubtful.iter().any(|r| mapping.reasons.contains(r))
        {
            return None;
        }
        let name = row.item.as_deref().or(row.description.as_deref());
        let (kind, sentence) = match answer.status {
            Status::Blank => (label::KIND_BLANK, label::ASK_BLANK),
            Status::Undisclosed => (label::KIND_UNDISCLOSED, label::ASK_UNDISCLOSED),
            _ if contradicts(answer, row.item.as_deref()) => {
                (label::KIND_CONTRADICTION, label::ASK_CONTRADICTION)
            }
            _ => return None,
        };
        let mark = answer.mark.as_deref().unwrap_or_default();
        let request = sentence.fill(
            language,
            &[
                ("place", &place::numbered(row, language)),
                (
                    "item",
                    &excerpt(name.unwrap_or(label::UNNAMED.of(language)), QUOTED),
                ),
                ("mark", mark),
                ("text", &excerpt(answer.text.trim_end_matches('。'), QUOTED)),
            ],
        );
        let said = [name.unwrap_or_default(), mark, &answer.text];
        let said = said.iter().filter(|s| !s.is_empty()).copied();
        Some(Ask {
            place: place::numbered(row, language),
            said: said.collect::<Vec<_>>().join(" / "),
            ..self.ask(kind, &format!("{id} {}", self.items.name_of(id)), request)
        })
    }

    /// Items of the catalogs the document is about that no row can be about. Of a document that was
    /// not read whole nobody knows.
    fn missing(&self, coverage: &Coverage) -> Vec<Ask> {
        let partly = [WarningCode::Truncated, WarningCode::NoTextLayer];
        if self
            .document
            .warnings
            .iter()
            .any(|w| partly.contains(&w.code))
        {
            return Vec::new();
        }
        let items = self.items.all.iter().zip(&coverage.items);
        let missing = items
            .filter(|(item, covered)| coverage.about[item.catalog] && **covered == Covered::Not);
        let ask = |(item, _): (&Named, _)| {
            let (id, name) = (item.id.as_str(), item.name.as_str());
            let asked = item.description.as_deref().map(|asked| {
                let asked = excerpt(asked, QUOTED);
                label::ASKED_FOR.fill(self.language, &[("asked", &asked)])
            });
            let with = [
                ("item", &*excerpt(name, QUOTED)),
                ("id", id),
                ("asked", &asked.unwrap_or_default()),
            ];
            let request = label::ASK_MISSING.fill(self.language, &with);
            self.ask(label::KIND_MISSING, &format!("{id} {name}"), request)
        };
        missing.map(ask).collect()
    }
}
