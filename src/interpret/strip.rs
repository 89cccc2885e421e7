//! Everything that was extracted, as strips: rows of the reading order.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::model::{Block, Cell, Extraction, Line, Outside, OutsideKind, Provenance, Table};
use crate::notation::fold;

/// A stretch of the file whose tables may continue each other: a worksheet, or a whole text.
pub(super) struct Part<'a> {
    pub strips: Vec<Strip<'a>>,
}

/// A row of the reading order: a table row, or a line outside tables.
pub(super) struct Strip<'a> {
    pub slots: Vec<Slot<'a>>,
    /// A line outside tables.
    pub loose: bool,
    /// Blank rows, or the end of a table, stand before it.
    pub gap: bool,
    pub origin: Origin<'a>,
    /// Its place in the reading order.
    pub order: u32,
}

/// Where a strip comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin<'a> {
    Line(&'a Line),
    Row(&'a Table, u32),
}

/// A cell in a strip.
pub(super) struct Slot<'a> {
    /// First grid column.
    pub col: u32,
    /// Grid columns it covers.
    pub cols: u32,
    pub text: &'a str,
    /// It began in a row above and covers this one too.
    pub above: bool,
    folded: OnceCell<String>,
}

/// Most merged cells that are followed downwards at once, and in all: more are no layout.
const MOST_OPEN_MERGES: usize = 256;
const MOST_COVERED: usize = 1 << 21;

impl<'a> Slot<'a> {
    pub(super) fn new(col: u32, cols: u32, text: &'a str, above: bool) -> Self {
        Slot {
            col,
            cols,
            text: text.trim(),
            above,
            folded: OnceCell::new(),
        }
    }

    /// The comparison form of the text.
    pub(super) fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(self.text))
    }

    /// One past the last grid column.
    pub(super) fn end(&self) -> u32 {
        self.col + self.cols
    }
}

impl<'a> Strip<'a> {
    /// Cells that begin here and say something.
    pub(super) fn own(&self) -> impl Iterator<Item = &Slot<'a>> {
        self.slots.iter().filter(|s| !s.above && !s.text.is_empty())
    }

    pub(super) fn sheet(&self) -> Option<&'a Arc<str>> {
        match self.origin {
            Origin::Line(line) => line.sheet.as_ref(),
            Origin::Row(table, _) => table.sheet.as_ref(),
        }
    }

    pub(super) fn page(&self) -> Option<u32> {
        match self.origin {
            Origin::Line(line) => line.page,
            Origin::Row(table, _) => table.page,
        }
    }

    /// Where it stands, for the columns `from..to` of its grid.
    pub(super) fn provenance(&self, from: u32, to: u32) -> Provenance {
        let mut place = Provenance {
            page: self.page(),
            sheet: self.sheet().map(|s| s.to_string()),
            ..Provenance::default()
        };
        match self.origin {
            Origin::Line(line) => place.line = line.line,
            Origin::Row(table, row) => {
                place.line = table.line_of(row);
                place.cells = table.range_of(row, from, to.max(from + 1) - 1);
                place.bbox = match &table.anchor {
                    crate::model::Anchor::Boxes(boxes) => boxes.get(row as usize).copied(),
                    _ => None,
                };
            }
        }
        place
    }

    /// Which of the page's lines are its cells is not certain.
    pub(super) fn is_doubtful(&self) -> bool {
        let Origin::Row(table, row) = self.origin else {
            return false;
        };
        let found = table.found.as_ref();
        found.is_some_and(|f| f.doubtful.binary_search(&row).is_ok())
    }

    /// Where it stands, in words.
    pub(super) fn place(&self) -> String {
        let place = self.provenance(self.own().next().map_or(0, |s| s.col), 0);
        let mut words = Vec::new();
        words.extend(place.page.map(|p| format!("page {p}")));
        words.extend(place.sheet.map(|s| format!("sheet {s}")));
        words.extend(place.cells.map(|c| format!("cell {c}")));
        words.extend(place.line.map(|l| format!("line {l}")));
        words.join(", ")
    }

    /// All it says, cells separated by tabs.
    pub(super) fn text(&self) -> String {
        self.own().map(|s| s.text).collect::<Vec<_>>().join("\t")
    }

    /// The record of it as something that is no row.
    pub(super) fn outside(&self, kind: OutsideKind) -> Outside {
        let from = self.own().next().map_or(0, |s| s.col);
        let to = self.own().map(Slot::end).max().unwrap_or(from + 1);
        let place = self.provenance(from, to);
        Outside {
            kind,
            text: self.text(),
            page: place.page,
            sheet: place.sheet,
            cells: place.cells,
            line: place.line,
        }
    }
}

/// The strips of a file, one part for each worksheet, blank rows left out.
pub(super) fn read(extraction: &Extraction) -> Vec<Part<'_>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut sheet: Option<&Arc<str>> = None;
    let mut covered = 0;
    for block in &extraction.blocks {
        let here = match block {
            Block::Line(line) => line.sheet.as_ref(),
            Block::Table(table) => table.sheet.as_ref(),
        };
        if parts.is_empty() || here != sheet {
            parts.push(Part { strips: Vec::new() });
            sheet = here;
        }
        let Some(part) = parts.last_mut() else {
            continue;
        };
        match block {
            Block::Line(line) => part.strips.push(Strip {
                slots: vec![Slot::new(0, 1, &line.text, false)],
                loose: true,
                gap: !follows(part.strips.last(), line),
                origin: Origin::Line(line),
                order: 0,
            }),
            Block::Table(table) => read_table(table, &mut part.strips, &mut covered),
        }
    }
    for (order, strip) in parts.iter_mut().flat_map(|p| &mut p.strips).enumerate() {
        strip.order = order as u32;
    }
    parts
}

/// Whether a line stands directly below the last strip.
fn follows(last: Option<&Strip>, line: &Line) -> bool {
    let Some(this) = line.line else { return false };
    let above = match last.map(|s| s.origin) {
        Some(Origin::Line(above)) => above.line,
        Some(Origin::Row(table, row)) => table.line_of(row),
        None => None,
    };
    above.is_some_and(|above| above + 1 == this)
}

fn read_table<'a>(table: &'a Table, strips: &mut Vec<Strip<'a>>, covered: &mut usize) {
    let mut open: Vec<&Cell> = Vec::new();
    let mut last_row = None;
    for cells in table.cells.chunk_by(|a, b| a.row == b.row) {
        let row = cells[0].row;
        open.retain(|c| c.row + c.rows > row);
        let mut slots: Vec<Slot> = cells
            .iter()
            .map(|c| Slot::new(c.col, c.cols.max(1), &c.text, false))
            .filter(|s| !s.text.is_empty())
            .collect();
        if !slots.is_empty() {
            if *covered < MOST_COVERED {
                slots.extend(
                    open.iter()
                        .map(|c| Slot::new(c.col, c.cols.max(1), &c.text, true)),
                );
                *covered += open.len();
                slots.sort_by_key(|s| s.col);
            }
            let gap = last_row.is_none_or(|last: u32| row > last + 1);
            strips.push(Strip {
                slots,
                loose: false,
                gap,
                origin: Origin::Row(table, row),
                order: 0,
            });
            last_row = Some(row);
        }
        let room = MOST_OPEN_MERGES.saturating_sub(open.len());
        open.extend(cells.iter().filter(|c| c.rows > 1).take(room));
    }
}
