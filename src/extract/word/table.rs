//! A table while it is read.

use std::collections::BTreeMap;

use crate::error::FileError;
use crate::extract::workbook::draft::Budget;
use crate::model::{Anchor, Block, Cell, CellFlags, CellKind, Table};

/// Columns that a table may have; Word allows 63.
const MAX_COLUMNS: u32 = 1_000;

/// How a cell takes part in a vertical merge (ECMA-376 part 1, 17.4.84).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Merge {
    #[default]
    None,
    /// It begins one.
    Begins,
    /// It is covered by the cell above.
    Continues,
}

/// A cell while it is read.
#[derive(Debug, Default)]
pub(super) struct OpenCell {
    pub span: u32,
    pub merge: Merge,
    pub paragraphs: Vec<String>,
}

/// A table while it is read.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    cells: Vec<Cell>,
    row: u32,
    col: u32,
    cols: u32,
    /// Where vertical merges are going on: the cell by its first column.
    merges: BTreeMap<u32, usize>,
    pub cell: Option<OpenCell>,
    /// Tables in its cells.
    pub nested: Vec<Block>,
}

impl OpenTable {
    pub(super) fn begin_row(&mut self) {
        self.col = 0;
    }

    /// Passes over grid columns that the row leaves out at its beginning.
    pub(super) fn skip(&mut self, columns: u32) {
        self.col = self.col.saturating_add(columns).min(MAX_COLUMNS);
    }

    pub(super) fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
    }

    /// Ends the open cell.
    ///
    /// # Errors
    /// The file has too many cells.
    pub(super) fn end_cell(&mut self, budget: &mut Budget) -> Result<(), FileError> {
        let Some(open) = self.cell.take() else {
            return Ok(());
        };
        let col = self.col.min(MAX_COLUMNS - 1);
        let span = open.span.clamp(1, MAX_COLUMNS - col);
        self.col = col.saturating_add(span).min(MAX_COLUMNS);
        self.cols = self.cols.max(self.col);
        let text = open.paragraphs.join("\n").trim_matches('\n').to_owned();
        if open.merge == Merge::Continues
            && let Some(cell) = self.merges.get(&col).and_then(|i| self.cells.get_mut(*i))
        {
            cell.rows = self.row.saturating_sub(cell.row) + 1;
            // Word does not show what a covered cell holds; it joins the cell that covers it.
            if !text.trim().is_empty() {
                budget.take("a table", text.len())?;
                cell.text = format!("{}\n{text}", cell.text)
                    .trim_matches('\n')
                    .to_owned();
            }
            return Ok(());
        }
        self.merges.remove(&col);
        if open.merge == Merge::Begins {
            self.merges.insert(col, self.cells.len());
        } else if text.trim().is_empty() && span == 1 {
            return Ok(());
        }
        budget.take("a table", text.len())?;
        self.cells.push(Cell {
            row: self.row,
            col,
            rows: 1,
            cols: span,
            text,
            kind: CellKind::Text,
            flags: CellFlags::default(),
        });
        Ok(())
    }

    /// The table and the tables in its cells.
    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if self.cells.iter().any(|c| !c.text.trim().is_empty()) {
            blocks.push(Block::Table(Table {
                page: None,
                sheet: None,
                rows: self.row.max(1),
                cols: self.cols,
                cells: self.cells,
                anchor: Anchor::Sheet { top: 0, left: 0 },
                found: None,
            }));
        }
        blocks.append(&mut self.nested);
        blocks
    }
}
