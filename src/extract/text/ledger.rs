//! What is kept while a text is read: limits, warnings, the cells of a grid.

use super::lines::head;
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{Anchor, Block, Cell, CellFlags, CellKind, Line, Table, Warning, WarningCode};

/// Most columns a row may have: those of an Excel worksheet. More is no check sheet.
pub(super) const MAX_COLUMNS: usize = 16_384;

/// How many warnings of one kind are spelt out; the rest is counted.
pub(super) const SPELT_OUT: u32 = 20;

/// The limits of one file and what was worth telling about it.
#[derive(Debug)]
pub(super) struct Ledger {
    cells_left: u64,
    max_cells: u64,
    max_cell_bytes: usize,
    warnings: Vec<Warning>,
    counts: Vec<(WarningCode, u32)>,
}

impl Ledger {
    pub(super) fn new(config: &ExtractConfig) -> Self {
        Ledger {
            cells_left: config.max_cells,
            max_cells: config.max_cells,
            max_cell_bytes: config.max_cell_bytes,
            warnings: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Notes something about a physical line (1-based), or about the file.
    pub(super) fn warn(&mut self, code: WarningCode, line: Option<u32>, message: String) {
        let seen = match self.counts.iter_mut().find(|(c, _)| *c == code) {
            Some((_, n)) => n,
            None => {
                self.counts.push((code, 0));
                let last = self.counts.len() - 1;
                &mut self.counts[last].1
            }
        };
        *seen += 1;
        if *seen <= SPELT_OUT {
            self.warnings.push(Warning {
                code,
                message,
                rows: None,
                place: line.map(|l| format!("line {l}")),
            });
        }
    }

    /// Notes `more` things of a kind of which [`SPELT_OUT`] were noted before.
    pub(super) fn count_only(&mut self, code: WarningCode, more: u32) {
        if more == 0 {
            return;
        }
        match self.counts.iter_mut().find(|(c, _)| *c == code) {
            Some((_, n)) => *n = n.saturating_add(more),
            None => self.counts.push((code, SPELT_OUT.saturating_add(more))),
        }
    }

    /// All warnings; each kind that was cut off ends with a count.
    pub(super) fn into_warnings(mut self) -> Vec<Warning> {
        for (code, n) in self.counts {
            if let Some(more) = n.checked_sub(SPELT_OUT).filter(|&m| m > 0) {
                self.warnings.push(Warning {
                    code,
                    message: format!("{more} more of this kind in this file"),
                    rows: None,
                    place: None,
                });
            }
        }
        self.warnings
    }

    fn spend(&mut self, line: u32) -> Result<(), FileError> {
        match self.cells_left.checked_sub(1) {
            Some(left) => {
                self.cells_left = left;
                Ok(())
            }
            None => Err(FileError::new(
                Failure::TooLarge,
                format!(
                    "the file holds more than {} cells and lines",
                    self.max_cells
                ),
                "split the file, or raise max-cells in torikomi.toml",
            )
            .at(format!("line {line}"))),
        }
    }

    /// The text of a cell or line, cut where it exceeds the limit.
    fn keep(&mut self, text: &str, line: u32) -> String {
        if text.len() <= self.max_cell_bytes {
            return text.to_owned();
        }
        let kept = head(text, self.max_cell_bytes);
        self.warn(
            WarningCode::Truncated,
            Some(line),
            format!(
                "a text of {} bytes was cut to {}; the rest is left out (max-cell-bytes sets the limit)",
                text.len(),
                kept.len()
            ),
        );
        kept.to_owned()
    }

    /// A line outside tables; nothing when it is blank.
    pub(super) fn line(&mut self, text: &str, line: u32) -> Result<Option<Block>, FileError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        self.spend(line)?;
        Ok(Some(Block::Line(Line {
            text: self.keep(text, line),
            page: None,
            sheet: None,
            line: Some(line),
        })))
    }
}

/// A grid that is being filled row by row.
#[derive(Debug, Default)]
pub(super) struct Grid {
    cells: Vec<Cell>,
    lines: Vec<u32>,
    /// Blank rows seen since the last row that holds something; kept only if another one follows.
    blank: Vec<u32>,
    cols: u32,
}

impl Grid {
    /// Adds a row that starts on a physical line. Cells that hold only white space are left out,
    /// but count as columns.
    pub(super) fn row<'t>(
        &mut self,
        fields: impl ExactSizeIterator<Item = &'t str>,
        line: u32,
        ledger: &mut Ledger,
    ) -> Result<(), FileError> {
        let width = fields.len();
        if width > MAX_COLUMNS {
            return Err(too_wide(line));
        }
        self.keep_blank_rows(ledger)?;
        ledger.spend(line)?;
        let row = self.lines.len() as u32;
        for (col, text) in fields.enumerate() {
            if text.trim().is_empty() {
                continue;
            }
            ledger.spend(line)?;
            self.cells.push(Cell {
                row,
                col: col as u32,
                rows: 1,
                cols: 1,
                text: ledger.keep(text, line),
                kind: CellKind::Text,
                flags: CellFlags::default(),
            });
        }
        self.lines.push(line);
        self.cols = self.cols.max(width as u32);
        Ok(())
    }

    /// Adds an empty row, which stays only if a row follows it.
    pub(super) fn blank_row(&mut self, line: u32) {
        // Once these exceed the cells a file may hold, the next row fails anyway.
        if !self.lines.is_empty() && self.blank.len() < 1 << 24 {
            self.blank.push(line);
        }
    }

    fn keep_blank_rows(&mut self, ledger: &mut Ledger) -> Result<(), FileError> {
        for line in self.blank.drain(..) {
            ledger.spend(line)?;
            self.lines.push(line);
        }
        Ok(())
    }

    /// Appends another grid whose rows stand below this one's.
    pub(super) fn append(&mut self, below: Grid, ledger: &mut Ledger) -> Result<(), FileError> {
        self.keep_blank_rows(ledger)?;
        let shift = self.lines.len() as u32;
        self.cells.extend(below.cells.into_iter().map(|mut cell| {
            cell.row += shift;
            cell
        }));
        self.lines.extend(below.lines);
        self.blank = below.blank;
        self.cols = self.cols.max(below.cols);
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The finished table; none when it has no row.
    pub(super) fn into_block(self) -> Option<Block> {
        if self.lines.is_empty() {
            return None;
        }
        Some(Block::Table(Table {
            page: None,
            sheet: None,
            rows: self.lines.len() as u32,
            cols: self.cols,
            cells: self.cells,
            anchor: Anchor::Lines(self.lines),
            found: None,
        }))
    }
}

/// The error for a row that no worksheet could hold.
pub(super) fn too_wide(line: u32) -> FileError {
    FileError::new(
        Failure::TooLarge,
        format!("a row of more than {MAX_COLUMNS} columns"),
        "check that the file has line breaks between its rows, and export it again",
    )
    .at(format!("line {line}"))
}
