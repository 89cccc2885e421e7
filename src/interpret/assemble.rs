//! Strips to rows: sections, inheritance, continued tables, and an account of everything else.

use std::collections::HashMap;

use super::Knowledge;
use super::about::About;
use super::dialogue::{self, Exchange};
use super::header::{self, Header};
use super::kind::{self, Kind};
use super::place::Place;
use super::raw_row;
use super::repair;
use super::strip::{Part, Strip};
use super::table::{self, BodyLine, TableRead};
use crate::model::{
    Interpretation, Moved, Outside, OutsideKind, RawRow, Role, Warning, WarningCode,
};
use crate::notation::fold;

/// Makes one sheet of all parts.
pub(super) fn assemble(parts: &[Part<'_>], known: Knowledge<'_>) -> Interpretation {
    let mut work = Assembly {
        known,
        ..Assembly::new(known)
    };
    for part in parts {
        work.part(part);
    }
    work.finish()
}

struct Assembly<'k> {
    known: Knowledge<'k>,
    sheet: Interpretation,
    about: About,
    /// How often each line has been seen outside tables, folded.
    seen: HashMap<String, OutsideKind>,
    place: Place,
    /// Headings that have no rows under them yet.
    pending: Vec<(u32, Outside)>,
    /// Everything that is no row, with its place in the reading order.
    outside: Vec<(u32, Outside)>,
    moved: Vec<(u32, Moved)>,
}

impl<'k> Assembly<'k> {
    fn new(known: Knowledge<'k>) -> Self {
        Assembly {
            known,
            sheet: Interpretation::default(),
            about: About::default(),
            seen: HashMap::new(),
            place: Place::default(),
            pending: Vec::new(),
            outside: Vec::new(),
            moved: Vec::new(),
        }
    }

    fn part(&mut self, part: &Part<'_>) {
        self.place = Place::default();
        let headers = header::find(&part.strips, self.known);
        let Some(first) = headers.first() else {
            self.without_header(part);
            return;
        };
        self.about.heads_table = true;
        self.preamble(&part.strips[..first.first], true);
        let mut at = 0;
        while at < headers.len() {
            let same = headers[at + 1..]
                .iter()
                .take_while(|h| h.repeats(&headers[at]))
                .count();
            let end = headers
                .get(at + same + 1)
                .map_or(part.strips.len(), |h| h.first);
            let again = at > 0 && headers[at].says_the_same(&headers[at - 1]);
            self.table(&part.strips, &headers[at..=at + same], end, again);
            at += same + 1;
        }
        self.settle_pending();
    }

    /// A part in which no header was found: a table told by its content alone, or no table.
    fn without_header(&mut self, part: &Part<'_>) {
        let body: Vec<&Strip> = part.strips.iter().collect();
        let first = body
            .iter()
            .position(|s| s.own().nth(1).is_some())
            .unwrap_or(body.len());
        let read = table::read(&[], &body[first..], self.known);
        self.about.heads_table = read.is_checklist(false);
        if self.about.heads_table {
            self.preamble(&part.strips[..first], true);
            let place = body.get(first).map(|s| s.place());
            self.sheet.warnings.push(Warning {
                code: WarningCode::NoHeader,
                message: "the table has no header; its columns were told from what they hold: check them in `tables`".to_owned(),
                rows: None,
                place,
            });
            self.rows(&read, &[]);
            self.settle_pending();
            return;
        }
        let exchanges = dialogue::find(&part.strips, self.known);
        if exchanges.is_empty() {
            self.preamble(&part.strips, false);
        } else {
            self.exchanges(&part.strips, exchanges);
        }
    }

