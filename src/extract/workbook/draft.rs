//! What the readers of all workbook formats deliver: a worksheet as its file has it, with the
//! marks that decide what a reader of it would see.

use std::sync::Arc;

use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{CellKind, column_letters};

/// Last row and column that any workbook format has (0-based).
pub const LAST: (u32, u32) = (1_048_575, 16_383);

/// A worksheet before hidden and struck content is left out.
#[derive(Debug, Default)]
pub struct Draft {
    /// Its name.
    pub name: Arc<str>,
    /// It is hidden (and was kept on request).
    pub hidden: bool,
    /// Cells with text, in any order.
    pub cells: Vec<DraftCell>,
    /// Merged regions.
    pub merges: Vec<Region>,
    /// Hidden rows.
    pub hidden_rows: Spans,
    /// Hidden columns.
    pub hidden_cols: Spans,
    /// What hangs on cells without being in them.
    pub attached: Vec<Attached>,
}

/// A cell with text.
#[derive(Debug, Clone, Default)]
pub struct DraftCell {
    /// 0-based.
    pub row: u32,
    /// 0-based.
    pub col: u32,
    /// All of its text.
    pub text: String,
    /// What the file says the value is.
    pub kind: CellKind,
    /// What of it is struck through.
    pub struck: Struck,
    /// A formula without a result.
    pub uncomputed: bool,
}

/// What of a cell's text is struck through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Struck {
    /// Nothing.
    #[default]
    No,
    /// Everything.
    All,
    /// A part; this is what is left without it.
    Part(Box<str>),
}

/// A rectangle of cells, both ends included, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Region {
    /// A region of two corners, in any order, cut to what a sheet can hold.
    pub fn new(a: (u32, u32), b: (u32, u32)) -> Self {
        Region {
            top: a.0.min(b.0).min(LAST.0),
            left: a.1.min(b.1).min(LAST.1),
            bottom: a.0.max(b.0).min(LAST.0),
            right: a.1.max(b.1).min(LAST.1),
        }
    }

    /// The cell is its top left, where its text stands.
    pub fn is_headed_by(&self, row: u32, col: u32) -> bool {
        (self.top, self.left) == (row, col)
    }

    /// It covers a single cell.
    pub fn is_single(&self) -> bool {
        self.top == self.bottom && self.left == self.right
    }
}

/// Something that hangs on a cell: a comment, a checkbox, a text box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// 0-based.
    pub row: u32,
    /// 0-based.
    pub col: u32,
    /// What it is.
    pub kind: Attachment,
    /// What it says.
    pub text: String,
}

/// What hangs on a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attachment {
    /// A note or a threaded comment.
    Comment,
    /// A checkbox or an option button, with its state.
    Checkbox {
        /// Ticked.
        checked: bool,
    },
    /// A text box or another shape with text.
    TextBox,
}

/// A set of row or column numbers, as ranges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans {
    /// Sorted, apart from each other.
    ranges: Vec<(u32, u32)>,
}

impl Spans {
    /// The numbers in these ranges, ends included.
    pub fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|r| r.0 <= r.1);
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(open) if first <= open.1.saturating_add(1) => open.1 = open.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Spans { ranges: merged }
    }

    /// Whether every number from `first` to `last` is in the set.
    pub fn cover(&self, first: u32, last: u32) -> bool {
        let after = self.ranges.partition_point(|r| r.0 <= first);
        let range = after.checked_sub(1).and_then(|i| self.ranges.get(i));
        range.is_some_and(|r| last <= r.1)
    }
}

/// Counts the cells of a file, and the bytes of their text, against its limits.
#[derive(Debug)]
pub struct Budget {
    cells: u64,
    max_cells: u64,
    bytes: u64,
    max_bytes: u64,
}

impl Budget {
    /// Room for what the settings allow. A string that many cells share is copied into each, so
    /// that text needs a limit of its own: as much as the file may inflate to.
    pub fn new(config: &ExtractConfig) -> Self {
        Budget {
            cells: config.max_cells,
            max_cells: config.max_cells,
            bytes: config.max_inflated_bytes,
            max_bytes: config.max_inflated_bytes,
        }
    }

    /// Takes room for one more cell with a text of this many bytes.
    ///
    /// # Errors
    /// The file holds more than allowed.
    pub fn take(&mut self, sheet: &str, bytes: usize) -> Result<(), FileError> {
        let cells = self.cells.checked_sub(1);
        let bytes = self.bytes.checked_sub(bytes as u64);
        let (what, key) = match (cells, bytes) {
            (Some(cells), Some(bytes)) => {
                self.cells = cells;
                self.bytes = bytes;
                return Ok(());
            }
            (None, _) => (format!("{} cells", self.max_cells), "max-cells"),
            _ => (
                format!("{} bytes of text", self.max_bytes),
                "max-inflated-bytes",
            ),
        };
        Err(FileError::new(
            Failure::TooLarge,
            format!("the file holds more than {what}"),
            format!("remove sheets that are no checklist, or raise extract.{key}"),
        )
        .at(sheet_place(sheet)))
    }
}

/// `sheet チェックシート`.
pub fn sheet_place(sheet: &str) -> String {
    format!("sheet {sheet}")
}

/// `C5` for a 0-based row and column.
pub fn cell_name(row: u32, col: u32) -> String {
    format!("{}{}", column_letters(col), u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_join_and_answer_for_ranges() {
        let spans = Spans::new(vec![(7, 9), (2, 3), (4, 4), (5, 1)]);
        for (first, last, covered) in [
            (2, 4, true),
            (2, 5, false),
            (1, 2, false),
            (8, 8, true),
            (9, 10, false),
            (6, 6, false),
        ] {
            assert_eq!(spans.cover(first, last), covered, "{first}..={last}");
        }
        assert!(!Spans::default().cover(0, 0));
    }

    #[test]
    fn the_budget_ends() {
        let config = ExtractConfig {
            max_cells: 2,
            max_inflated_bytes: 10,
            ..ExtractConfig::default()
        };
        let mut budget = Budget::new(&config);
        assert!(budget.take("a", 11).is_err());
        assert!(budget.take("a", 4).is_ok() && budget.take("a", 4).is_ok());
        let error = budget.take("回答", 1).expect_err("over the limit");
        assert_eq!(error.reason, Failure::TooLarge);
        assert_eq!(error.place.as_deref(), Some("sheet 回答"));
    }
}