    /// Questions and answers in running lines, and what stands around them.
    fn exchanges(&mut self, strips: &[Strip<'_>], exchanges: Vec<Exchange>) {
        let first = exchanges.first().map_or(0, |e| e.strips.start);
        self.about.heads_table = true;
        let (before, heading) = match strips[..first].split_last() {
            Some((last, before)) if self.line_kind(last, false, true) == Kind::Banner => {
                (before, Some(last))
            }
            _ => (&strips[..first], None),
        };
        self.preamble(before, true);
        heading.into_iter().for_each(|h| self.banner(h));
        let table = dialogue::describe(strips, &exchanges);
        self.sheet.tables.push(table);
        let mut at = first;
        for exchange in exchanges {
            self.between(&strips[at..exchange.strips.start]);
            at = exchange.strips.end;
            self.outside.append(&mut self.pending);
            self.take(exchange.row, false);
        }
        self.between(&strips[at..]);
        self.settle_pending();
    }

    /// Lines between exchanges: headings, footers, notes.
    fn between(&mut self, strips: &[Strip<'_>]) {
        for strip in strips {
            match self.line_kind(strip, false, true) {
                Kind::Banner => self.banner(strip),
                Kind::Outside(kind) => self.leave_out(strip, kind),
                Kind::Row | Kind::Continuation => self.leave_out(strip, OutsideKind::Note),
            }
        }
    }

    /// Strips before the first header, or of a part without a table.
    fn preamble(&mut self, strips: &[Strip<'_>], heads: bool) {
        for (i, strip) in strips.iter().enumerate() {
            let text = strip.text();
            let single = strip.own().nth(1).is_none();
            let mut kind = self.about.read(strip).unwrap_or(OutsideKind::Note);
            // The line right above the header may be the first chapter's heading.
            let heading = heads
                && i > 0
                && i + 1 == strips.len()
                && kind == OutsideKind::Note
                && single
                && (kind::marked_heading(&text, self.known)
                    || self.about.is_titled() && kind::is_heading(&text, self.known));
            if heading {
                self.banner(strip);
                continue;
            }
            let first = kind == OutsideKind::Note && i == 0 && single && heads;
            if first && self.about.suggest_title(&text) {
                kind = OutsideKind::Title;
            }
            self.seen.insert(fold(&text), kind);
            self.leave_out(strip, kind);
        }
    }

    /// A table under one header, which may be repeated further down; `again` says that the first
    /// one repeats an earlier one in other columns.
    fn table(&mut self, strips: &[Strip<'_>], headers: &[Header], end: usize, again: bool) {
        let first = &headers[0];
        let mut body: Vec<&Strip> = Vec::new();
        let mut repeated: Vec<usize> = Vec::new();
        let mut at = first.first + first.height;
        for strip in &strips[first.first..at] {
            let kind = if again {
                OutsideKind::RepeatedHeader
            } else {
                OutsideKind::Header
            };
            self.leave_out(strip, kind);
        }
        for header in &headers[1..] {
            body.extend(&strips[at..header.first]);
            repeated.push(body.len());
            at = header.first + header.height;
            for strip in &strips[header.first..at] {
                self.leave_out(strip, OutsideKind::RepeatedHeader);
            }
        }
        body.extend(&strips[at..end]);
        if !again {
            self.place.leave_table(!self.pending.is_empty());
        }
        let read = table::read(&first.titles, &body, self.known);
        if read.is_checklist(true) {
            self.rows(&read, &repeated);
        } else {
            self.other_table(&body);
        }
    }

    fn other_table(&mut self, body: &[&Strip<'_>]) {
        if let Some(strip) = body.first() {
            self.sheet.warnings.push(Warning {
                code: WarningCode::TableLeftOut,
                message: format!("a table of {} lines has no column of questions or none of answers and was left out; it is kept in `outside`", body.len()),
                rows: None,
                place: Some(strip.place()),
            });
        }
        for strip in body {
            let kind = self.about.read(strip).unwrap_or(OutsideKind::OtherTable);
            self.leave_out(strip, kind);
        }
    }

    /// The rows of a checklist. `repeated` says before which lines the header stands again.
    fn rows(&mut self, read: &TableRead<'_>, repeated: &[usize]) {
        self.sheet.tables.push(read.describe());
        let before = self.sheet.rows.len();
        let mut below = false;
        let kinds = read.kinds(self.known);
        for (i, (line, kind)) in read.lines.iter().zip(kinds).enumerate() {
            let heads = repeated.binary_search(&(i + 1)).is_ok() || i + 1 == read.lines.len();
            let kind = match kind {
                Some(kind) => self.cells_kind(line.strip, kind),
                None => self.line_kind(line.strip, below && !line.strip.gap, heads),
            };
            below = match kind {
                Kind::Row => {
                    self.row(read, line);
                    true
                }
                Kind::Continuation if self.continue_row(line) => below,
                Kind::Continuation => {
                    self.leave_out(line.strip, OutsideKind::Note);
                    false
                }
                Kind::Banner => {
                    self.banner(line.strip);
                    false
                }
                Kind::Outside(kind) => {
                    self.leave_out(line.strip, kind);
                    false
                }
            };
        }
        if self.sheet.rows.len() == before {
            self.sheet.tables.pop();
        }
    }

    fn line_kind(&mut self, strip: &Strip<'_>, below: bool, heads: bool) -> Kind {
        let text = strip.text();
        self.known_line(&text).unwrap_or_else(|| {
            let kind = kind::of_line(&text, below, heads, self.known);
            if kind == Kind::Outside(OutsideKind::Footer) {
                self.seen.insert(fold(&text), OutsideKind::Footer);
            }
            kind
        })
    }

    /// A strip of one cell that has been seen outside tables is that again.
    fn cells_kind(&self, strip: &Strip<'_>, kind: Kind) -> Kind {
        let single = strip.own().nth(1).is_none();
        let known = if single {
            self.known_line(&strip.text())
        } else {
            None
        };
        known.unwrap_or(kind)
    }

    /// Lines seen before outside tables are running titles; lines about the sheet say so.
    fn known_line(&self, text: &str) -> Option<Kind> {
        let kind = match self.seen.get(&fold(text))? {
            OutsideKind::Title | OutsideKind::Note => OutsideKind::RunningTitle,
            kind => *kind,
        };
        Some(Kind::Outside(kind))
    }

    /// A heading, kept until it is known to have rows under it.
    fn banner(&mut self, strip: &Strip<'_>) {
        let text = strip.text().replace('\t', " ");
        self.place.enter(&text, !self.pending.is_empty());
        self.pending
            .push((strip.order, strip.outside(OutsideKind::Banner)));
    }

    /// Headings that turn out to have rows under them are headings; others are notes.
    fn settle_pending(&mut self) {
        for (order, outside) in self.pending.drain(..) {
            self.outside.push((
                order,
                Outside {
                    kind: OutsideKind::Note,
                    ..outside
                },
            ));
        }
    }

    fn row(&mut self, read: &TableRead<'_>, line: &BodyLine<'_>) {
        self.outside.append(&mut self.pending);
        let n = self.sheet.rows.len() as u32 + 1;
        if let Some(moved) = line.moved {
            self.moved.push((n, moved));
        }
        if line
            .entries
            .iter()
            .skip(read.columns.len())
            .any(|e| e.is_own())
        {
            self.sheet.warnings.push(Warning {
                code: WarningCode::ExtraCells,
                message: format!(
                    "the row has cells right of the table's {} columns; they are kept in `other`",
                    read.columns.len()
                ),
                rows: Some([n, n]),
                place: Some(line.strip.place()),
            });
        }
        let named = read.roles.contains(&Role::Item);
        self.take(raw_row::read(read, line), named);
    }

    /// Adds a row of the last table; `named` says whether its rows have names.
    fn take(&mut self, mut row: RawRow, named: bool) {
        self.place.inherit(&mut row, named);
        row.table = self.sheet.tables.len().saturating_sub(1);
        row.provenance.table = self.sheet.tables.len() as u32;
        self.sheet.rows.push(row);
    }

    /// Adds a line to the answer of the row above; false when there is none.
    fn continue_row(&mut self, line: &BodyLine<'_>) -> bool {
        let table = self.sheet.tables.len().saturating_sub(1);
        let open = self.pending.is_empty();
        let Some(row) = self
            .sheet
            .rows
            .last_mut()
            .filter(|r| open && r.table == table)
        else {
            return false;
        };
        let text = line.strip.text().replace('\t', " ");
        match row.text.last_mut() {
            Some(last) => *last = format!("{last}\n{text}"),
            None => row.text.push(text),
        }
        true
    }

    /// Accounts for a strip that is no row.
    fn leave_out(&mut self, strip: &Strip<'_>, kind: OutsideKind) {
        self.outside.push((strip.order, strip.outside(kind)));
    }

    fn finish(mut self) -> Interpretation {
        self.about.finish(&mut self.sheet);
        self.outside.sort_by_key(|(order, _)| *order);
        self.sheet.outside = self
            .outside
            .into_iter()
            .map(|(_, outside)| outside)
            .collect();
        let mut warnings = repair::warnings(&self.moved);
        warnings.append(&mut repair::doubts(&self.sheet.rows));
        self.sheet.warnings.append(&mut warnings);
        self.sheet
    }
}
